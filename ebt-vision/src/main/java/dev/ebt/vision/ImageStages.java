package dev.ebt.vision;

import dev.ebt.interact.PngImage;
import dev.ebt.modality.Batch;
import dev.ebt.modality.Modality;
import dev.ebt.predict.Predictor;
import dev.ebt.report.Block;
import dev.ebt.report.Pictures;
import dev.ebt.report.Pictures.Picture;
import dev.ebt.report.ReportNumbers;
import dev.ebt.report.ReportRun;
import dev.ebt.report.ReportSection;
import dev.ebt.report.SectionContent;
import dev.ebt.report.Verdict;
import dev.ebt.run.RunParts;
import dev.ebt.tensor.Array;
import dev.ebt.vision.image.ImageStrip;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The candidates of validation images after each step, beside the true image. */
public final class ImageStages implements ReportSection {
  private static final int IMAGES = 4;
  private static final int STAGES = 6;
  private static final String PSNR = "psnr";

  @Override
  public String name() {
    return "image-stages";
  }

  @Override
  public String summary() {
    return "the candidates of validation images after each step, with PSNR or energy";
  }

  @Override
  public String title() {
    return "What does it make?";
  }

  @Override
  public int position() {
    return 35;
  }

  @Override
  public Optional<SectionContent> content(ReportRun run) {
    Modality modality = run.model().map(model -> model.modality()).orElse(null);
    boolean images =
        modality instanceof ImageModality || modality instanceof ReconstructionModality;
    if (modality == null || !images || modality.candidate().rank() != 3) {
      return Optional.empty();
    }
    RunParts parts = run.model().orElseThrow().parts();
    int rows = Math.min(IMAGES, parts.dataset().validation().size());
    if (rows == 0) {
      return Optional.empty();
    }
    Batch batch = parts.dataset().validation().batch(IntStream.range(0, rows).toArray());
    List<Stage> stages = stages(parts, batch);
    boolean reproduces = !(modality instanceof ImageGeneration);
    List<Block> blocks = new ArrayList<>();
    for (int row = 0; row < rows; row++) {
      blocks.add(pictures(run, batch, stages, row, reproduces));
    }
    return Optional.of(new SectionContent(verdict(stages, reproduces), blocks));
  }

  /** The candidates of all rows after a number of steps. */
  private record Stage(int steps, Array images, @Nullable Array psnr, @Nullable Array energy) {
    /** Returns the mean PSNR. */
    double quality() {
      double sum = 0;
      Array each = psnr;
      for (int i = 0; each != null && i < each.shape().elements(); i++) {
        sum += each.real(i) / each.shape().elements();
      }
      return sum;
    }
  }

  private static List<Stage> stages(RunParts parts, Batch batch) {
    List<Stage> stages = new ArrayList<>();
    try (Predictor predictor = parts.predictor(batch.rows())) {
      predictor.observe(batch.context());
      predictor.begin(parts.configuration().seed());
      for (int steps : shown(parts)) {
        predictor.reach(steps, 0);
        Map<String, Array> found =
            predictor.assess(parts.modality().target().name(), batch.target());
        stages.add(
            new Stage(
                steps,
                predictor.candidate(),
                found.get(PSNR),
                predictor.thinks() ? predictor.energy() : null));
      }
    }
    return stages;
  }

  /** Returns the numbers of steps to show: all if there are few, else the latest of them. */
  private static List<Integer> shown(RunParts parts) {
    List<Integer> all = parts.steps().shown(parts.steps().taken());
    if (all.size() <= STAGES) {
      return all;
    }
    List<Integer> shown = new ArrayList<>(List.of(all.get(0)));
    shown.addAll(all.subList(all.size() - STAGES + 1, all.size()));
    return shown;
  }

  private static Pictures pictures(
      ReportRun run, Batch batch, List<Stage> stages, int row, boolean reproduces) {
    List<Picture> pictures = new ArrayList<>();
    for (Stage stage : stages) {
      String after =
          stage.steps() == 0
              ? "before any step"
              : "after " + ReportNumbers.count(stage.steps(), "step");
      StringBuilder caption = new StringBuilder(after);
      if (reproduces && stage.psnr() != null) {
        caption.append(String.format(Locale.ROOT, "%n%.1f dB", stage.psnr().real(row)));
      }
      if (stage.energy() != null) {
        caption.append("\nenergy ").append(ReportNumbers.of(stage.energy().real(row)));
      }
      pictures.add(picture(stage.images().row(row), "candidate " + after, caption.toString()));
    }
    String truth = reproduces ? "the true image" : "a real image";
    pictures.add(picture(batch.target().row(row), truth, truth));
    return new Pictures(
        String.format(Locale.ROOT, "Validation image %d: %s", row + 1, run.label()), "", pictures);
  }

  private static Picture picture(Array image, String description, String caption) {
    try {
      byte[] png = new PngImage(ImageStrip.ofPixels().with(image).draw()).encode();
      return new Picture("image/png", png, description, caption);
    } catch (IOException e) {
      throw new UncheckedIOException("an image in memory", e);
    }
  }

  private static Verdict verdict(List<Stage> stages, boolean reproduces) {
    Stage first = stages.get(0);
    Stage last = stages.get(stages.size() - 1);
    if (!reproduces || last.psnr() == null) {
      return Verdict.neutral(
          "Images from noise: look whether those after "
              + ReportNumbers.count(last.steps(), "step")
              + " are as varied and clean as the real ones at the right.");
    }
    if (stages.size() == 1) {
      return Verdict.neutral(
          String.format(
              Locale.ROOT, "Its images are at %.1f dB of the true ones.", last.quality()));
    }
    String change =
        String.format(
            Locale.ROOT,
            "from %.1f dB before any step to %.1f dB after %s (PSNR, the mean of these images)",
            first.quality(),
            last.quality(),
            ReportNumbers.count(last.steps(), "step"));
    return last.quality() > first.quality()
        ? Verdict.good("Thinking brings images closer to the true ones, " + change + ".")
        : Verdict.bad("Thinking takes images away from the true ones, " + change + ".");
  }
}
