package dev.ebt.bench.report;

import dev.ebt.error.UserException;
import dev.ebt.run.RunParts;
import dev.ebt.store.DurableFiles;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.Shape;
import dev.ebt.vision.image.AnimatedGif;
import dev.ebt.vision.image.ClipSource;
import dev.ebt.vision.image.ImageGrid;
import dev.ebt.vision.image.ImageStrip;
import dev.ebt.vision.video.FrameError;
import dev.ebt.vision.video.LoadedClips;
import dev.ebt.vision.video.NextFrame;
import dev.ebt.vision.video.RollOut;
import dev.ebt.vision.video.VideoDataset;
import dev.ebt.vision.video.VideoSettings;
import java.awt.image.BufferedImage;
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
import org.jspecify.annotations.Nullable;

/**
 * Frames predicted from the first of a clip, each from those before it, beside the true ones: as a
 * table, and as an animated GIF or a strip.
 *
 * @param given so many frames of the clip are seen
 * @param predicted so many are added
 * @param steps of thinking for each; 0 for a model that predicts at once
 * @param seed of where thinking begins
 */
public record PredictedFrames(int given, int predicted, int steps, long seed) {
  private static final int DELAY = 20;
  private static final double NANOS = 1e9;

  /**
   * Rolls one clip out.
   *
   * @param file a clip; the first of the validation data if null
   * @param out a file that ends with .gif or .png; only the table is shown if null
   */
  public void show(RunParts parts, @Nullable Path file, @Nullable Path out, PrintStream print) {
    if (out != null && !ending(out, ".gif") && !ending(out, ".png")) {
      throw new UserException(
          String.format(
              Locale.ROOT, "--out is %s; a file that ends with .gif or .png expected", out));
    }
    VideoSettings settings = ((NextFrame) parts.modality()).settings();
    ClipSource clips =
        file == null ? judged(parts) : LoadedClips.one(file, given, settings.frame());
    int known = Math.min(given + predicted, clips.length(0));
    if (known < given) {
      throw new UserException(
          String.format(
              Locale.ROOT,
              "--frames is %d; the clip has %d: at most so many expected",
              given,
              known));
    }
    List<float[]> truth = IntStream.range(0, known).mapToObj(i -> clips.values(0, i)).toList();
    List<float[]> frames = new ArrayList<>(truth.subList(0, given));
    List<Map<String, Object>> costs = new ArrayList<>();
    try (RollOut rollOut = new RollOut(parts)) {
      while (frames.size() < given + predicted) {
        long begun = System.nanoTime();
        frames.addAll(rollOut.predict(frames, 1, steps, seed));
        double seconds = (System.nanoTime() - begun) / NANOS;
        costs.add(MetricTable.effort(steps, 1, rollOut.evaluations(steps), seconds));
      }
    }
    print(truth, frames, costs, print);
    if (out != null) {
      write(truth, frames, settings, out);
      print.printf(
          Locale.ROOT,
          ending(out, ".gif")
              ? "%s: the clip (left), and its first %d frames gone on from (right)%n"
              : "%s: the clip (above), and its first %d frames gone on from (below)%n",
          out,
          given);
    }
  }

  private static ClipSource judged(RunParts parts) {
    if (parts.dataset() instanceof VideoDataset dataset && dataset.judged().size() > 0) {
      return dataset.judged();
    }
    throw new UserException("there is no validation clip to go on from; name one with --clip");
  }

  private static boolean ending(Path file, String ending) {
    return file.toString().toLowerCase(Locale.ROOT).endsWith(ending);
  }

  private void print(
      List<float[]> truth,
      List<float[]> frames,
      List<Map<String, Object>> costs,
      PrintStream print) {
    List<Map<String, Object>> lines = new ArrayList<>();
    float[] last = truth.get(given - 1);
    for (int i = given; i < truth.size(); i++) {
      Map<String, Object> line = new LinkedHashMap<>();
      line.put("frame", i + 1);
      line.putAll(costs.get(i - given));
      double error = FrameError.mse(frames.get(i), truth.get(i), 0, last.length);
      line.put("psnr", FrameError.psnr(error));
      line.put("mse", error);
      double repeated = FrameError.mse(last, truth.get(i), 0, last.length);
      line.put("repeatedPsnr", FrameError.psnr(repeated));
      line.put("repeatedMse", repeated);
      lines.add(line);
    }
    if (!lines.isEmpty()) {
      MetricTable.print(lines, print);
      print.println("repeated: the last given frame in place of each");
      print.println(verdict(lines));
    }
    if (truth.size() < frames.size()) {
      print.printf(
          Locale.ROOT,
          "%8d frames more, beyond the end of the clip%n",
          frames.size() - truth.size());
    }
  }

  /** Whether going on was worth it, on average over the frames whose truth is known. */
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

  private static void write(
      List<float[]> truth, List<float[]> frames, VideoSettings settings, Path out) {
    Shape shape = Shape.of(settings.channels(), settings.size(), settings.size());
    try {
      Files.createDirectories(out.toAbsolutePath().getParent());
      if (ending(out, ".gif")) {
        AnimatedGif.write(pairs(truth, frames, shape), DELAY, out);
      } else {
        new ImageGrid().with(pictures(truth, shape)).with(pictures(frames, shape)).write(out);
      }
    } catch (IOException e) {
      throw DurableFiles.unwritable(out.toString(), e, "Another --out expected");
    }
  }

  private static List<Array> pictures(List<float[]> frames, Shape shape) {
    return frames.stream().map(frame -> Array.of(shape, frame)).toList();
  }

  /** The true frames beside the others; the last of them stays where there are no more. */
  private static List<BufferedImage> pairs(List<float[]> truth, List<float[]> frames, Shape shape) {
    List<BufferedImage> pairs = new ArrayList<>();
    for (int i = 0; i < frames.size(); i++) {
      pairs.add(
          new ImageStrip()
              .with(Array.of(shape, truth.get(Math.min(i, truth.size() - 1))))
              .with(Array.of(shape, frames.get(i)))
              .draw());
    }
    return pairs;
  }
}
