package dev.ebt.vision.video;

import dev.ebt.tensor.Array;
import dev.ebt.tensor.Shape;
import dev.ebt.tensor.Tensor;
import java.util.List;
import java.util.Map;

/**
 * What frames are to a model, and back: the space that candidates live in. It is not learnt with
 * the model; it may be fitted to the frames to learn from before that.
 */
public interface FrameEncoder {
  /** How many numbers it makes of a frame. */
  int size();

  /** [..., values] from −1 to 1 → [..., size]. */
  Tensor encode(Tensor frames);

  /** [..., size] → [..., values], not always from −1 to 1. */
  Tensor decode(Tensor latents);

  /**
   * Is fitted to frames to learn from, each [values] from −1 to 1, unless it was fitted before.
   *
   * @throws dev.ebt.error.UserException if they are too few
   */
  void fit(List<float[]> frames);

  /** How many frames {@link #fit} can make use of. */
  int wanted();

  /** One phrase for a person. */
  String description();

  /** What was fitted, by name; nothing if there is nothing to fit. */
  Map<String, Array> fitted();

  /** The shapes of what is fitted. */
  Map<String, Shape> shapes();

  /** Takes what was fitted before. */
  void restore(Map<String, Array> fitted);
}
