package dev.ebt.modality;

import dev.ebt.tensor.Array;
import dev.ebt.tensor.Shape;
import dev.ebt.tensor.Tensor;
import java.util.List;
import java.util.Map;

/**
 * An encoder and decoder between the data and the space of candidates, where the two differ. It is
 * frozen: it is not trained with the model, but may be fitted to the training data beforehand.
 *
 * <p>Both directions are tensor functions that become part of programs. Each array is encoded
 * independently of the others.
 */
public interface LatentSpace extends Fittable {
  /** Returns the number of latent values per array. */
  int size();

  /** Encodes [..., values], the elements of an array in order, to [..., size]. */
  Tensor encode(Tensor values);

  /** Decodes [..., size] to [..., values], which may lie outside the range of the data. */
  Tensor decode(Tensor latents);

  /** Returns a readable name of the encoding, such as {@code 64 principal components}. */
  String description();

  /**
   * Returns a string that is equal for spaces with which the same model can be used, once their
   * fitted values are restored. It is stored with a model and compared on loading.
   */
  String fingerprint();

  /** Returns the number of arrays that {@link #fit} can use; 0 if there is nothing to fit. */
  default int wanted() {
    return 0;
  }

  /**
   * Fits this space to training arrays, each [values]. Does nothing if it is already fitted or
   * {@link #restore restored}.
   *
   * @throws dev.ebt.error.UserException if there are too few arrays
   */
  default void fit(List<float[]> arrays) {}

  @Override
  default Map<String, Shape> fittedShapes() {
    return Map.of();
  }

  @Override
  default Map<String, Array> fitted() {
    return Map.of();
  }

  @Override
  default void restore(Map<String, Array> fitted) {}
}
