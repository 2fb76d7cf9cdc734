package dev.ebt.vision;

import static java.util.stream.Collectors.joining;

import dev.ebt.error.Required;
import dev.ebt.interact.CommonOptions;
import dev.ebt.interact.Output;
import dev.ebt.interact.Outputs;
import dev.ebt.interact.PngImage;
import dev.ebt.interact.PredictionSweep;
import dev.ebt.modality.Batch;
import dev.ebt.modality.DistributionMetric;
import dev.ebt.modality.Examples;
import dev.ebt.predict.Predictor;
import dev.ebt.run.RunParts;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.Shape;
import dev.ebt.vision.image.ImageCaption;
import dev.ebt.vision.image.ImageGrid;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A grid of generated images: one row per condition, one column per initial noise. If the
 * conditions are those of validation data, metrics compare the images, and the same number of
 * validation images, with training images.
 */
final class SampleGrid {
  /** The maximum number of validation images searched for those of each class. */
  private static final int REAL = 10_000;

  private static final String ALL = "all";
  private static final String FRECHET = "frechet";
  private static final String STEPS = "steps";
  private static final String SECONDS = "seconds";
  private static final String EVALUATIONS = "evaluations";

  private final RunParts parts;
  private final CommonOptions common;
  private final int count;
  private final Outputs outputs;
  private final GenerationSettings settings;
  private final List<Map<String, Object>> lines = new ArrayList<>();

  /**
   * Creates an empty grid.
   *
   * @param usual the default number of images per condition
   */
  SampleGrid(RunParts parts, CommonOptions common, int usual, Outputs outputs) {
    this.parts = parts;
    this.common = common;
    this.count = common.countOr(usual);
    this.outputs = outputs;
    this.settings = ((ImageGeneration) parts.modality()).settings();
  }

  /** The images of one condition, and the cost of generating them. */
  private record Samples(
      SampleConditions condition, Batch batch, Optional<Array> energies, Map<String, Object> cost) {
    /** Returns a caption of each image: condition, steps and the energy if there is one. */
    private List<String> captions() {
      String stage = condition.name() + ", " + Required.of(cost, STEPS) + " steps";
      List<String> captions = new ArrayList<>();
      for (int i = 0; i < batch.rows(); i++) {
        int image = i;
        Double energy = energies.map(all -> all.real(image)).orElse(null);
        captions.add(ImageCaption.of(stage, null, energy));
      }
      if (condition.real() != null) {
        captions.add(condition.name() + ", real");
      }
      return captions;
    }

    private double seconds() {
      return (double) Required.of(cost, SECONDS);
    }

    private Number evaluations() {
      return (Number) Required.of(cost, EVALUATIONS);
    }

    /** Returns the images, and the real one of the condition. */
    private List<Array> row() {
      Array real = condition.real();
      return Stream.concat(images(batch).stream(), Stream.ofNullable(real)).toList();
    }
  }

  /** Returns the conditions of the validation data. */
  List<SampleConditions> conditionsOfData() {
    return SampleConditions.of(settings, parts.dataset());
  }

  /** Returns the conditions of a file of vectors. */
  List<SampleConditions> conditionsOf(Path vectors) {
    return SampleConditions.of(settings, vectors);
  }

  /**
   * Generates the images.
   *
   * @param ofData whether the conditions are those of the validation data
   */
  void draw(List<SampleConditions> conditions, boolean ofData, Path folder) {
    List<Samples> samples = generate(conditions);
    ImageGrid png = new ImageGrid();
    samples.forEach(each -> png.with(each.row(), each.captions()));
    outputs.add(
        new Output.File(
            folder.resolve("samples.png"),
            new PngImage(png.draw()),
            ": a row for each " + rows(conditions)));
    if (!ofData) {
      outputs.table(List.of(cost(samples)));
    } else if (parts.dataset().distributionMetric().isPresent()) {
      judge(samples, real(samples.size() * count / classes()));
      outputs.table(lines);
      outputs.note(
          "nearest: mean squared error to the nearest training image; classAccuracy: share of those with the right class;");
      outputs.note(
          "diversity: 1 as diverse as real images, 0 all the same; frechet: distance of the distributions; real: held-out images");
    }
  }

