package dev.ebt.bench.step;

import dev.ebt.backend.Backend;
import dev.ebt.backend.ExecutionTrace;
import dev.ebt.config.Overrides;
import dev.ebt.modality.Batch;
import dev.ebt.plugin.Catalog;
import dev.ebt.plugin.Components;
import dev.ebt.plugin.Configurations;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.Shape;
import dev.ebt.think.MachineMemory;
import dev.ebt.train.TrainingMemory;
import dev.ebt.train.TrainingStepper;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A benchmark of training steps of an autoregressive text EBT with AdamW and random tokens. The
 * first step includes compilation and is reported separately. Several numbers of thinking steps are
 * measured in turns, one training step each, so that other load on the machine affects all of them
 * alike.
 */
public final class StepBenchmark {
  /** The most steps whose products are also measured alone. */
  public static final int PAIRS = 7;

  /** The traced steps, of which the quickest one was disturbed least. */
  public static final int TRACED = 5;

  private final Catalog catalog;
  private final Overrides chosen;

  /** Creates a benchmark on the backend that these settings choose. */
  public StepBenchmark(Catalog catalog, Overrides backend) {
    this.catalog = catalog;
    this.chosen = backend;
  }

  /**
   * The measurements.
   *
   * @param buildSeconds time until the parameters are initialized
   * @param timings one per number of thinking steps
   * @param peakMemoryMiB peak memory of the process, if the system reports it
   * @param backend description of the backend
   * @param trace of one step with the first number of thinking steps; null if none was requested
   */
  public record Result(
      double buildSeconds,
      List<Timing> timings,
      Object peakMemoryMiB,
      Map<String, String> backend,
      @Nullable ExecutionTrace trace) {

    /** Returns the values of a benchmark with one number of steps by name, in display order. */
    public Map<String, Object> metrics() {
      Map<String, Object> metrics = new LinkedHashMap<>();
      metrics.put("buildSeconds", Timing.rounded(buildSeconds));
      metrics.putAll(timings.get(0).metrics());
      metrics.put("peakMemoryMiB", peakMemoryMiB);
      metrics.putAll(backend);
      return metrics;
    }
  }

  /** Returns the estimated memory of training with the largest number of thinking steps. */
  private static TrainingMemory memory(StepBenchmarkSettings size) {
    return TrainingMemory.of(
        size.problem(size.steps().get(size.steps().size() - 1)), size.rule(), size.batch(), false);
  }

  /**
   * Runs the benchmark.
   *
   * @param traced whether a step is traced after the others
   * @param beforehand called with the memory estimate before anything runs
   * @throws dev.ebt.error.UserException if a trace is requested of a backend that has none
   */
  public Result run(
      StepBenchmarkSettings size, boolean traced, Consumer<TrainingMemory> beforehand) {
    try (Components parts = components(catalog, chosen)) {
      Backend computing = parts.get(Backend.class);
      if (traced) {
        computing.trace(() -> {}); // Refuses now rather than after all steps.
      }
      beforehand.accept(memory(size));
      return measure(size, traced, new CountingBackend(computing));
    }
  }

  /** Returns parts of which only the backend is used; the caller closes them. */
  static Components components(Catalog catalog, Overrides backend) {
    return Components.of(catalog, Configurations.parse(catalog, "bench", "{}", backend));
  }

  private static Result measure(
      StepBenchmarkSettings size, boolean traced, CountingBackend backend) {
    long start = System.nanoTime();
    List<MeasuredSteps> all =
        size.steps().stream()
            .map(
                count ->
                    new MeasuredSteps(
                        count,
                        new TrainingStepper(size.problem(count), backend, size.rule(), 33),
                        List.of(batch(size))))
            .toList();
    try {
      all.forEach(MeasuredSteps::initialize);
      double build = (System.nanoTime() - start) / 1e9;
      all.forEach(steps -> steps.first(backend));
      for (int round = 0; round < size.repeat(); round++) {
        all.forEach(MeasuredSteps::later);
      }
      Object memory = peakMemory();
      all.forEach(steps -> steps.besideProducts(backend, Math.min(size.repeat(), PAIRS)));
      long tokens = (long) size.batch() * size.length();
      return new Result(
          build,
          all.stream().map(steps -> steps.timing(tokens)).toList(),
          memory,
          backend.description(),
          traced ? all.get(0).trace(backend) : null);
    } finally {
      all.forEach(MeasuredSteps::close);
    }
  }

  static Batch batch(StepBenchmarkSettings size) {
    SplittableRandom random = new SplittableRandom(1);
    Shape shape = Shape.of(size.batch(), size.length());
    long[] tokens = random.longs(shape.elements(), 0, size.vocabulary()).toArray();
    long[] target = random.longs(shape.elements(), 0, size.vocabulary()).toArray();
    return new Batch(
        Map.of("tokens", Array.of(shape, tokens)), Array.of(shape, target), Array.filled(shape, 1));
  }

  /** Returns the peak memory of this process, native memory included, if the system reports it. */
  private static Object peakMemory() {
    OptionalLong peak = MachineMemory.peak();
    return peak.isPresent() ? peak.getAsLong() >> 20 : "unknown on this system";
  }
}
