package dev.ebt.vision;

import dev.ebt.error.UserException;
import dev.ebt.interact.AnimatedGif;
import dev.ebt.interact.CommonOptions;
import dev.ebt.interact.Explanation;
import dev.ebt.interact.Interaction;
import dev.ebt.interact.Option;
import dev.ebt.interact.OptionChecks;
import dev.ebt.interact.Output;
import dev.ebt.interact.Outputs;
import dev.ebt.interact.PngImage;
import dev.ebt.interact.PredictionSweep;
import dev.ebt.interact.SharedOptions;
import dev.ebt.modality.Modality;
import dev.ebt.run.RunParts;
import dev.ebt.run.TrainedModel;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.Shape;
import dev.ebt.vision.image.ClipSource;
import dev.ebt.vision.image.ImageGrid;
import dev.ebt.vision.image.ImageStrip;
import dev.ebt.vision.video.FrameMetrics;
import dev.ebt.vision.video.LoadedClips;
import dev.ebt.vision.video.NextFrameModality;
import dev.ebt.vision.video.RollOut;
import dev.ebt.vision.video.VideoDataset;
import dev.ebt.vision.video.VideoSettings;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The continuation of a clip: frames predicted from its first ones, each from the previous ones,
 * next to the true frames, as a table and as an animated GIF or a grid of images.
 */
public final class ClipContinuation implements Interaction<ClipContinuation.ClipOptions> {
  private static final int GIVEN = 5;
  private static final int PREDICTED = 10;
  private static final int DELAY = 20;
  private static final double NANOS = 1e9;

  /**
   * Options of the continuation.
   *
   * @param clip a GIF or a folder of frames; the first validation clip if null
   * @param frames how many frames of the clip are given (5)
   * @param predict how many frames are predicted (10)
   * @param noCache whether the whole window is observed again for each frame (false)
   * @param explain whether the energies of each frame are shown (false)
   * @param out a file that ends with .gif or .png; only the table is shown if null
   */
  public record ClipOptions(
      @Option(
              value = "PATH",
              description = "A GIF or a folder of frames (the first validation clip).")
          @Nullable Path clip,
      @Option(value = "N", description = "Number of given frames (5).") @Nullable Integer frames,
      @Option(value = "N", description = "Number of predicted frames (10).")
          @Nullable Integer predict,
      @Option(description = SharedOptions.NO_CACHE) @Nullable Boolean noCache,
      @Option(description = SharedOptions.EXPLAIN) @Nullable Boolean explain,
      @Option(
              value = "PATH",
              description = "For a clip: a .gif, or a .png with the frames side by side.")
          @Nullable Path out) {
    boolean cached() {
      return noCache == null || !noCache;
    }

    boolean explained() {
      return Boolean.TRUE.equals(explain);
    }

    int given() {
      return OptionChecks.positive("--frames", frames == null ? GIVEN : frames);
    }

    int predicted() {
      return OptionChecks.positive("--predict", predict == null ? PREDICTED : predict);
    }
  }

  @Override
  public String name() {
    return "clip-continuation";
  }

  @Override
  public String summary() {
    return "further frames of a clip are predicted";
  }

  @Override
  public String subject() {
    return "clips";
  }

  @Override
  public boolean supports(Modality modality) {
    return modality instanceof NextFrameModality;
  }

  @Override
  public Class<ClipOptions> options() {
    return ClipOptions.class;
  }

  @Override
  public boolean accepts(ClipOptions options) {
    return Stream.of(
            options.clip(),
            options.frames(),
            options.predict(),
            options.noCache(),
            options.explain(),
            options.out())
        .anyMatch(Objects::nonNull);
  }

  @Override
  public String suggestion() {
    return "--out rollout.gif";
  }

