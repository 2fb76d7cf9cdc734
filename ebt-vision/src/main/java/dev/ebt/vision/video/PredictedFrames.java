package dev.ebt.vision.video;

import java.awt.image.BufferedImage;
import java.util.List;

/**
 * The continuation of a clip.
 *
 * @param frames the predicted frames, without the given ones
 */
public record PredictedFrames(List<BufferedImage> frames) {
  /** Copies the list. */
  public PredictedFrames {
    frames = List.copyOf(frames);
  }
}
