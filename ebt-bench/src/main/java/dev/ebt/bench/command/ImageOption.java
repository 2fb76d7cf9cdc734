package dev.ebt.bench.command;

import static dev.ebt.bench.command.OptionBounds.check;

import dev.ebt.bench.report.DenoisedImage;
import dev.ebt.error.UserException;
import dev.ebt.run.RunParts;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** A user's picture for a model that takes noise out of them. */
final class ImageOption {
  @Option(
      names = "--image",
      paramLabel = "FILE",
      description = "A picture to take the noise out of: the square in its middle, resized.")
  private @Nullable Path image;

  @Option(
      names = "--noise",
      paramLabel = "L",
      description = "Add noise of this level to it first, 0.001 to 1.")
  private @Nullable Double noise;

  /** Whether there is a picture. */
  boolean given() {
    if (image == null && noise != null) {
      throw new UserException("--noise is what to add to --image; there is no --image");
    }
    return image != null;
  }

  /** Takes the noise out of the picture. */
  void denoise(
      RunParts parts, List<Integer> steps, double tolerance, long seed, @Nullable Path out) {
    if (noise != null) {
      check("--noise", noise, noise >= 0.001 && noise <= 1, "0.001 to 1");
    }
    if (out == null || !out.toString().endsWith(".png")) {
      throw new UserException(
          out == null
              ? "--image needs --out FILE.png for the denoised picture"
              : "--out is " + out + "; a file that ends with .png expected with --image");
    }
    new DenoisedImage(steps, tolerance, seed, noise).write(parts, image, out, System.out);
  }
}
