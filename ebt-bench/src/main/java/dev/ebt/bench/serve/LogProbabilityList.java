package dev.ebt.bench.serve;

import dev.ebt.bench.serve.Completion.LogProbabilities;
import dev.ebt.inference.Prediction;
import dev.ebt.run.TextScore.TokenScore;
import java.nio.charset.StandardCharsets;
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
   * @param offset the number of characters (code points) before the first token
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
    byte[] bytes = prompt.getBytes(StandardCharsets.UTF_8);
    int[] characters = characters(bytes);
    int begin = offset;
    int at = 0;
    if (scores.size() < count) {
      int scored = scores.stream().mapToInt(TokenScore::bytes).sum();
      at = Math.max(0, bytes.length - scored);
      add(new String(bytes, 0, at, StandardCharsets.UTF_8), null, null);
    }
    for (TokenScore score : scores) {
      Map<String, Double> top = new LinkedHashMap<>();
      score.likeliest().forEach(other -> top.put(other.text(), bounded(-other.loss())));
      offset = begin + characters[Math.min(at, bytes.length)];
      add(score.text(), bounded(-score.loss()), top);
      at += score.bytes();
    }
    offset = begin + characters[bytes.length];
  }

  /**
   * Returns the index of the character that each byte is part of, and at the end the number of
   * characters. A token can begin within a character.
   */
  private static int[] characters(byte[] bytes) {
    int[] characters = new int[bytes.length + 1];
    int begun = 0;
    for (int i = 0; i < bytes.length; i++) {
      begun += (bytes[i] & 0xC0) == 0x80 ? 0 : 1;
      characters[i] = begun - 1;
    }
    characters[bytes.length] = begun;
    return characters;
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
    add(prediction.element(), log, top);
    offset += prediction.text().codePointCount(0, prediction.text().length());
  }

  /** Adds a token, which is always among those beside it, with exactly the same value. */
  private void add(String token, @Nullable Double log, @Nullable Map<String, Double> top) {
    if (top != null && log != null) {
      top.put(token, log);
    }
    tokens.add(token);
    logs.add(log);
    tops.add(top);
    offsets.add(offset);
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
