package dev.ebt.bench.report;

import static java.util.stream.Collectors.joining;

import dev.ebt.modality.Batch;
import dev.ebt.modality.DistributionMetric;
import dev.ebt.modality.Examples;
import dev.ebt.run.RunParts;
import dev.ebt.store.DurableFiles;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.Shape;
import dev.ebt.think.Predictor;
import dev.ebt.vision.GenerationSettings;
import dev.ebt.vision.ImageGeneration;
import dev.ebt.vision.image.ImageGrid;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** ImageSource out of noise: a row for each kind or vector, a column for each noise. */
public final class SampleGrid {
  /** How many real pictures are looked through for those of each kind, at most. */
  private static final int REAL = 10_000;

  private static final String ALL = "all";
  private static final String FRECHET = "frechet";

  private final RunParts parts;
  private final GenerationSettings settings;
  private final List<Map<String, Object>> lines = new ArrayList<>();

  private SampleGrid(RunParts parts) {
    this.parts = parts;
    this.settings = ((ImageGeneration) parts.modality()).settings();
  }

  /** Images of one kind or vector, and what making them took. */
  private record Made(SampleConditions asked, Batch batch, Map<String, Object> effort) {
    private double seconds() {
      return (double) effort.get(MetricTable.SECONDS);
    }

    /** The pictures, and the one that was meant. */
    private List<Array> row() {
      Array real = asked.real();
      return Stream.concat(pictures(batch).stream(), Stream.ofNullable(real)).toList();
    }
  }

  /**
   * Writes a PNG of {@code count} pictures of each kind, or by each vector, beside the real one. If
   * they are of validation data, prints how near they are to real pictures that were learnt from,
   * and how near as many others are that were not: the best there is to be.
   *
   * @param vectors a file of vectors to ask by; null to ask for what the data has
   */
  public static void write(
      RunParts parts,
      PredictionTable.PredictionOptions manner,
      int count,
      @Nullable Path vectors,
      Path folder,
      PrintStream out) {
    SampleGrid grid = new SampleGrid(parts);
    List<SampleConditions> asked =
        vectors == null
            ? SampleConditions.of(grid.settings, parts.dataset())
            : SampleConditions.of(grid.settings, vectors);
    List<Made> made = grid.make(asked, manner, count);
    ImageGrid png = new ImageGrid();
    made.forEach(each -> png.with(each.row()));
    Path file = folder.resolve("samples.png");
    write(png, file);
    out.printf(Locale.ROOT, "%s: a row for each %s%n", file, rows(grid.settings, asked));
    if (vectors != null) {
      MetricTable.print(List.of(effort(made)), out);
    } else if (parts.dataset().setFigures().isPresent()) {
      grid.judge(made, grid.real(made.size() * count / grid.kinds()));
      MetricTable.print(grid.lines, out);
      out.println(
          "nearest: error from the nearest picture learnt from; ofKind: share of those that are of the kind;");
      out.println(
          "variety: 1 differ as real ones do, 0 are all the same; frechet: of all together; real: not learnt from");
    }
  }

  private static String rows(GenerationSettings settings, List<SampleConditions> asked) {
    return settings.vector() == 0
        ? "kind"
        : String.format(
            Locale.ROOT,
            "of %s%s",
            asked.stream().map(SampleConditions::name).collect(joining(", ")),
            asked.stream().allMatch(a -> a.real() != null) ? "; the last is the real one" : "");
  }

  private int kinds() {
    return Math.max(1, settings.kinds());
  }

  private List<Made> make(
      List<SampleConditions> all, PredictionTable.PredictionOptions manner, int count) {
    List<Made> made = new ArrayList<>();
    try (Predictor predictor = parts.predictor(count)) {
      predictor.check(manner.steps());
      for (SampleConditions asked : all) {
        Map<String, Array> context = asked.times(count);
        Map<String, Object> effort =
            new TimedPrediction(predictor, context, manner).reach(manner.steps());
        made.add(new Made(asked, batch(context, predictor.candidate()), effort));
      }
    }
    return made;
  }

  private static Batch batch(Map<String, Array> asked, Array pictures) {
    return new Batch(asked, pictures, Array.filled(Shape.of(pictures.shape().size(0)), 1));
  }

  private static List<Array> pictures(Batch batch) {
    return IntStream.range(0, batch.rows())
        .mapToObj(i -> PredictionTable.row(batch.target(), i))
        .toList();
  }

  /** The first pictures of each kind that were not learnt from; fewer, where there are too few. */
  private List<List<Batch>> real(int count) {
    List<List<Batch>> real = new ArrayList<>();
    IntStream.range(0, kinds()).forEach(kind -> real.add(new ArrayList<>()));
    Examples examples = parts.dataset().validation();
    int missing = count * kinds();
    for (int i = 0; i < Math.min(REAL, examples.size()) && missing > 0; i++) {
      Batch row = examples.batch(i);
      Array kind = row.context().get(ImageGeneration.KIND);
      List<Batch> ofKind = real.get(kind == null ? 0 : (int) kind.item());
      if (ofKind.size() < count) {
        ofKind.add(row);
        missing--;
      }
    }
    return real;
  }

  private void judge(List<Made> made, List<List<Batch>> real) {
    for (int kind = 0; kind < kinds() && kinds() > 1; kind++) {
      add(made.get(kind).asked().name(), made.subList(kind, kind + 1), real.get(kind));
    }
    add(ALL, made, real.stream().flatMap(List::stream).toList());
  }

  private void add(String kind, List<Made> made, List<Batch> real) {
    Map<String, Object> line = line(kind, "made");
    line.putAll(effort(made));
    line.putAll(figures(kind, made.stream().map(Made::batch).toList()));
    lines.add(line);
    line = line(kind, "real");
    line.putAll(figures(kind, real));
    lines.add(line);
  }

  /** The same steps for all, and the seconds of all. */
  private static Map<String, Object> effort(List<Made> made) {
    Map<String, Object> effort = new LinkedHashMap<>(made.get(0).effort());
    effort.put(MetricTable.SECONDS, made.stream().mapToDouble(Made::seconds).sum());
    return effort;
  }

  private static Map<String, Object> line(String kind, String pictures) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("kind", kind);
    line.put("pictures", pictures);
    return line;
  }

  /** How far pictures of one kind are from those of all kinds says nothing of them. */
  private Map<String, Double> figures(String kind, List<Batch> pictures) {
    DistributionMetric set = parts.dataset().setFigures().orElseThrow();
    pictures.forEach(batch -> set.add(batch, batch.target(), batch.rows()));
    Map<String, Double> figures = new LinkedHashMap<>(set.metrics());
    if (!kind.equals(ALL)) {
      figures.remove(FRECHET);
    }
    return figures;
  }

  private static void write(ImageGrid grid, Path png) {
    try {
      Files.createDirectories(png.toAbsolutePath().getParent());
      grid.write(png);
    } catch (IOException e) {
      throw DurableFiles.unwritable(png.toString(), e, "Another --out expected");
    }
  }
}
