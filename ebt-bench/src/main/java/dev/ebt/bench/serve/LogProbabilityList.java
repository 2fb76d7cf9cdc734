package dev.ebt.bench.serve;

import dev.ebt.bench.serve.Completion.LogProbabilities;
import dev.ebt.inference.Prediction;
import dev.ebt.run.TextScore.TokenScore;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The probabilities of the tokens of one answer, in order. */
final class LogProbabilityList {
  /** What stands for the logarithm of 0, which JSON does not have. */
  private static final double LEAST = -9999;

  private int offset;
  private final List<String> tokens = new ArrayList<>();
  private final List<@Nullable Double> logs = new ArrayList<>();
  private final List<Integer> offsets = new ArrayList<>();

  /** Begins a list for an answer whose text begins after some characters. */
  LogProbabilityList(int offset) {
    this.offset = offset;
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
      add(first, null, first.length());
    }
    scores.forEach(score -> add(score.text(), -score.loss(), score.text().length()));
  }

  /** Adds a generated token. */
  void add(Prediction prediction) {
    Double log =
        prediction.logProbability().isPresent() ? prediction.logProbability().getAsDouble() : null;
    add(prediction.element(), log, prediction.text().length());
  }

  private void add(String token, @Nullable Double log, int length) {
    tokens.add(token);
    logs.add(log == null ? null : Double.valueOf(Math.max(LEAST, log)));
    offsets.add(offset);
    offset += length;
  }

  /** Removes and returns what was added. */
  LogProbabilities take() {
    LogProbabilities taken =
        new LogProbabilities(
            new ArrayList<>(tokens), new ArrayList<>(logs), null, new ArrayList<>(offsets));
    tokens.clear();
    logs.clear();
    offsets.clear();
    return taken;
  }
}
