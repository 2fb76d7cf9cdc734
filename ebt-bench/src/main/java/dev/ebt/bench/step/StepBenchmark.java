package dev.ebt.bench.step;

import dev.ebt.backend.Backend;
import dev.ebt.config.Assignment;
import dev.ebt.config.Origin;
import dev.ebt.config.Overrides;
import dev.ebt.modality.Batch;
import dev.ebt.optimize.AdamW;
import dev.ebt.plugin.Catalog;
import dev.ebt.plugin.Components;
import dev.ebt.plugin.Configurations;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.Shape;
import dev.ebt.train.Compatibility;
import dev.ebt.train.LearningRateSchedule;
import dev.ebt.train.TrainingMemory;
import dev.ebt.train.TrainingStepper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/**
 * How long a training step of an autoregressive text EBT takes: AdamW, random tokens. The first
 * step compiles and is told apart. Several numbers of thinking steps are measured in turns, one
 * training step of each, so that what disturbs the machine disturbs them all.
 */
public final class StepBenchmark {
  private static final AdamW OPTIMIZER = new AdamW(0.9, 0.999, 1e-8, 0.01);

  private final Catalog catalog;
  private final String backend;

  /** Measures the backend of this name. */
  public StepBenchmark(Catalog catalog, String backend) {
    this.catalog = catalog;
    this.backend = backend;
  }

  /**
   * What was measured.
   *
   * @param buildSeconds until the parameters had their first values
   * @param timings one per number of thinking steps
   * @param peakMemoryMiB the most memory this process ever had, where the system tells
   * @param backend what computed
   */
  public record Result(
      double buildSeconds,
      List<Timing> timings,
      Object peakMemoryMiB,
      Map<String, String> backend) {

    /** The figures of a benchmark of one number of steps by name, in the order to show them. */
    public Map<String, Object> figures() {
      Map<String, Object> figures = new LinkedHashMap<>();
      figures.put("buildSeconds", Timing.rounded(buildSeconds));
      figures.putAll(timings.get(0).figures());
      figures.put("peakMemoryMiB", peakMemoryMiB);
      figures.putAll(backend);
      return figures;
    }
  }

  /** What training with the most thinking steps will take. */
  private static TrainingMemory memory(StepSize size) {
    return TrainingMemory.of(
        size.lessons(size.steps().get(size.steps().size() - 1)),
        OPTIMIZER,
        Compatibility.CORRECTED,
        1,
        size.batch(),
        false);
  }

  /**
   * Measures.
   *
   * @param beforehand told what training with the most thinking steps will take
   */
  public Result run(StepSize size, Consumer<TrainingMemory> beforehand) {
    Overrides chosen =
        Overrides.of(Assignment.of("backend.name", backend, Origin.option("--backend " + backend)));
    try (Components parts =
        Components.of(catalog, Configurations.parse(catalog, "bench", "{}", chosen))) {
      Backend computing = parts.get(Backend.class);
      beforehand.accept(memory(size));
      return measure(size, computing);
    }
  }

  private static Result measure(StepSize size, Backend backend) {
    long start = System.nanoTime();
    List<TrainingStepper> teachers =
        size.steps().stream().map(count -> teacher(size, count, backend)).toList();
    try {
      teachers.forEach(TrainingStepper::initialize);
      double build = seconds(start);
      List<Batch> batches = List.of(batch(size));
      List<Timing> timings = new ArrayList<>();
      for (int i = 0; i < teachers.size(); i++) {
        double first = seconds(teachers.get(i), 1, batches);
        timings.add(
            new Timing(
                size.steps().get(i),
                (long) size.batch() * size.length(),
                first,
                new ArrayList<>(),
                teachers.get(i).operations()));
      }
      for (int round = 0; round < size.repeat(); round++) {
        for (int i = 0; i < teachers.size(); i++) {
          timings.get(i).later().add(seconds(teachers.get(i), round + 2L, batches));
        }
      }
      return new Result(build, timings, peakMemory(), backend.description());
    } finally {
      teachers.forEach(TrainingStepper::close);
    }
  }

  private static TrainingStepper teacher(StepSize size, int count, Backend backend) {
    LearningRateSchedule schedule = new LearningRateSchedule(10, 1000, 1e-3, 0.1);
    return new TrainingStepper(size.lessons(count), backend, OPTIMIZER, schedule, 1, 33);
  }

  private static double seconds(TrainingStepper teacher, long step, List<Batch> batches) {
    long start = System.nanoTime();
    teacher.step(step, batches);
    return seconds(start);
  }

  private static Batch batch(StepSize size) {
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

  /** The most memory this process ever had, native memory included, where the system tells. */
  private static Object peakMemory() {
    try {
      return Files.readAllLines(Path.of("/proc/self/status")).stream()
          .filter(line -> line.startsWith("VmHWM:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
          .findFirst()
          .orElseThrow();
    } catch (IOException | RuntimeException e) {
      return "unknown on this system";
    }
  }
}
