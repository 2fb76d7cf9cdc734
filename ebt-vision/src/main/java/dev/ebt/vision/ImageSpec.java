package dev.ebt.vision;

import static dev.ebt.tensor.Functions.clamp;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.ebt.error.SettingException;
import dev.ebt.nn.Parameters;
import dev.ebt.nn.PatchEmbedding;
import dev.ebt.nn.RegressionErrors;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.Shape;
import dev.ebt.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * The space of candidates that are images: [channels, height, width], values from −1 to 1.
 *
 * @param size width and height in pixels
 * @param channels 3 for colour, 1 for grey
 * @param patch width and height of the patches that a model sees; divides the size
 */
public record ImageSpec(int size, int channels, int patch) {
  private static final int LARGEST = 4096;
  private static final double WHITE = 255;

  /** Losses, as means over all values of an image; d is the difference of a value. */
  public enum Loss {
    /** d²/2 up to |d| = 1, |d| − 1/2 from there, as in the published code. */
    @JsonProperty("smooth-l1")
    SMOOTH_L1,
    /** d², as in the paper. */
    @JsonProperty("mse")
    MSE
  }

  /** Refuses invalid values. */
  public ImageSpec {
    if (size < 1 || size > LARGEST) {
      throw new SettingException("modality.size", "is " + size + "; 1 to 4096 expected");
    }
    if (channels != 1 && channels != 3) {
      throw new SettingException(
          "modality.channels", "is " + channels + "; 1 (grey) or 3 expected");
    }
    if (patch < 1) {
      throw new SettingException("modality.patch", "is " + patch + "; at least 1 expected");
    }
    if (size % patch != 0) {
      throw new SettingException(
          "modality.size",
          String.format(
              Locale.ROOT,
              "%d is not divisible by modality.patch %d; for instance size %d",
              size,
              patch,
              (size / patch + 1) * patch));
    }
  }

  /**
   * Returns α = s · P/16 · √(n/48), for P patches of n values. The energy is a mean over patches,
   * so that ∂E/∂x of a pixel, which mainly affects its own patch's part eᵢ of the energy, is (1/P)
   * ∂eᵢ/∂x; and the initial weights of a model's patch embedding are as small as 1/√n. So the first
   * step moves a pixel about as far in a large image as in a small one.
   *
   * @param step s, the step size for 16 patches of 48 values
   */
  double suitableStepSize(double step) {
    int across = size / patch;
    return step * across * across / 16 * Math.sqrt(channels * patch * patch / 48.0);
  }

  /** Returns the shape of an image. */
  Shape shape() {
    return Shape.of(channels, size, size);
  }

  /** Returns the patch embeddings of images: [rows, patches, width]. */
  Tensor embed(Tensor images, int width, Parameters parameters) {
    return PatchEmbedding.apply(images, patch, width, parameters.in("transformer"));
  }

  /** Returns the number of noise and variance values of a patch. */
  int noiseSize() {
    return 2 * channels * patch * patch;
  }

  /** Assembles the outputs of patches to images: [rows, 2 · channels, size, size]. */
  Tensor decodeNoise(Tensor output) {
    return PatchEmbedding.assemble(output, patch, size / patch);
  }

  /** Returns the mean over all values of an image: [rows]. */
  Tensor loss(Loss loss, Tensor candidate, Tensor target) {
    Tensor difference = candidate.minus(target);
    return switch (loss) {
      case SMOOTH_L1 -> RegressionErrors.smoothL1(difference).mean(1, 2, 3);
      case MSE -> difference.square().mean(1, 2, 3);
    };
  }

  /**
   * Returns the squared error of values from 0 to 1, with the candidate clamped to that range:
   * [rows].
   */
  Tensor error(Tensor candidate, Tensor target) {
    return clamp(candidate, -1, 1).minus(target).times(0.5).square().mean(1, 2, 3);
  }

  /**
   * Returns the metrics of each image, with its values clamped to their range: {@code mse}, the
   * squared error of values from 0 to 255; {@code psnr} = 10 log₁₀(255²/mse), in decibels; and
   * {@code ssim}, the {@link StructuralSimilarity} of values from 0 to 255, for images that are at
   * least as large as its window.
   */
  Map<String, Tensor> measures(Tensor candidate, Tensor target) {
    Tensor error = error(candidate, target);
    Map<String, Tensor> measures = new LinkedHashMap<>();
    measures.put("psnr", RegressionErrors.psnr(error));
    measures.put("mse", error.times(WHITE * WHITE));
    if (size >= StructuralSimilarity.WINDOW) {
      // Values from 0 to 2 with L = 2 have the same index as values from 0 to 255 with L = 255.
      Tensor clamped = clamp(candidate, -1, 1).plus(1);
      measures.put("ssim", new StructuralSimilarity(size, 2).of(clamped, target.plus(1)));
    }
    return measures;
  }

  /** Describes the size and the values of an image. */
  String describe(Array image) {
    double least = Double.POSITIVE_INFINITY;
    double greatest = Double.NEGATIVE_INFINITY;
    double sum = 0;
    int count = image.shape().elements();
    for (int i = 0; i < count; i++) {
      double value = image.real(i);
      least = Math.min(least, value);
      greatest = Math.max(greatest, value);
      sum += value;
    }
    return String.format(
        Locale.ROOT,
        "%dx%d image, values %.2f to %.2f, mean %.2f",
        size,
        size,
        least,
        greatest,
        sum / count);
  }
}
