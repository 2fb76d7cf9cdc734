package dev.ebt.vision.video;

import dev.ebt.modality.Examples;
import dev.ebt.modality.Fittable;
import dev.ebt.modality.LatentSpace;
import dev.ebt.tensor.Tensor;
import dev.ebt.vision.image.ClipSource;

/** The mapping between the next frame and the candidate that represents it. */
interface FrameCodec extends Fittable {
  /** Returns the latent space of candidates. */
  LatentSpace space();

  /**
   * Returns the observed frames as the input of the model.
   *
   * @param frames [rows, length, values], from −1 to 1
   * @return [rows, length, latents]
   */
  Tensor observe(Tensor frames);

  /** Returns whether {@link #observe} computes each frame by itself, for any number of frames. */
  boolean observesElementwise();

  /**
   * Returns the true candidates.
   *
   * @param target [rows, length, {@link #targetSize}]
   * @return [rows, length, latents]
   */
  Tensor encode(Tensor target);

  /**
   * Returns the frames that candidates represent.
   *
   * @param candidates [rows, length, latents]
   * @param frames the observed frames, [rows, length, values]
   * @return [rows, length, values], may exceed −1 to 1
   */
  Tensor decode(Tensor candidates, Tensor frames);

  /**
   * Returns the number of values of a target per frame: those of the next frame first, then those
   * of the observed one if they are needed.
   *
   * @param values the number of values of a frame
   */
  int targetSize(int values);

  /** Fits the codec to training windows, unless it is fitted. */
  void fit(ClipSource clips, Examples windows);

  /** Returns a description for users: {@code 64 principal components}. */
  String description();

  /** Returns a fingerprint that is equal for codecs whose models are interchangeable. */
  String fingerprint();

  /** Returns whether everything that has to be fitted is present. */
  default boolean ready() {
    return fitted().keySet().containsAll(fittedShapes().keySet());
  }
}
