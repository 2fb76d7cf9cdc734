package dev.ebt.bench.serve;

import dev.ebt.bench.serve.Completion.LogProbabilities;
import dev.ebt.inference.Prediction;
import dev.ebt.run.TextScore.TokenScore;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The probabilities of the tokens of one answer, in order. */
final class LogProbabilityList {
  /** What stands for the logarithm of 0, which JSON does not have. */
  private static final double LEAST = -9999;

  private final int likeliest;
  private int offset;
  private final List<String> tokens = new ArrayList<>();
  private final List<@Nullable Double> logs = new ArrayList<>();
  private final List<@Nullable Map<String, Double>> tops = new ArrayList<>();
  private final List<Integer> offsets = new ArrayList<>();

  /**
   * Begins a list.
   *
   * @param offset the number of characters before the first token
   * @param likeliest the number of likeliest tokens beside each; 0 for none
   */
  LogProbabilityList(int offset, int likeliest) {
    this.offset = offset;
    this.likeliest = likeliest;
  }

  /**
   * Adds the tokens of a prompt.
   *
   * @param count their number
   * @param scores of the last of them
   */
  void add(String prompt, int count, List<TokenScore> scores) {
    StringBuilder scored = new StringBuilder();
    scores.forEach(score -> scored.append(score.text()));
    if (scores.size() < count) {
      String first = prompt.substring(0, Math.max(0, prompt.length() - scored.length()));
      add(first, null, null, first.length());
    }
    for (TokenScore score : scores) {
      Map<String, Double> top = new LinkedHashMap<>();
      score.likeliest().forEach(other -> top.put(other.text(), bounded(-other.loss())));
      add(score.text(), bounded(-score.loss()), top, score.text().length());
    }
  }

  /** Adds a generated token. */
  void add(Prediction prediction) {
    Map<String, Double> top = new LinkedHashMap<>();
    prediction.likeliest().stream()
        .limit(likeliest)
        .forEach(other -> top.put(other.element(), bounded(other.logProbability())));
    Double log =
        prediction.logProbability().isPresent()
            ? bounded(prediction.logProbability().getAsDouble())
            : null;
    add(prediction.element(), log, top, prediction.text().length());
  }

  /** Adds a token, which is always among those beside it, with exactly the same value. */
  private void add(
      String token, @Nullable Double log, @Nullable Map<String, Double> top, int length) {
    if (top != null && log != null) {
      top.put(token, log);
    }
    tokens.add(token);
    logs.add(log);
    tops.add(top);
    offsets.add(offset);
    offset += length;
  }

  private static Double bounded(double log) {
    return Math.max(LEAST, log);
  }

  /** Removes and returns what was added. */
  LogProbabilities take() {
    LogProbabilities taken =
        new LogProbabilities(
            new ArrayList<>(tokens),
            new ArrayList<>(logs),
            likeliest == 0 ? null : new ArrayList<>(tops),
            new ArrayList<>(offsets));
    tokens.clear();
    logs.clear();
    tops.clear();
    offsets.clear();
    return taken;
  }
}
