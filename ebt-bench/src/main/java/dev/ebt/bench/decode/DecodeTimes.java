package dev.ebt.bench.decode;

import dev.ebt.error.Required;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The milliseconds of each token, by the way of generation and by round. The first token of a round
 * includes observing the prompt.
 */
public final class DecodeTimes {
  /** A way of generation. */
  enum Way {
    /** With a key/value cache. */
    CACHED,
    /** With a cache, several texts together; a time is that of one token of each. */
    TEXTS,
    /** With a cache and several candidates for each token. */
    CANDIDATES,
    /** Observing the whole window for each token. */
    WHOLE,
    /** Computing all positions, and the context again at every step. */
    PUBLISHED
  }

  private final Map<Way, List<double[]>> rounds = new EnumMap<>(Way.class);
  private final Map<String, String> backend;
  private boolean counts = true;

  DecodeTimes(Map<String, String> backend) {
    this.backend = Map.copyOf(backend);
  }

  /** Begins a round, which counts or only warms up. */
  void begin(boolean roundCounts) {
    counts = roundCounts;
  }

  /** Adds the times of one way in this round. */
  void add(Way way, double... times) {
    if (counts) {
      rounds.computeIfAbsent(way, w -> new ArrayList<>()).add(times);
    }
  }

  /** Returns the values by name, in display order. */
  public Map<String, Object> metrics() {
    List<double[]> cached = Required.of(rounds, Way.CACHED);
    Map<String, Object> metrics = new LinkedHashMap<>();
    metrics.put("tokensPerSecond", rounded(1e3 / mean(Way.CACHED)));
    metrics.put("millisPerToken", rounded(mean(Way.CACHED)));
    metrics.put("promptMillis", rounded(median(cached.stream().map(t -> t[0]).toList())));
    metrics.put("slope", rounded(median(cached.stream().map(DecodeTimes::slope).toList())));
    metrics.put("uncachedTokensPerSecond", rounded(1e3 / mean(Way.WHOLE)));
    metrics.put("uncachedMillisPerToken", rounded(mean(Way.WHOLE)));
    metrics.put("timesUncached", rounded(ratio(Way.WHOLE, Way.CACHED)));
    if (rounds.containsKey(Way.PUBLISHED)) {
      metrics.put("publishedMillisPerToken", rounded(mean(Way.PUBLISHED)));
      metrics.put("timesPublished", rounded(ratio(Way.PUBLISHED, Way.CACHED)));
    }
    if (rounds.containsKey(Way.CANDIDATES)) {
      metrics.put("eightCandidatesMillisPerToken", rounded(mean(Way.CANDIDATES)));
      metrics.put("eightCandidatesTimesOne", rounded(ratio(Way.CANDIDATES, Way.CACHED)));
    }
    metrics.put("eightTextsMillisPerTokenOfEach", rounded(mean(Way.TEXTS)));
    metrics.put("eightTextsTimesOne", rounded(ratio(Way.TEXTS, Way.CACHED)));
    metrics.putAll(backend);
    return metrics;
  }

  /** Returns the median over rounds of the mean time. */
  private double mean(Way way) {
    return median(Required.of(rounds, way).stream().map(DecodeTimes::mean).toList());
  }

  /** Returns the median over rounds of how many times longer one way takes than the other. */
  private double ratio(Way slow, Way fast) {
    List<Double> ratios = new ArrayList<>();
    for (int i = 0; i < Required.of(rounds, slow).size(); i++) {
      ratios.add(mean(Required.of(rounds, slow).get(i)) / mean(Required.of(rounds, fast).get(i)));
    }
    return median(ratios);
  }

  private static double mean(double[] times) {
    return Arrays.stream(times).average().orElseThrow();
  }

  /**
   * Returns the growth of the time per token over the text: the median of the last quarter, over
   * that of the first without the first token, minus 1.
   */
  private static double slope(double[] times) {
    int quarter = Math.max(1, times.length / 4);
    int second = Math.min(1, times.length - 1);
    double first = median(times, second, Math.min(times.length, second + quarter));
    return median(times, times.length - quarter, times.length) / first - 1;
  }

  private static double median(double[] times, int from, int to) {
    return median(Arrays.stream(times, from, to).boxed().toList());
  }

  private static double median(List<Double> values) {
    return values.stream().sorted().toList().get(values.size() / 2);
  }

  private static double rounded(double value) {
    return Math.round(value * 1e3) / 1e3;
  }
}
