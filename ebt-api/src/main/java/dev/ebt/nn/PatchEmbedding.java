package dev.ebt.nn;

import dev.ebt.tensor.Shape;
import dev.ebt.tensor.Tensor;

/**
 * The patch embedding of images: every square patch, flattened and mapped to the width of a model,
 * plus its {@link SineCosinePositions} (Dosovitskiy et al., "An image is worth 16x16 words", 2021).
 * The map is a convolution whose stride equals its kernel size, and its weight is stored as that
 * kernel.
 */
public final class PatchEmbedding {
  private PatchEmbedding() {}

  /**
   * Embeds the patches, row by row.
   *
   * @param images [rows, channels, height, width]
   * @param patch side of a patch; divides height and width
   * @param width of the result, divisible by 4
   * @return [rows, patches, width]; the parameters are {@code x_embedder.proj.weight} [width,
   *     channels, patch, patch] and {@code x_embedder.proj.bias}
   */
  public static Tensor apply(Tensor images, int patch, int width, Parameters parameters) {
    Shape shape = images.shape();
    int channels = shape.size(1);
    int down = shape.size(2) / patch;
    int across = shape.size(3) / patch;
    int inputs = channels * patch * patch;
    Tensor patches =
        images
            .reshape(shape.size(0), channels, down, patch, across, patch)
            .transpose(0, 2, 4, 1, 3, 5)
            .reshape(shape.size(0), down * across, inputs);
    Parameters projection = parameters.in("x_embedder.proj");
    Tensor kernel =
        projection.weight(
            "weight", Shape.of(width, channels, patch, patch), Initializer.xavierUniform());
    Tensor bias = projection.undecayed("bias", Shape.of(width), Initializer.constant(0));
    Tensor positions = Tensor.constant(SineCosinePositions.grid(down, across, width));
    return Linear.apply(patches, kernel.reshape(width, inputs)).plus(positions.plus(bias));
  }

  /**
   * Assembles patches predicted by a model into images: the inverse of splitting into patches.
   *
   * @param patches [rows, down · across, patch · patch · channels], row by row, channels last
   * @param down number of patches along the height
   * @return [rows, channels, height, width]
   */
  public static Tensor assemble(Tensor patches, int patch, int down) {
    Shape shape = patches.shape();
    int across = shape.size(1) / down;
    int channels = shape.size(2) / (patch * patch);
    return patches
        .reshape(shape.size(0), down, across, patch, patch, channels)
        .transpose(0, 5, 1, 3, 2, 4)
        .reshape(shape.size(0), channels, down * patch, across * patch);
  }
}
