package dev.ebt.bench.report;

import dev.ebt.modality.Batch;
import dev.ebt.modality.Examples;
import dev.ebt.modality.SetFigures;
import dev.ebt.run.RunParts;
import dev.ebt.store.DurableFiles;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.Shape;
import dev.ebt.think.Predictor;
import dev.ebt.vision.ImageGeneration;
import dev.ebt.vision.PictureDataset;
import dev.ebt.vision.picture.PictureGrid;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Pictures out of noise: a row for each kind, a column for each noise. */
public final class SampleGrid {
  /** How many real pictures are looked through for those of each kind, at most. */
  private static final int REAL = 10_000;

  private static final String ALL = "all";
  private static final String FRECHET = "frechet";

  private final RunParts parts;
  private final ImageGeneration modality;
  private final List<Map<String, Object>> lines = new ArrayList<>();

  private SampleGrid(RunParts parts) {
    this.parts = parts;
    this.modality = (ImageGeneration) parts.modality();
  }

  /** Pictures of one kind, and what making them took. */
  private record Made(Batch batch, Map<String, Object> effort) {
    private double seconds() {
      return (double) effort.get(FigureTable.SECONDS);
    }
  }

  /**
   * Writes a PNG of {@code count} pictures of each kind. Prints how near they are to real pictures
   * that were learnt from, and how near as many others are that were not: the best there is to be.
   */
  public static void write(
      RunParts parts, PredictionTable.Manner manner, int count, Path folder, PrintStream out) {
    SampleGrid grid = new SampleGrid(parts);
    List<Made> made = grid.make(manner, count);
    PictureGrid png = new PictureGrid();
    made.forEach(kind -> png.with(pictures(kind.batch())));
    Path file = folder.resolve("samples.png");
    write(png, file);
    out.printf("%s: a row for each kind%n", file);
    if (parts.dataset().setFigures().isEmpty()) {
      return;
    }
    grid.judge(made, grid.real(count));
    FigureTable.print(grid.lines, out);
    out.println(
        "nearest: error from the nearest picture learnt from; ofKind: share of those that are of the kind;");
    out.println(
        "variety: 1 differ as real ones do, 0 are all the same; frechet: of all together; real: not learnt from");
  }

  private int kinds() {
    return Math.max(1, modality.settings().kinds());
  }

  private List<Made> make(PredictionTable.Manner manner, int count) {
    List<Made> made = new ArrayList<>();
    try (Predictor predictor = parts.predictor(count)) {
      predictor.check(manner.steps());
      for (int kind = 0; kind < kinds(); kind++) {
        Map<String, Array> asked = asked(kind, count);
        Map<String, Object> effort =
            new TimedPrediction(predictor, asked, manner).reach(manner.steps());
        made.add(new Made(batch(asked, predictor.candidate()), effort));
      }
    }
    return made;
  }

  private static Map<String, Array> asked(int kind, int count) {
    long[] kinds = new long[count];
    Arrays.fill(kinds, kind);
    return Map.of(ImageGeneration.KIND, Array.of(Shape.of(count), kinds));
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
        ofKind.add(batch(asked(kind == null ? 0 : (int) kind.item(), 1), row.target()));
        missing--;
      }
    }
    return real;
  }

  private void judge(List<Made> made, List<List<Batch>> real) {
    for (int kind = 0; kind < kinds() && kinds() > 1; kind++) {
      add(name(kind), made.subList(kind, kind + 1), real.get(kind));
    }
    add(ALL, made, real.stream().flatMap(List::stream).toList());
  }

  private void add(String kind, List<Made> made, List<Batch> real) {
    Map<String, Object> line = line(kind, "made");
    line.putAll(made.get(0).effort());
    line.put(FigureTable.SECONDS, made.stream().mapToDouble(Made::seconds).sum());
    line.putAll(figures(kind, made.stream().map(Made::batch).toList()));
    lines.add(line);
    line = line(kind, "real");
    line.putAll(figures(kind, real));
    lines.add(line);
  }

  private static Map<String, Object> line(String kind, String pictures) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("kind", kind);
    line.put("pictures", pictures);
    return line;
  }

  /** How far pictures of one kind are from those of all kinds says nothing of them. */
  private Map<String, Double> figures(String kind, List<Batch> pictures) {
    SetFigures set = parts.dataset().setFigures().orElseThrow();
    pictures.forEach(batch -> set.add(batch, batch.target(), batch.rows()));
    Map<String, Double> figures = new LinkedHashMap<>(set.figures());
    if (!kind.equals(ALL)) {
      figures.remove(FRECHET);
    }
    return figures;
  }

  private String name(int kind) {
    return parts.dataset() instanceof PictureDataset pictures
        ? pictures.kinds().get(kind)
        : String.valueOf(kind);
  }

  private static void write(PictureGrid grid, Path png) {
    try {
      Files.createDirectories(png.toAbsolutePath().getParent());
      grid.write(png);
    } catch (IOException e) {
      throw DurableFiles.unwritable(png.toString(), e, "Another --out expected");
    }
  }
}
