package dev.ebt.bench.report;

import dev.ebt.error.UserException;
import dev.ebt.modality.Batch;
import dev.ebt.modality.Dataset;
import dev.ebt.modality.Examples;
import dev.ebt.run.RunParts;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.Shape;
import dev.ebt.think.Predictor;
import dev.ebt.vision.ImageGeneration;
import dev.ebt.vision.NearestPicture;
import dev.ebt.vision.PictureDataset;
import dev.ebt.vision.picture.PictureGrid;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/** Pictures out of noise: a row for each kind, a column for each noise. */
public final class SampleGrid {
  private static final int KNOWN = 2000;
  private static final int REAL = 200;

  private SampleGrid() {}

  /**
   * Writes a PNG of {@code count} pictures of each kind. Prints how far they are from the nearest
   * picture that was learnt from, and how many of those are of the kind that was asked for; and the
   * same of real pictures that were not learnt from, to compare with.
   */
  public static void write(
      RunParts parts, PredictionTable.Manner manner, int count, Path folder, PrintStream out) {
    ImageGeneration modality = (ImageGeneration) parts.modality();
    Dataset dataset = parts.dataset();
    int kinds = Math.max(1, modality.settings().kinds());
    NearestPicture known = new NearestPicture(dataset.training(), KNOWN);
    PictureGrid grid = new PictureGrid();
    List<List<Array>> samples = new ArrayList<>();
    try (Predictor predictor = parts.predictor(count)) {
      predictor.check(manner.steps());
      for (int kind = 0; kind < kinds; kind++) {
        predictor.observe(asked(kind, count));
        predictor.begin(manner.seed());
        predictor.reach(manner.steps(), manner.tolerance());
        Array candidates = predictor.candidate();
        samples.add(
            IntStream.range(0, count).mapToObj(i -> PredictionTable.row(candidates, i)).toList());
        grid.with(samples.get(kind));
      }
    }
    Path png = folder.resolve("samples.png");
    write(grid, png);
    out.printf(
        "%s: a row for each kind; nearest picture learnt from: mean squared error, share of that kind%n",
        png);
    List<List<Array>> real = real(dataset.validation(), kinds);
    for (int kind = 0; kind < kinds; kind++) {
      out.printf(
          Locale.ROOT,
          "%-12s  made %s   real %s%n",
          name(dataset, modality, kind),
          figures(samples.get(kind), kind, known),
          figures(real.get(kind), kind, known));
    }
  }

  private static String name(Dataset dataset, ImageGeneration modality, int kind) {
    return modality.settings().kinds() > 0 && dataset instanceof PictureDataset pictures
        ? pictures.kinds().get(kind)
        : "pictures";
  }

  private static Map<String, Array> asked(int kind, int count) {
    long[] kinds = new long[count];
    Arrays.fill(kinds, kind);
    return Map.of(ImageGeneration.KIND, Array.of(Shape.of(count), kinds));
  }

  /** Some pictures of each kind. */
  private static List<List<Array>> real(Examples examples, int kinds) {
    List<List<Array>> real = new ArrayList<>();
    IntStream.range(0, kinds).forEach(kind -> real.add(new ArrayList<>()));
    for (int i = 0; i < Math.min(REAL, examples.size()); i++) {
      Batch row = examples.batch(i);
      Array kind = row.context().get(ImageGeneration.KIND);
      real.get(kind == null ? 0 : (int) kind.item()).add(PredictionTable.row(row.target(), 0));
    }
    return real;
  }

  private static String figures(List<Array> pictures, int kind, NearestPicture known) {
    if (pictures.isEmpty()) {
      return "       -     -";
    }
    List<NearestPicture.Found> found = pictures.stream().map(known::to).toList();
    double error = found.stream().mapToDouble(NearestPicture.Found::error).average().orElseThrow();
    long right = found.stream().filter(f -> f.kind() == kind).count();
    return String.format(Locale.ROOT, "%8.1f %4.0f%%", error, 100.0 * right / found.size());
  }

  private static void write(PictureGrid grid, Path png) {
    try {
      Files.createDirectories(png.toAbsolutePath().getParent());
      grid.write(png);
    } catch (IOException e) {
      throw new UserException("cannot write " + png + ": " + e, e);
    }
  }
}
