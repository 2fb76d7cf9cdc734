package dev.ebt.vision;

import static dev.ebt.tensor.Functions.absolute;
import static dev.ebt.tensor.Functions.clamp;
import static dev.ebt.tensor.Functions.log;
import static dev.ebt.tensor.Functions.maximum;
import static dev.ebt.tensor.Functions.minimum;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.ebt.error.UserException;
import dev.ebt.nn.Parameters;
import dev.ebt.nn.PatchEmbedding;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.Shape;
import dev.ebt.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Where candidates that are pictures live: [channels, height, width], values from −1 to 1.
 *
 * @param size width and height in pixels
 * @param channels 3 for colour, 1 for grey
 * @param patch width and height of the patches that a model sees; divides the size
 */
public record PictureSpace(int size, int channels, int patch) {
  private static final int LARGEST = 4096;
  private static final double WHITE = 255;

  /** Of a picture that is right to the last bit; the decibels have to end somewhere. */
  private static final double LEAST_ERROR = 1e-10;

  /** Means over all values of a picture, whose differences are d. */
  public enum Loss {
    /** d²/2 up to |d| = 1, |d| − 1/2 from there: what the published code takes. */
    @JsonProperty("smooth-l1")
    SMOOTH_L1,
    /** d²: what the paper writes. */
    @JsonProperty("mse")
    MSE
  }

  /** Refuses what has no meaning. */
  public PictureSpace {
    if (size < 1 || size > LARGEST) {
      throw new UserException("modality.size is " + size + "; 1 to 4096 expected");
    }
    if (channels != 1 && channels != 3) {
      throw new UserException("modality.channels is " + channels + "; 1 (grey) or 3 expected");
    }
    if (patch < 1) {
      throw new UserException("modality.patch is " + patch + "; at least 1 expected");
    }
    if (size % patch != 0) {
      throw new UserException(
          String.format(
              Locale.ROOT,
              "modality.size %d is not divisible by modality.patch %d; for instance size %d",
              size,
              patch,
              (size / patch + 1) * patch));
    }
  }

  /**
   * α = s · P/16 · √(n/48), for P patches of n values. The energy is a mean over patches, so that
   * ∂E/∂x of a pixel, on which mainly its own patch's part eᵢ of the energy depends, is (1/P)
   * ∂eᵢ/∂x; and the weights by which a patch enters a model begin as small as 1/√n. So a first step
   * moves a pixel about as far in a large picture as in a small one.
   *
   * @param step s, of 16 patches of 48 values
   */
  double suitableStepSize(double step) {
    int across = size / patch;
    return step * across * across / 16 * Math.sqrt(channels * patch * patch / 48.0);
  }

  /** A picture. */
  Shape shape() {
    return Shape.of(channels, size, size);
  }

  /** Pictures as a model of this width sees them: [rows, patches, width]. */
  Tensor embed(Tensor pictures, int width, Parameters parameters) {
    return PatchEmbedding.apply(pictures, patch, width, parameters.in("transformer"));
  }

  /** Noise and variance of all values of a patch. */
  int noiseSize() {
    return 2 * channels * patch * patch;
  }

  /** What is told of patches in the places of pictures: [rows, 2 · channels, size, size]. */
  Tensor decodeNoise(Tensor told) {
    return PatchEmbedding.assemble(told, patch, size / patch);
  }

  /** The mean over all values of a picture: [rows]. */
  Tensor loss(Loss loss, Tensor candidate, Tensor target) {
    Tensor difference = candidate.minus(target);
    return switch (loss) {
      case SMOOTH_L1 -> {
        Tensor distance = absolute(difference);
        Tensor near = minimum(distance, Tensor.constant(1));
        yield near.times(distance.minus(near.times(0.5))).mean(1, 2, 3);
      }
      case MSE -> difference.square().mean(1, 2, 3);
    };
  }

  /** The squared error of values from 0 to 1, within which the candidate is kept: [rows]. */
  Tensor error(Tensor candidate, Tensor target) {
    return clamp(candidate, -1, 1).minus(target).times(0.5).square().mean(1, 2, 3);
  }

  /**
   * Of each picture by itself, with its values kept within their range: {@code mse}, the squared
   * error of values from 0 to 255; {@code psnr} = 10 log₁₀(255²/mse), in decibels; and {@code
   * ssim}, the {@link StructuralSimilarity} of values from 0 to 255, of pictures that are large
   * enough for its window.
   */
  Map<String, Tensor> measures(Tensor candidate, Tensor target) {
    Tensor error = error(candidate, target);
    Map<String, Tensor> measures = new LinkedHashMap<>();
    Tensor decibels = log(maximum(error, Tensor.constant(LEAST_ERROR))).times(-10 / Math.log(10));
    measures.put("psnr", decibels);
    measures.put("mse", error.times(WHITE * WHITE));
    if (size >= StructuralSimilarity.WINDOW) {
      // Values from 0 to 2 with L = 2 have the same index as values from 0 to 255 with L = 255.
      Tensor kept = clamp(candidate, -1, 1).plus(1);
      measures.put("ssim", new StructuralSimilarity(size, 2).of(kept, target.plus(1)));
    }
    return measures;
  }

  /** Sizes and values of a picture, for a person. */
  String describe(Array picture) {
    double least = Double.POSITIVE_INFINITY;
    double greatest = Double.NEGATIVE_INFINITY;
    double sum = 0;
    int count = picture.shape().elements();
    for (int i = 0; i < count; i++) {
      double value = picture.real(i);
      least = Math.min(least, value);
      greatest = Math.max(greatest, value);
      sum += value;
    }
    return String.format(
        Locale.ROOT,
        "%dx%d picture, values %.2f to %.2f, mean %.2f",
        size,
        size,
        least,
        greatest,
        sum / count);
  }
}
