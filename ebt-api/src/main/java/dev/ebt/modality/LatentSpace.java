package dev.ebt.modality;

import dev.ebt.tensor.Array;
import dev.ebt.tensor.Shape;
import dev.ebt.tensor.Tensor;
import java.util.List;
import java.util.Map;

/**
 * The space that candidates live in where it is not that of the data: the way there and back.
 * Frozen: it is not learnt with the model. It may be fitted to the data to learn from before that.
 *
 * <p>Both ways are functions of tensors and become part of programs. Each array is encoded by
 * itself, whatever stands beside it.
 */
public interface LatentSpace extends Fittable {
  /** How many numbers stand for one array. */
  int size();

  /** [..., values], the elements of an array in order → [..., size]. */
  Tensor encode(Tensor values);

  /** [..., size] → [..., values], not always within the range of the data. */
  Tensor decode(Tensor latents);

  /** What an array is told as, for a person: {@code 64 principal components}. */
  String description();

  /**
   * The same for spaces that a model of one can be used with, once what is fitted is restored:
   * stored with a model and compared on loading.
   */
  String fingerprint();

  /** How many arrays {@link #fit} can make use of; 0 if there is nothing to fit. */
  default int wanted() {
    return 0;
  }

  /**
   * Is fitted to arrays to learn from, each [values]. Does nothing if it was fitted, or {@link
   * #restore restored}, before.
   *
   * @throws dev.ebt.error.UserException if they are too few
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
