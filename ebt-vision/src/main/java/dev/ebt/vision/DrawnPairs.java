package dev.ebt.vision;

import static java.util.Objects.requireNonNullElse;

import dev.ebt.error.UserException;
import dev.ebt.interact.CommonOptions;
import dev.ebt.interact.Interaction;
import dev.ebt.interact.Option;
import dev.ebt.interact.OptionChecks;
import dev.ebt.interact.Outputs;
import dev.ebt.modality.Modality;
import dev.ebt.run.TrainedModel;
import dev.ebt.vision.pairs.PairDrawing;
import dev.ebt.vision.pairs.PairFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Pairs of noise and image of a trained model, stored for the training of one with few steps. */
final class DrawnPairs implements Interaction<DrawnPairs.PairOptions> {
  private static final int USUAL = 4096;
  private static final double USUAL_INVERTED = 0.25;

  /**
   * Options of the pairs.
   *
   * @param pairs the folder
   * @param inverted the share of real images
   */
  public record PairOptions(
      @Option(
              value = "FOLDER",
              description = {
                "For generation: stores --count pairs (4096) of noise and image in this",
                "folder, for recipe 'generate-fast'. If interrupted, run it again."
              })
          Path pairs,
      @Option(
              value = "SHARE",
              description = {
                "With --pairs: the share of real images, whose noise is found by",
                "inversion: thinking integrated backwards (0.25)."
              })
          Double inverted) {}

  @Override
  public String name() {
    return "pairs";
  }

  @Override
  public String summary() {
    return "pairs of noise and image are stored, for training with few steps";
  }

  @Override
  public String subject() {
    return "images";
  }

  @Override
  public boolean supports(Modality modality) {
    return modality instanceof ImageGeneration;
  }

  @Override
  public Class<PairOptions> options() {
    return PairOptions.class;
  }

  @Override
  public boolean accepts(PairOptions options) {
    return options.pairs() != null;
  }

  @Override
  public void run(TrainedModel model, CommonOptions common, PairOptions options, Outputs outputs) {
    double inverted = requireNonNullElse(options.inverted(), USUAL_INVERTED);
    OptionChecks.check("--inverted", inverted, inverted >= 0 && inverted < 1, "0 or more, below 1");
    Path folder = options.pairs();
    if (Files.exists(folder) && !Files.isDirectory(folder)) {
      throw new UserException("--pairs is the file " + folder + "; a folder expected");
    }
    PairFolder pairs = new PairFolder(folder);
    try (PairDrawing drawing = new PairDrawing(model, common, inverted)) {
      draw(drawing, pairs, common.countOr(USUAL), outputs);
      int stored = pairs.size();
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("pairs", stored);
      row.put("inverted", drawing.invertedBefore(stored));
      row.put("steps", common.onlySteps());
      drawing.describeInverted(stored).forEach(row::put);
      outputs.table(List.of(row));
    }
    outputs.note(
        "The pairs are in "
            + folder
            + ": ./ebt train --recipe generate-fast --from RUN --set data.path="
            + folder);
  }

  /** Draws what is missing, and reports each tenth. */
  private static void draw(PairDrawing drawing, PairFolder folder, int count, Outputs outputs) {
    int files = (count + PairFolder.ROWS - 1) / PairFolder.ROWS;
    int found = 0;
    for (int file = 0; file < files && outputs.wantsMore(); file++) {
      int first = file * PairFolder.ROWS;
      int rows = Math.min(PairFolder.ROWS, count - first);
      if (folder.stored(file, drawing.origin()) >= rows) {
        found += rows;
        continue;
      }
      folder.write(file, drawing.pairs(first, rows), drawing.origin());
      if ((file + 1) * 10 / files > file * 10 / files) {
        outputs.note(
            String.format(
                Locale.ROOT,
                "%,d of %,d pairs%s",
                first + rows,
                count,
                found == 0 ? "" : String.format(Locale.ROOT, ", of which %,d were there", found)));
      }
    }
  }
}
