package dev.ebt.vision;

import dev.ebt.energy.EnergyTerm;
import dev.ebt.error.UserException;
import dev.ebt.modality.Modality;
import dev.ebt.nn.Parameters;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.Functions;
import dev.ebt.tensor.NamedTensors;
import dev.ebt.tensor.Shape;
import dev.ebt.tensor.Tensor;

/**
 * A constraint on images: the left and the right half mirror each other. Its energy is ¼ Σ (x −
 * mirror x)², the sum over all pixels and channels, so that ∂E/∂x = x − mirror x.
 */
public record MirrorSymmetry() implements EnergyTerm {

  /**
   * Returns the term.
   *
   * @throws UserException if the candidates of the modality are no images
   */
  public static MirrorSymmetry of(Modality modality) {
    if (modality instanceof ImageModality) {
      return new MirrorSymmetry();
    }
    throw new UserException("energy 'image-symmetry' is for models whose candidates are images");
  }

  @Override
  public Tensor energy(
      NamedTensors observed, Tensor modelInput, Tensor landscape, Parameters parameters) {
    Shape shape = modelInput.shape();
    int rows = shape.size(0);
    int width = shape.size(-1);
    Tensor lines = modelInput.reshape(Shape.of(shape.elements() / width, width));
    Tensor difference = Functions.matMul(lines, Tensor.constant(fromMirror(width)));
    return difference.square().reshape(Shape.of(rows, shape.elements() / rows)).sum(1).times(0.25);
  }

  /** Returns I − P, where P reverses the order of the columns. */
  private static Array fromMirror(int width) {
    double[] matrix = new double[width * width];
    for (int i = 0; i < width; i++) {
      matrix[i * width + i] += 1;
      matrix[i * width + width - 1 - i] -= 1;
    }
    return Array.of(Shape.of(width, width), matrix);
  }
}
