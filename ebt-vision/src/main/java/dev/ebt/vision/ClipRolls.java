package dev.ebt.vision;

import dev.ebt.interact.AnimatedGif;
import dev.ebt.modality.Modality;
import dev.ebt.report.Axis;
import dev.ebt.report.Chart;
import dev.ebt.report.Pictures;
import dev.ebt.report.ReportNumbers;
import dev.ebt.report.ReportRun;
import dev.ebt.report.ReportSection;
import dev.ebt.report.SectionContent;
import dev.ebt.report.Series;
import dev.ebt.report.Verdict;
import dev.ebt.run.RunParts;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.Shape;
import dev.ebt.vision.image.ClipSource;
import dev.ebt.vision.image.ImageStrip;
import dev.ebt.vision.video.FrameMetrics;
import dev.ebt.vision.video.NextFrameModality;
import dev.ebt.vision.video.RollOut;
import dev.ebt.vision.video.VideoDataset;
import dev.ebt.vision.video.VideoSettings;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/** The continuation of a validation clip beside the clip itself, and its error frame by frame. */
public final class ClipRolls implements ReportSection {
  private static final int GIVEN = 5;
  private static final int PREDICTED = 10;
  private static final int DELAY = 20;

  @Override
  public String name() {
    return "clip-rolls";
  }

  @Override
  public String summary() {
    return "the continuation of a validation clip beside the clip itself";
  }

  @Override
  public String title() {
    return "How does it continue a clip?";
  }

  @Override
  public int position() {
    return 35;
  }

  @Override
  public Optional<SectionContent> content(ReportRun run) {
    Modality modality = run.model().map(model -> model.modality()).orElse(null);
    if (!(modality instanceof NextFrameModality frames)) {
      return Optional.empty();
    }
    RunParts parts = run.model().orElseThrow().parts();
    if (!(parts.dataset() instanceof VideoDataset dataset)
        || dataset.validationClips().size() == 0
        || dataset.validationClips().length(0) <= GIVEN) {
      return Optional.empty();
    }
    ClipSource clips = dataset.validationClips();
    int known = Math.min(GIVEN + PREDICTED, clips.length(0));
    List<float[]> truth = IntStream.range(0, known).mapToObj(i -> clips.values(0, i)).toList();
    List<float[]> rolled = new ArrayList<>(truth.subList(0, GIVEN));
    try (RollOut rollOut = new RollOut(parts)) {
      rolled.addAll(
          rollOut.predict(
              rolled, known - GIVEN, parts.steps().taken(), parts.configuration().seed()));
    }
    double[] predicted = psnr(truth, rolled);
    double[] repeated = psnr(truth, repeated(truth));
    return Optional.of(
        SectionContent.of(
            verdict(predicted, repeated),
            roll(run, frames.settings(), truth, rolled),
            chart(predicted, repeated)));
  }

  private static List<float[]> repeated(List<float[]> truth) {
    return IntStream.range(0, truth.size())
        .mapToObj(i -> truth.get(Math.min(i, GIVEN - 1)))
        .toList();
  }

  /** Returns the PSNR of each frame after the given ones. */
  private static double[] psnr(List<float[]> truth, List<float[]> frames) {
    return IntStream.range(GIVEN, truth.size())
        .mapToDouble(
            i ->
                FrameMetrics.psnr(
                    FrameMetrics.mse(frames.get(i), truth.get(i), 0, truth.get(i).length)))
        .toArray();
  }

  private static Verdict verdict(double[] predicted, double[] repeated) {
    double own = Arrays.stream(predicted).average().orElseThrow();
    double naive = Arrays.stream(repeated).average().orElseThrow();
    String sentence =
        String.format(
            Locale.ROOT,
            "%s than repeating the last given frame: %.1f dB against %.1f dB (mean PSNR of %s that"
                + " follow each other).",
            own > naive ? "Better" : "Worse",
            own,
            naive,
            ReportNumbers.count(predicted.length, "frame"));
    return own > naive ? Verdict.good(sentence) : Verdict.bad(sentence);
  }

  private static Chart chart(double[] predicted, double[] repeated) {
    double[] numbers =
        IntStream.range(0, predicted.length).mapToDouble(i -> GIVEN + 1 + i).toArray();
    return new Chart(
        "clip-psnr",
        "Error frame by frame",
        "Each frame is predicted from the ones before it, which are predictions themselves, so that"
            + " errors add up. Higher is better.",
        Axis.of("frame"),
        Axis.of("PSNR", "dB"),
        List.of(
            Series.marked("predicted", numbers, predicted),
            Series.marked("last given frame repeated", numbers, repeated)));
  }

  private static Pictures roll(
      ReportRun run, VideoSettings settings, List<float[]> truth, List<float[]> rolled) {
    Shape shape = Shape.of(settings.channels(), settings.size(), settings.size());
    List<BufferedImage> pairs = new ArrayList<>();
    for (int i = 0; i < truth.size(); i++) {
      pairs.add(
          new ImageStrip()
              .with(Array.of(shape, truth.get(i)))
              .with(Array.of(shape, rolled.get(i)))
              .draw());
    }
    try {
      return new Pictures(
          "Continuation of a clip: " + run.label(),
          "",
          List.of(
              new Pictures.Picture(
                  "image/gif",
                  new AnimatedGif(pairs, DELAY).encode(),
                  "two clips side by side: the true one and the predicted one",
                  "left the clip, right the continuation of its first " + GIVEN + " frames")));
    } catch (IOException e) {
      throw new UncheckedIOException("a clip in memory", e);
    }
  }
}
