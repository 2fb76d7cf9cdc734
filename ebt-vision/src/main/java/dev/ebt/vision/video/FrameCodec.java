package dev.ebt.vision.video;

import dev.ebt.modality.Examples;
import dev.ebt.modality.Fittable;
import dev.ebt.modality.LatentSpace;
import dev.ebt.tensor.Tensor;

/** What candidates are: the frame that follows others, in numbers, and back. */
interface FrameCodec extends Fittable {
  /** Returns the space of those numbers. */
  LatentSpace space();

  /**
   * Returns the observed frames as the model sees them.
   *
   * @param frames [rows, length, values], from −1 to 1
   * @return [rows, length, numbers]
   */
  Tensor observe(Tensor frames);

  /**
   * Returns the right candidates.
   *
   * @param target [rows, length, {@link #targetSize}]
   * @return [rows, length, numbers]
   */
  Tensor encode(Tensor target);

  /**
   * Returns the frames that candidates stand for.
   *
   * @param candidates [rows, length, numbers]
   * @param frames that were observed, [rows, length, values]
   * @return [rows, length, values], not always from −1 to 1
   */
  Tensor decode(Tensor candidates, Tensor frames);

  /**
   * Returns how many values of a target there are for each frame: those of the next frame first,
   * then those of the observed one where they are needed too.
   *
   * @param values of a frame
   */
  int targetSize(int values);

  /** Fits what is to be fitted to windows to learn from, unless that was done before. */
  void fit(Clips clips, Examples windows);

  /** Returns a description for a person: {@code 64 principal components}. */
  String description();

  /** Returns what has to be the same for a model of one to be used with another. */
  String fingerprint();

  /** Returns whether all that has to be fitted is there. */
  default boolean ready() {
    return fitted().keySet().containsAll(fittedShapes().keySet());
  }
}
