package dev.ebt.vision.video;

import dev.ebt.error.UserException;
import java.awt.image.BufferedImage;
import java.util.List;

/**
 * The first frames of a clip, which a program has continued.
 *
 * @param frames at least one; of each the centre square is used, resized as in training
 * @param predict the number of frames to predict
 */
public record ClipStart(List<BufferedImage> frames, int predict) {
  /**
   * Copies the list.
   *
   * @throws UserException if there is no frame, or nothing to predict
   */
  public ClipStart {
    frames = List.copyOf(frames);
    if (frames.isEmpty()) {
      throw new UserException("no frame to continue from; at least 1 expected");
    }
    if (predict < 1) {
      throw new UserException(
          "the number of frames to predict is " + predict + "; at least 1 expected");
    }
  }
}