  private String rows(List<SampleConditions> conditions) {
    return settings.conditionDimension() == 0
        ? "class"
        : String.format(
            Locale.ROOT,
            "of %s%s",
            conditions.stream().map(SampleConditions::name).collect(joining(", ")),
            conditions.stream().allMatch(c -> c.real() != null)
                ? "; the last is the real one"
                : "");
  }

  private int classes() {
    return Math.max(1, settings.classes());
  }

  private List<Samples> generate(List<SampleConditions> conditions) {
    int steps = common.onlySteps();
    List<Samples> samples = new ArrayList<>();
    try (Predictor predictor = parts.predictor(count)) {
      predictor.check(steps);
      for (SampleConditions condition : conditions) {
        Map<String, Array> context = condition.times(count);
        Map<String, Object> cost =
            new PredictionSweep(predictor, context, common.tolerance(), common.seed()).reach(steps);
        Optional<Array> energies =
            predictor.thinks() ? Optional.of(predictor.energy()) : Optional.empty();
        samples.add(new Samples(condition, batch(context, predictor.candidate()), energies, cost));
      }
    }
    return samples;
  }

  private static Batch batch(Map<String, Array> context, Array images) {
    return new Batch(context, images, Array.filled(Shape.of(images.shape().size(0)), 1));
  }

  private static List<Array> images(Batch batch) {
    return IntStream.range(0, batch.rows()).mapToObj(i -> batch.target().row(i)).toList();
  }

  /** Returns the first validation images of each class; fewer, where there are too few. */
  private List<List<Batch>> real(int count) {
    List<List<Batch>> real = new ArrayList<>();
    IntStream.range(0, classes()).forEach(label -> real.add(new ArrayList<>()));
    Examples examples = parts.dataset().validation();
    int missing = count * classes();
    for (int i = 0; i < Math.min(REAL, examples.size()) && missing > 0; i++) {
      Batch row = examples.batch(i);
      Array label = row.context().get(ImageGeneration.LABEL);
      List<Batch> ofClass = real.get(label == null ? 0 : (int) label.item());
      if (ofClass.size() < count) {
        ofClass.add(row);
        missing--;
      }
    }
    return real;
  }

  private void judge(List<Samples> made, List<List<Batch>> real) {
    for (int label = 0; label < classes() && classes() > 1; label++) {
      add(made.get(label).condition().name(), made.subList(label, label + 1), real.get(label));
    }
    add(ALL, made, real.stream().flatMap(List::stream).toList());
  }

  private void add(String label, List<Samples> made, List<Batch> real) {
    Map<String, Object> line = line(label, "made");
    line.putAll(cost(made));
    line.putAll(metrics(label, made.stream().map(Samples::batch).toList()));
    lines.add(line);
    line = line(label, "real");
    line.putAll(metrics(label, real));
    lines.add(line);
  }

  /**
   * Returns the steps, which are the same for all, the seconds of all, and the evaluations: their
   * mean, if they are not the same for all.
   */
  private static Map<String, Object> cost(List<Samples> made) {
    Map<String, Object> cost = new LinkedHashMap<>(made.get(0).cost());
    if (made.stream().map(Samples::evaluations).distinct().count() > 1) {
      cost.put(
          EVALUATIONS,
          made.stream()
              .mapToDouble(each -> each.evaluations().doubleValue())
              .average()
              .orElseThrow());
    }
    cost.put(SECONDS, made.stream().mapToDouble(Samples::seconds).sum());
    return cost;
  }

  private static Map<String, Object> line(String label, String images) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("class", label);
    line.put("images", images);
    return line;
  }

  /** Returns the metrics of a set; the distance of one class from all classes means nothing. */
  private Map<String, Double> metrics(String label, List<Batch> images) {
    DistributionMetric set = parts.dataset().distributionMetric().orElseThrow();
    images.forEach(batch -> set.add(batch, batch.target(), batch.rows()));
    Map<String, Double> metrics = new LinkedHashMap<>(set.metrics());
    if (!label.equals(ALL)) {
      metrics.remove(FRECHET);
    }
    return metrics;
  }
}
