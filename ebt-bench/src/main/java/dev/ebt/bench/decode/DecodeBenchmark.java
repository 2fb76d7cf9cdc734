package dev.ebt.bench.decode;

import dev.ebt.backend.Backend;
import dev.ebt.config.Overrides;
import dev.ebt.nn.ParameterSpec;
import dev.ebt.plugin.Catalog;
import dev.ebt.plugin.Components;
import dev.ebt.plugin.Configurations;
import dev.ebt.plugin.PerformanceHint;
import dev.ebt.plugin.ResolvedConfiguration;
import dev.ebt.predict.Predictor;
import dev.ebt.predict.Predictors;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.Shape;
import dev.ebt.text.decode.BatchGenerator;
import dev.ebt.text.decode.TextGenerator;
import dev.ebt.text.decode.TokenSampling;
import dev.ebt.text.window.TrainingWindows;
import dev.ebt.train.TrainingStepper;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Supplier;

/**
 * A benchmark of text generation, in turns, so that other load on the machine affects all ways
 * alike: with a key/value cache; with the whole window observed for each token; and in the
 * published way, which computes all positions, and the context again at every step; and with a
 * cache, several candidates for each token, and several texts together.
 *
 * <p>Programs have fixed shapes, so the published way is measured at the mean length of the text
 * instead of at every length.
 */
public final class DecodeBenchmark {
  /** The share of tokens that is generated in a slow way, whose tokens all take as long. */
  private static final int SHARE = 16;

  /** How many candidates, and how many texts, are compared with one. */
  private static final int SEVERAL = 8;

  private final Catalog catalog;
  private final Overrides chosen;

  /**
   * Creates a benchmark.
   *
   * @param backend the settings of the backend
   */
  public DecodeBenchmark(Catalog catalog, Overrides backend) {
    this.catalog = catalog;
    this.chosen = backend;
  }

  /** Runs the benchmark of some ways, among them that with a cache. */
  public DecodeTimes run(DecodeSize size, Set<DecodeWay> ways) {
    ResolvedConfiguration configuration =
        ResolvedConfiguration.of(Configurations.parse(catalog, "bench", "{}", chosen));
    List<ParameterSpec> parameters = size.parameters();
    PerformanceHint hint =
        PerformanceHint.forInference(
            parameters.stream().mapToLong(parameter -> parameter.shape().elements()));
    try (Components parts = Components.of(catalog, configuration, null, hint)) {
      Backend computing = parts.get(Backend.class);
      TrainingStepper.initialize(computing, parameters, 1);
      return measure(size, ways, computing);
    }
  }

  private static DecodeTimes measure(DecodeSize size, Set<DecodeWay> ways, Backend backend) {
    DecodeTimes times = new DecodeTimes(backend.description());
    Predictors predictors = size.predictors(backend, size.length());
    int meanLength = size.prompt() + size.tokens() / 2;
    Load one = new Load(size.tokens(), 1, size.candidates());
    Load candidates = new Load(size.tokens(), 1, SEVERAL);
    Load texts = new Load(size.tokens(), SEVERAL, size.candidates());
    int tokens = Math.max(1, size.tokens() / SHARE);
    Map<DecodeWay, Supplier<TokenTimes>> measured = new EnumMap<>(DecodeWay.class);
    try (BatchGenerator cached =
            new BatchGenerator(size.modality(size.length()), predictors, true);
        BatchGenerator whole = new BatchGenerator(size.modality(size.length()), predictors, false);
        Predictor all = size.predictors(backend, meanLength).of(1)) {
      measured.put(DecodeWay.CACHED, () -> generated(size, cached, one));
      measured.put(DecodeWay.TEXTS, () -> generated(size, cached, texts));
      if (size.steps() > 0 && size.candidates() == 1) {
        measured.put(DecodeWay.CANDIDATES, () -> generated(size, cached, candidates));
      }
      measured.put(
          DecodeWay.WHOLE, () -> generated(size, whole, new Load(tokens, 1, size.candidates())));
      if (size.steps() > 0) {
        measured.put(DecodeWay.PUBLISHED, () -> published(size, all, meanLength, tokens));
      }
      measured.keySet().retainAll(ways);
      for (int round = -1; round < size.repeat(); round++) { // The first one compiles.
        times.begin(round >= 0);
        measured.forEach((way, time) -> times.add(way, time.get()));
      }
    }
    return times;
  }

  /**
   * What is generated.
   *
   * @param tokens of each text
   * @param texts generated together
   * @param candidates for each token
   */
  private record Load(int tokens, int texts, int candidates) {}

  /** Returns the times in which each text gets one token more. */
  private static TokenTimes generated(DecodeSize size, BatchGenerator generator, Load load) {
    TextGenerator.GenerationOptions options =
        new TextGenerator.GenerationOptions(
                size.steps(), 0, TokenSampling.likeliest(), load.candidates())
            .withoutFinalEnergy();
    return TokenTimes.of(
        load.tokens(),
        () -> {
          for (int text = 0; text < load.texts(); text++) {
            int[] prompt =
                new SplittableRandom(1 + text).ints(size.prompt(), 0, size.vocabulary()).toArray();
            generator.add(prompt, load.tokens(), options, token -> true);
          }
        },
        generator::advance);
  }

  /** Returns the times of tokens that are predicted with all positions before them. */
  private static TokenTimes published(DecodeSize size, Predictor all, int length, int tokens) {
    Map<String, Array> context =
        Map.of(TrainingWindows.TOKENS, Array.of(Shape.of(1, length), new long[length]));
    return TokenTimes.of(tokens, () -> {}, () -> predictPublished(size, all, context));
  }

  private static void predictPublished(DecodeSize size, Predictor all, Map<String, Array> context) {
    for (int candidate = 0; candidate < size.candidates(); candidate++) {
      all.observe(context);
      all.begin(candidate);
      for (int step = 0; step < size.steps(); step++) {
        all.observe(context);
        all.step(1, 0);
      }
      all.candidate();
    }
  }
}
