package dev.ebt.bench.decode;

import dev.ebt.backend.Backend;
import dev.ebt.config.Assignment;
import dev.ebt.config.Origin;
import dev.ebt.config.Overrides;
import dev.ebt.plugin.Catalog;
import dev.ebt.plugin.Components;
import dev.ebt.plugin.Configurations;
import dev.ebt.predict.Predictor;
import dev.ebt.predict.Predictors;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.Shape;
import dev.ebt.text.decode.TextGenerator;
import dev.ebt.text.decode.TokenSampling;
import dev.ebt.text.window.TrainingWindows;
import dev.ebt.train.TrainingStepper;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * A benchmark of text generation, in turns, so that other load on the machine affects all ways
 * alike: with a key/value cache; with the whole window observed for each token; and in the
 * published way, which computes all positions, and the context again at every step.
 *
 * <p>Programs have fixed shapes, so the published way is measured at the mean length of the text
 * instead of at every length.
 */
public final class DecodeBenchmark {
  /** The share of tokens that is generated in a slow way, whose tokens all take as long. */
  private static final int SHARE = 16;

  private static final double NANOS_PER_MILLI = 1e6;

  private final Catalog catalog;
  private final String backend;

  /** Creates a benchmark on the backend with the given name. */
  public DecodeBenchmark(Catalog catalog, String backend) {
    this.catalog = catalog;
    this.backend = backend;
  }

  /**
   * The measurements: milliseconds of each token. The first token includes observing the prompt.
   *
   * @param cached per round and token, with a cache
   * @param whole per round and token, observing the whole window for each
   * @param published per round and token, in the published way; empty for the baseline
   */
  public record Result(
      List<double[]> cached,
      List<double[]> whole,
      List<double[]> published,
      Map<String, String> backend) {

    /** Returns the values by name, in display order. */
    public Map<String, Object> metrics() {
      Map<String, Object> metrics = new LinkedHashMap<>();
      metrics.put("tokensPerSecond", rounded(1e3 / median(means(cached))));
      metrics.put("millisPerToken", rounded(median(means(cached))));
      metrics.put("promptMillis", rounded(median(cached.stream().map(t -> t[0]).toList())));
      metrics.put("slope", rounded(median(cached.stream().map(Result::slope).toList())));
      metrics.put("uncachedTokensPerSecond", rounded(1e3 / median(means(whole))));
      metrics.put("uncachedMillisPerToken", rounded(median(means(whole))));
      metrics.put("timesUncached", rounded(median(ratios(whole, cached))));
      if (!published.isEmpty()) {
        metrics.put("publishedMillisPerToken", rounded(median(means(published))));
        metrics.put("timesPublished", rounded(median(ratios(published, cached))));
      }
      metrics.putAll(backend);
      return metrics;
    }

    private static List<Double> means(List<double[]> rounds) {
      return rounds.stream().map(times -> Arrays.stream(times).average().orElseThrow()).toList();
    }

    /** Returns how many times faster one way is than the other in each round. */
    private static List<Double> ratios(List<double[]> slow, List<double[]> fast) {
      List<Double> ratios = new ArrayList<>();
      for (int i = 0; i < slow.size(); i++) {
        ratios.add(means(slow).get(i) / means(fast).get(i));
      }
      return ratios;
    }

    /**
     * Returns the growth of the time per token over the text: the median of the last quarter, over
     * that of the first without the first token, minus 1.
     */
    private static double slope(double[] times) {
      int quarter = Math.max(1, times.length / 4);
      double first =
          median(
              Arrays.stream(times, Math.min(1, times.length - 1), times.length)
                  .limit(quarter)
                  .boxed()
                  .toList());
      double last =
          median(Arrays.stream(times, times.length - quarter, times.length).boxed().toList());
      return last / first - 1;
    }

    private static double median(List<Double> values) {
      return values.stream().sorted().toList().get(values.size() / 2);
    }

    private static double rounded(double value) {
      return Math.round(value * 1e3) / 1e3;
    }
  }

  /** Runs the benchmark. */
  public Result run(DecodeSize size) {
    Overrides chosen =
        Overrides.of(Assignment.of("backend.name", backend, Origin.option("--backend " + backend)));
    try (Components parts =
        Components.of(catalog, Configurations.parse(catalog, "bench", "{}", chosen))) {
      Backend computing = parts.get(Backend.class);
      TrainingStepper.initialize(computing, size.parameters(), 1);
      return measure(size, computing);
    }
  }

  private static Result measure(DecodeSize size, Backend backend) {
    int[] prompt = new SplittableRandom(1).ints(size.prompt(), 0, size.vocabulary()).toArray();
    Result result =
        new Result(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), backend.description());
    Predictors predictors = size.predictors(backend, size.length());
    int meanLength = size.prompt() + size.tokens() / 2;
    try (TextGenerator cached = TextGenerator.of(size.modality(size.length()), predictors, true);
        TextGenerator whole = TextGenerator.of(size.modality(size.length()), predictors, false);
        Predictor all = size.predictors(backend, meanLength).of(1)) {
      generated(size, cached, prompt);
      generated(size, whole, prompt, 2);
      published(size, all, meanLength, 2);
      for (int round = 0; round < size.repeat(); round++) {
        result.cached().add(generated(size, cached, prompt));
        int tokens = Math.max(1, size.tokens() / SHARE);
        result.whole().add(generated(size, whole, prompt, tokens));
        if (size.steps() > 0) {
          result.published().add(published(size, all, meanLength, tokens));
        }
      }
    }
    return result;
  }

  private static double[] generated(DecodeSize size, TextGenerator generator, int[] prompt) {
    return generated(size, generator, prompt, size.tokens());
  }

  private static double[] generated(
      DecodeSize size, TextGenerator generator, int[] prompt, int tokens) {
    double[] times = new double[tokens];
    long[] since = {System.nanoTime()};
    int[] number = {0};
    generator.generate(
        prompt,
        tokens,
        new TextGenerator.GenerationOptions(
                size.steps(), 0, TokenSampling.likeliest(), size.candidates())
            .withoutFinalEnergy(),
        token -> {
          long now = System.nanoTime();
          times[number[0]++] = (now - since[0]) / NANOS_PER_MILLI;
          since[0] = now;
          return true;
        });
    return times;
  }

  /** Returns the times of tokens that are predicted with all positions before them. */
  private static double[] published(DecodeSize size, Predictor all, int length, int tokens) {
    double[] times = new double[tokens];
    Map<String, Array> context =
        Map.of(TrainingWindows.TOKENS, Array.of(Shape.of(1, length), new long[length]));
    for (int token = 0; token < tokens; token++) {
      long since = System.nanoTime();
      for (int candidate = 0; candidate < size.candidates(); candidate++) {
        all.observe(context);
        all.begin(token);
        for (int step = 0; step < size.steps(); step++) {
          all.observe(context);
          all.step(1, 0);
        }
        all.candidate();
      }
      times[token] = (System.nanoTime() - since) / NANOS_PER_MILLI;
    }
    return times;
  }
}
