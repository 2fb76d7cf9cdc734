package dev.ebt.vision.video;

import dev.ebt.error.UserException;
import java.awt.image.BufferedImage;
import java.util.List;

/**
 * The first frames of a clip, which a program has continued.
 *
 * @param frames at least one; of each the centre square is used, resized as in training
 * @param predict the number of frames to predict, 1 to {@link #MOST_FRAMES}
 */
public record ClipStart(List<BufferedImage> frames, int predict) {
  /** The greatest number of frames to predict. */
  public static final int MOST_FRAMES = 100_000;

  /**
   * Copies the list.
   *
   * @throws UserException if there is no frame, or nothing or too much to predict
   */
  public ClipStart {
    frames = List.copyOf(frames);
    if (frames.isEmpty()) {
      throw new UserException("no frame to continue from; at least 1 expected");
    }
    if (predict < 1 || predict > MOST_FRAMES) {
      throw new UserException(
          "the number of frames to predict is " + predict + "; 1 to " + MOST_FRAMES + " expected");
    }
  }
}
