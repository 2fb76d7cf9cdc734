package dev.ebt.bench.step;

import dev.ebt.backend.Backend;
import dev.ebt.bench.synthetic.NumberTokenizer;
import dev.ebt.error.UserException;
import dev.ebt.modality.Batch;
import dev.ebt.model.AutoregressiveEnergy;
import dev.ebt.model.TransformerSettings;
import dev.ebt.model.TransformerSettings.Conditioning;
import dev.ebt.optimize.AdamW;
import dev.ebt.plugin.Assembled;
import dev.ebt.plugin.Catalog;
import dev.ebt.plugin.Configurations;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.Shape;
import dev.ebt.text.TextModality;
import dev.ebt.text.TextSettings;
import dev.ebt.think.Thinking;
import dev.ebt.train.EnergyObjective;
import dev.ebt.train.Schedule;
import dev.ebt.train.Teacher;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * How long a training step of an autoregressive text EBT takes: System 1, AdamW, random tokens. The
 * first step compiles and is told apart.
 */
public final class StepBenchmark {
  private final Catalog catalog;
  private final String backend;

  /** Measures the backend of this name. */
  public StepBenchmark(Catalog catalog, String backend) {
    this.catalog = catalog;
    this.backend = backend;
  }

  /**
   * What is measured.
   *
   * @param conditioning {@code none} or {@code time_embed}
   * @param steps thinking steps
   * @param repeat training steps after the first
   */
  public record Size(
      String conditioning,
      int layers,
      int width,
      int heads,
      int batch,
      int length,
      int vocabulary,
      int steps,
      int repeat) {
    /** Refuses sizes without meaning; the model checks its own. */
    public Size {
      if (batch < 1 || length < 1 || vocabulary < 2 || steps < 1 || repeat < 1) {
        throw new UserException(
            "--batch, --length, --steps and --repeat are at least 1, --vocab at least 2");
      }
      if (!conditioning.equals("none") && !conditioning.equals("time_embed")) {
        throw new UserException("--model is '" + conditioning + "'; none or time_embed expected");
      }
    }
  }

  /** The figures by name, in the order to show them. */
  public Map<String, Object> run(Size size) {
    TextModality modality =
        new TextModality(
            new TextSettings(size.length(), null, null, null),
            new NumberTokenizer(size.vocabulary()));
    TransformerSettings settings =
        new TransformerSettings(
            null,
            size.layers(),
            size.heads(),
            size.width(),
            1.0,
            Conditioning.valueOf(size.conditioning().toUpperCase(Locale.ROOT)),
            null,
            null,
            null);
    Teacher.Lessons lessons =
        new Teacher.Lessons(
            modality,
            new AutoregressiveEnergy(settings, size.steps()),
            EnergyObjective.system1(new EnergyObjective.Settings(size.steps())),
            new Thinking(size.steps(), 500.0, true, null, null, null),
            List.of());
    try (Assembled parts =
        Assembled.of(
            catalog,
            Configurations.parse(catalog, "bench", "{}", List.of("backend.name=" + backend)))) {
      return measure(lessons, parts.get(Backend.class), size);
    }
  }

  private static Map<String, Object> measure(Teacher.Lessons lessons, Backend backend, Size size) {
    Schedule schedule = new Schedule(10, 1000, 1e-3, 0.1, Schedule.FloorOf.OWN_PEAK);
    long start = System.nanoTime();
    try (Teacher teacher =
        new Teacher(lessons, backend, new AdamW(0.9, 0.999, 1e-8, 0.01), schedule, 1, 33)) {
      teacher.begin();
      List<Batch> batches = List.of(batch(size));
      double build = seconds(start);
      start = System.nanoTime();
      teacher.learn(1, batches);
      double first = seconds(start);
      List<Double> later = new ArrayList<>();
      for (int i = 0; i < size.repeat(); i++) {
        start = System.nanoTime();
        teacher.learn(i + 2L, batches);
        later.add(seconds(start));
      }
      Collections.sort(later);
      double median = later.get(later.size() / 2);
      Map<String, Object> figures = new LinkedHashMap<>();
      figures.put("buildSeconds", rounded(build));
      figures.put("firstStepSeconds", rounded(first));
      figures.put("stepSecondsMedian", rounded(median));
      figures.put("stepSecondsLeast", rounded(later.get(0)));
      figures.put("tokensPerSecond", Math.round(size.batch() * size.length() / median));
      figures.put("graphOperations", teacher.operations());
      figures.put("peakMemoryMiB", peakMemory());
      figures.putAll(backend.description());
      return figures;
    }
  }

  private static Batch batch(Size size) {
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

  private static double rounded(double seconds) {
    return Math.round(seconds * 1e4) / 1e4;
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
