package dev.ebt.vision.image;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * A sequence of frames and its class label.
 *
 * @param frames values from 0 to 255, [channels, side, side] each; not to be written to
 * @param label the index of its class in its collection; −1 if there is no label
 */
public record Clip(List<ByteBuffer> frames, int label) {
  /** Makes the list unmodifiable. */
  public Clip {
    frames = List.copyOf(frames);
  }
}
