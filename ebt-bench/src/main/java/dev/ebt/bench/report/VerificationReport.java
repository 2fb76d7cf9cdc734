package dev.ebt.bench.report;

import dev.ebt.interact.GivenAnswers;
import dev.ebt.interact.Verification;
import dev.ebt.interact.Verification.Order;
import dev.ebt.interact.Verification.Ranked;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A ranking of given answers as text or JSON.
 *
 * @param run the name of the model
 * @param step the step of its checkpoint
 */
public record VerificationReport(
    String run, long step, GivenAnswers given, Order order, Verification verification) {
  /** Prints a heading, and the answers, the best one first. */
  public void print(PrintStream out) {
    out.printf(
        Locale.ROOT,
        "%s, ranked by %s at step %d%n",
        ValueFormat.counted(verification.answers().size(), "answer"),
        run,
        step);
    MetricTable.printLines(lines(), out);
    out.println(
        switch (verification.measure()) {
          case ENERGY -> "energy: the lowest is best; compare it within one context only";
          case LOG_LIKELIHOOD -> "logLikelihood: in nats; the highest is best";
          case LOSS -> "loss: the lowest is best";
        });
  }

  private List<Map<String, Object>> lines() {
    List<Map<String, Object>> lines = new ArrayList<>();
    for (Ranked answer : verification.answers()) {
      Map<String, Object> line = new LinkedHashMap<>();
      line.put("rank", String.valueOf(lines.size() + 1));
      line.put(verification.measure().label(), answer.total());
      line.put("per " + given.predictionUnit(), answer.perPrediction());
      line.put("per " + given.lengthUnit(), answer.perLength());
      line.put("answer", ValueFormat.oneLine(answer.answer().text()));
      lines.add(line);
    }
    return lines;
  }

  /** Returns the ranking by names, for JSON. */
  public Map<String, Object> document() {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("run", run);
    document.put("step", step);
    document.put("measure", verification.measure().label());
    document.put("order", order.name().toLowerCase(Locale.ROOT));
    document.put("predictionUnit", given.predictionUnit());
    document.put("lengthUnit", given.lengthUnit());
    List<Map<String, Object>> answers = new ArrayList<>();
    for (Ranked answer : verification.answers()) {
      Map<String, Object> line = new LinkedHashMap<>();
      line.put("rank", answers.size() + 1);
      line.put("number", answer.number());
      line.put("answer", answer.answer().text());
      line.put("total", answer.total());
      line.put("perPrediction", answer.perPrediction());
      line.put("perLength", answer.perLength());
      line.put("predictions", answer.answer().predictions());
      line.put("length", answer.answer().length());
      line.put("values", answer.values());
      answers.add(line);
    }
    document.put("answers", answers);
    return document;
  }
}
