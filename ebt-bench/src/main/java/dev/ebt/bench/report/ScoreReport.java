package dev.ebt.bench.report;

import dev.ebt.interact.PredictionSweep;
import dev.ebt.run.TextScore;
import dev.ebt.run.TextScore.TokenScore;
import dev.ebt.text.Escaped;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The score of a text as text or JSON.
 *
 * @param run the name of the model
 * @param step the step of its checkpoint
 * @param tokenByToken true to include each token
 */
public record ScoreReport(String run, long step, TextScore score, boolean tokenByToken) {
  /** Prints a heading, the scores of all tokens together, and optionally a line per token. */
  public void print(PrintStream out) {
    out.printf(
        Locale.ROOT,
        "%s, %s, scored by %s at step %d%n",
        ValueFormat.counted(score.tokens().size(), "token"),
        ValueFormat.counted(score.bytes(), "byte"),
        run,
        step);
    out.println(score.contextRule());
    MetricTable.print(List.of(metrics()), out);
    if (tokenByToken) {
      out.println();
      MetricTable.printLines(score.tokens().stream().map(t -> line(t, true)).toList(), out);
    }
  }

  private Map<String, Object> metrics() {
    Map<String, Object> metrics =
        PredictionSweep.cost(
            score.steps(), score.candidates(), score.evaluations(), score.seconds());
    metrics.put("logLikelihood", score.logLikelihood());
    metrics.put("loss", score.loss());
    metrics.put("perplexity", score.perplexity());
    metrics.put("bitsPerByte", score.bitsPerByte());
    score.energy().ifPresent(energy -> metrics.put("energy", energy));
    return metrics;
  }

  private static Map<String, Object> line(TokenScore token, boolean quoted) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("token", quoted ? '"' + Escaped.of(token.text()) + '"' : token.text());
    line.put("bytes", token.bytes());
    line.put("loss", token.loss());
    token.energy().ifPresent(energy -> line.put("energy", energy));
    return line;
  }

  /** Returns the score by names, for JSON. */
  public Map<String, Object> document() {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("run", run);
    document.put("step", step);
    document.put("tokens", score.tokens().size());
    document.put("bytes", score.bytes());
    document.put("context", score.contextRule());
    document.putAll(metrics());
    if (tokenByToken) {
      document.put("scores", score.tokens().stream().map(t -> line(t, false)).toList());
    }
    return document;
  }
}
