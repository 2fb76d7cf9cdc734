package dev.ebt.bench.step;

import dev.ebt.backend.Backend;
import dev.ebt.config.Assignment;
import dev.ebt.config.Origin;
import dev.ebt.config.Overrides;
import dev.ebt.modality.Batch;
import dev.ebt.optimize.AdamW;
import dev.ebt.optimize.CosineSchedule;
import dev.ebt.plugin.Catalog;
import dev.ebt.plugin.Components;
import dev.ebt.plugin.Configurations;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.Shape;
import dev.ebt.think.MachineMemory;
import dev.ebt.train.ParameterUpdateRule;
import dev.ebt.train.TrainingMemory;
import dev.ebt.train.TrainingStepper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/**
 * A benchmark of training steps of an autoregressive text EBT with AdamW and random tokens. The
 * first step includes compilation and is reported separately. Several numbers of thinking steps are
 * measured in turns, one training step each, so that other load on the machine affects all of them
 * alike.
 */
public final class StepBenchmark {
  static final ParameterUpdateRule RULE =
      ParameterUpdateRule.of(
              new AdamW(0.9, 0.999, 1e-8, 0.01), new CosineSchedule(10, 1000, 0.1), 1e-3)
          .clippedTo(1);

  private final Catalog catalog;
  private final String backend;

  /** Creates a benchmark on the backend with the given name. */
  public StepBenchmark(Catalog catalog, String backend) {
    this.catalog = catalog;
    this.backend = backend;
  }

  /**
   * The measurements.
   *
   * @param buildSeconds time until the parameters are initialized
   * @param timings one per number of thinking steps
   * @param peakMemoryMiB peak memory of the process, if the system reports it
   * @param backend description of the backend
   */
  public record Result(
      double buildSeconds,
      List<Timing> timings,
      Object peakMemoryMiB,
      Map<String, String> backend) {

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
        size.problem(size.steps().get(size.steps().size() - 1)), RULE, size.batch(), false);
  }

  /**
   * Runs the benchmark.
   *
   * @param beforehand called with the memory estimate before anything runs
   */
  public Result run(StepBenchmarkSettings size, Consumer<TrainingMemory> beforehand) {
    try (Components parts = components(catalog, backend)) {
      Backend computing = parts.get(Backend.class);
      beforehand.accept(memory(size));
      return measure(size, computing);
    }
  }

  /** Returns parts of which only the backend is used; the caller closes them. */
  static Components components(Catalog catalog, String backend) {
    Overrides chosen =
        Overrides.of(Assignment.of("backend.name", backend, Origin.option("--backend " + backend)));
    return Components.of(catalog, Configurations.parse(catalog, "bench", "{}", chosen));
  }

  private static Result measure(StepBenchmarkSettings size, Backend backend) {
    long start = System.nanoTime();
    List<TrainingStepper> steppers =
        size.steps().stream().map(count -> stepper(size, count, backend)).toList();
    try {
      steppers.forEach(TrainingStepper::initialize);
      double build = seconds(start);
      List<Batch> batches = List.of(batch(size));
      List<Timing> timings = new ArrayList<>();
      for (int i = 0; i < steppers.size(); i++) {
        double first = seconds(steppers.get(i), 1, batches);
        timings.add(
            new Timing(
                size.steps().get(i),
                (long) size.batch() * size.length(),
                first,
                new ArrayList<>(),
                steppers.get(i).operations()));
      }
      for (int round = 0; round < size.repeat(); round++) {
        for (int i = 0; i < steppers.size(); i++) {
          timings.get(i).later().add(seconds(steppers.get(i), round + 2L, batches));
        }
      }
      return new Result(build, timings, peakMemory(), backend.description());
    } finally {
      steppers.forEach(TrainingStepper::close);
    }
  }

  private static TrainingStepper stepper(StepBenchmarkSettings size, int count, Backend backend) {
    return new TrainingStepper(size.problem(count), backend, RULE, 33);
  }

  private static double seconds(TrainingStepper stepper, long step, List<Batch> batches) {
    long start = System.nanoTime();
    stepper.step(step, batches);
    return seconds(start);
  }

  static Batch batch(StepBenchmarkSettings size) {
    SplittableRandom random = new SplittableRandom(1);
    Shape shape = Shape.of(size.batch(), size.length());
    long[] tokens = random.longs(shape.elements(), 0, size.vocabulary()).toArray();
    long[] target = random.longs(shape.elements(), 0, size.vocabulary()).toArray();
    return new Batch(
        Map.of("tokens", Array.of(shape, tokens)), Array.of(shape, target), Array.filled(shape, 1));
  }

  private static double seconds(long since) {
    return (System.nanoTime() - since) / 1e9;
  }

  /** Returns the peak memory of this process, native memory included, if the system reports it. */
  private static Object peakMemory() {
    OptionalLong peak = MachineMemory.peak();
    return peak.isPresent() ? peak.getAsLong() >> 20 : "unknown on this system";
  }
}