  @Override
  public void run(TrainedModel model, CommonOptions common, ClipOptions options, Outputs outputs) {
    int steps = common.onlySteps();
    int given = options.given();
    int predicted = options.predicted();
    Path out = options.out();
    if (out != null && !ending(out, ".gif") && !ending(out, ".png")) {
      throw new UserException(
          String.format(
              Locale.ROOT, "--out is %s; a file that ends with .gif or .png expected", out));
    }
    if (!options.cached() && !RollOut.canCache(model.parts())) {
      throw new UserException(
          "--no-cache is for runs with a key/value cache, and this one has none; leave it out");
    }
    VideoSettings settings = ((NextFrameModality) model.modality()).settings();
    ClipSource clips =
        options.clip() == null
            ? validationClips(model.parts())
            : LoadedClips.one(options.clip(), given, settings.frame());
    int known = Math.min(given + predicted, clips.length(0));
    if (known < given) {
      throw new UserException(
          String.format(
              Locale.ROOT,
              "--frames is %d, but the clip has %d frames; a smaller number expected",
              given,
              known));
    }
    List<float[]> truth = IntStream.range(0, known).mapToObj(i -> clips.values(0, i)).toList();
    List<float[]> frames = new ArrayList<>(truth.subList(0, given));
    List<Map<String, Object>> costs = new ArrayList<>();
    try (RollOut rollOut = new RollOut(model.parts(), options.cached())) {
      if (options.explained()) {
        rollOut.explain();
      }
      while (frames.size() < given + predicted) {
        long begun = System.nanoTime();
        frames.addAll(rollOut.predict(frames, 1, steps, common.seed()));
        double seconds = (System.nanoTime() - begun) / NANOS;
        costs.add(PredictionSweep.cost(steps, 1, rollOut.evaluations(steps), seconds));
        for (List<Double> energies : rollOut.energies()) {
          String frame = "frame " + frames.size();
          outputs.add(new Output.Explained(frame, Explanation.of(energies)));
        }
      }
    }
    compare(given, truth, frames, costs, outputs);
    if (out != null) {
      String caption =
          ending(out, ".gif")
              ? ": the clip (left), and the continuation of its first %d frames (right)"
              : ": the clip (above), and the continuation of its first %d frames (below)";
      Shape shape = Shape.of(settings.channels(), settings.size(), settings.size());
      outputs.add(
          new Output.File(
              out,
              ending(out, ".gif")
                  ? new AnimatedGif(pairs(given, truth, frames, shape), DELAY)
                  : new PngImage(
                      new ImageGrid()
                          .with(images(truth, shape), captions(truth.size(), truth.size()))
                          .with(images(frames, shape), captions(given, frames.size()))
                          .draw()),
              String.format(Locale.ROOT, caption, given)));
    }
  }

  private static ClipSource validationClips(RunParts parts) {
    if (parts.dataset() instanceof VideoDataset dataset && dataset.validationClips().size() > 0) {
      return dataset.validationClips();
    }
    throw new UserException("there is no validation clip; select one with --clip");
  }

  private static boolean ending(Path file, String ending) {
    return file.toString().toLowerCase(Locale.ROOT).endsWith(ending);
  }

  private static void compare(
      int given,
      List<float[]> truth,
      List<float[]> frames,
      List<Map<String, Object>> costs,
      Outputs outputs) {
    List<Map<String, Object>> lines = new ArrayList<>();
    float[] last = truth.get(given - 1);
    for (int i = given; i < truth.size(); i++) {
      Map<String, Object> line = new LinkedHashMap<>();
      line.put("frame", i + 1);
      line.putAll(costs.get(i - given));
      double error = FrameMetrics.mse(frames.get(i), truth.get(i), 0, last.length);
      line.put("psnr", FrameMetrics.psnr(error));
      line.put("mse", error);
      double repeated = FrameMetrics.mse(last, truth.get(i), 0, last.length);
      line.put("repeatedPsnr", FrameMetrics.psnr(repeated));
      line.put("repeatedMse", repeated);
      lines.add(line);
    }
    if (!lines.isEmpty()) {
      outputs.table(lines);
      outputs.note("repeated: the last given frame instead of each prediction");
      outputs.note(verdict(lines));
    }
    if (truth.size() < frames.size()) {
      outputs.note(
          String.format(
              Locale.ROOT,
              "%8d more frames, after the end of the clip",
              frames.size() - truth.size()));
    }
  }

  /** Compares the mean PSNR with that of the last given frame, over the known frames. */
  private static String verdict(List<Map<String, Object>> lines) {
    double predicted = mean(lines, "psnr");
    double repeated = mean(lines, "repeatedPsnr");
    return String.format(
        Locale.ROOT,
        "%s than repeating the last given frame: mean psnr %.2f, repeated %.2f",
        predicted > repeated ? "better" : "WORSE",
        predicted,
        repeated);
  }

  private static double mean(List<Map<String, Object>> lines, String name) {
    return lines.stream().mapToDouble(line -> (Double) line.get(name)).average().orElseThrow();
  }

  /** Returns captions of frames, of which those that are not given are predicted. */
  private static List<String> captions(int given, int frames) {
    return IntStream.rangeClosed(1, frames)
        .mapToObj(i -> "frame " + i + (i > given ? ", predicted" : ""))
        .toList();
  }

  private static List<Array> images(List<float[]> frames, Shape shape) {
    return frames.stream().map(frame -> Array.of(shape, frame)).toList();
  }

  /** Returns the true frames beside the predicted ones; the last true one is repeated. */
  private static List<BufferedImage> pairs(
      int given, List<float[]> truth, List<float[]> frames, Shape shape) {
    List<String> captions = captions(given, frames.size());
    List<BufferedImage> pairs = new ArrayList<>();
    for (int i = 0; i < frames.size(); i++) {
      pairs.add(
          new ImageStrip()
              .with(Array.of(shape, truth.get(Math.min(i, truth.size() - 1))), "the clip")
              .with(Array.of(shape, frames.get(i)), captions.get(i))
              .draw());
    }
    return pairs;
  }
}
