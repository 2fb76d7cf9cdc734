package dev.ebt.bench.decode;

import dev.ebt.error.Required;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The milliseconds of each token, by the way of generation and by round: by the clock, and of CPU
 * time of the process, which other processes of the machine affect little. The first token of a
 * round includes observing the prompt.
 */
public final class DecodeTimes {
  private final Map<DecodeWay, List<double[]>> rounds = new EnumMap<>(DecodeWay.class);
  private final Map<DecodeWay, List<double[]>> cpuRounds = new EnumMap<>(DecodeWay.class);
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
  void add(DecodeWay way, TokenTimes times) {
    if (counts) {
      rounds.computeIfAbsent(way, w -> new ArrayList<>()).add(times.clock());
      cpuRounds.computeIfAbsent(way, w -> new ArrayList<>()).add(times.cpu());
    }
  }

  /** Returns the values by name, in display order. */
  public Map<String, Object> metrics() {
    Map<String, Object> metrics = new LinkedHashMap<>();
    cached(metrics);
    if (rounds.containsKey(DecodeWay.WHOLE)) {
      metrics.put("uncachedTokensPerSecond", rounded(1e3 / mean(DecodeWay.WHOLE)));
    }
    compared(metrics, DecodeWay.WHOLE, "uncached", "PerToken", "timesUncached");
    compared(metrics, DecodeWay.PUBLISHED, "published", "PerToken", "timesPublished");
    compared(
        metrics, DecodeWay.CANDIDATES, "eightCandidates", "PerToken", "eightCandidatesTimesOne");
    compared(metrics, DecodeWay.TEXTS, "eightTexts", "PerTokenOfEach", "eightTextsTimesOne");
    metrics.putAll(backend);
    return metrics;
  }

  private void cached(Map<String, Object> metrics) {
    List<double[]> cached = Required.of(rounds, DecodeWay.CACHED);
    metrics.put("tokensPerSecond", rounded(1e3 / mean(DecodeWay.CACHED)));
    metrics.put("millisPerToken", rounded(mean(DecodeWay.CACHED)));
    metrics.put("promptMillis", rounded(median(cached.stream().map(t -> t[0]).toList())));
    metrics.put("slope", rounded(median(cached.stream().map(DecodeTimes::slope).toList())));
    metrics.put("cpuMillisPerToken", rounded(cpuMean(DecodeWay.CACHED)));
    List<double[]> cpu = Required.of(cpuRounds, DecodeWay.CACHED);
    metrics.put("cpuSlope", rounded(median(cpu.stream().map(DecodeTimes::totalSlope).toList())));
  }

  /** Puts the times of a way, if it was measured, and their ratio to that with a cache. */
  private void compared(
      Map<String, Object> metrics, DecodeWay way, String name, String per, String ratio) {
    if (rounds.containsKey(way)) {
      metrics.put(name + "Millis" + per, rounded(mean(way)));
      metrics.put(ratio, rounded(ratio(way, DecodeWay.CACHED)));
      metrics.put(name + "CpuMillis" + per, rounded(cpuMean(way)));
    }
  }

  /** Returns the median over rounds of the mean time. */
  private double mean(DecodeWay way) {
    return median(Required.of(rounds, way).stream().map(DecodeTimes::mean).toList());
  }

  private double cpuMean(DecodeWay way) {
    return median(Required.of(cpuRounds, way).stream().map(DecodeTimes::mean).toList());
  }

  /** Returns the median over rounds of how many times longer one way takes than the other. */
  private double ratio(DecodeWay slow, DecodeWay fast) {
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

  /**
   * Returns the growth of the mean time per token from the first quarter, without the first token,
   * to the last: for a clock that is too coarse for single tokens.
   */
  private static double totalSlope(double[] times) {
    int quarter = Math.max(1, times.length / 4);
    int second = Math.min(1, times.length - 1);
    double first =
        mean(Arrays.copyOfRange(times, second, Math.min(times.length, second + quarter)));
    double last = mean(Arrays.copyOfRange(times, times.length - quarter, times.length));
    return first > 0 ? last / first - 1 : 0;
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
