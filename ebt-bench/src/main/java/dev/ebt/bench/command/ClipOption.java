package dev.ebt.bench.command;

import static dev.ebt.bench.command.OptionBounds.positive;

import dev.ebt.bench.report.PredictedFrames;
import dev.ebt.run.RunParts;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What to go on from, and how far, of a model of clips. */
final class ClipOption {
  private static final int GIVEN = 5;
  private static final int PREDICTED = 10;

  @Option(
      names = "--clip",
      paramLabel = "PATH",
      description = "A GIF or a folder of frames (the first validation clip).")
  private @Nullable Path clip;

  @Option(names = "--frames", paramLabel = "N", description = "Frames of it that are seen (5).")
  private @Nullable Integer frames;

  @Option(names = "--predict", paramLabel = "N", description = "Frames to predict (10).")
  private @Nullable Integer predict;

  /** Whether anything was said. */
  boolean given() {
    return clip != null || frames != null || predict != null;
  }

  /** Predicts frames and shows them. */
  void rollOut(RunParts parts, int steps, long seed, @Nullable Path out) {
    new PredictedFrames(
            positive("--frames", frames == null ? GIVEN : frames),
            positive("--predict", predict == null ? PREDICTED : predict),
            steps,
            seed)
        .show(parts, clip, out, System.out);
  }
}
