package dev.ebt.vision.video;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * A moving picture and what it shows.
 *
 * @param frames values from 0 to 255, [channels, side, side] each; not to be written to
 * @param kind its place among the kinds of its collection; −1 if nobody said
 */
public record Clip(List<ByteBuffer> frames, int kind) {
  /** Keeps the list unmodifiable. */
  public Clip {
    frames = List.copyOf(frames);
  }
}
