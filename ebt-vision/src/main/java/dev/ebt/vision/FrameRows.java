package dev.ebt.vision;

import dev.ebt.modality.Batch;
import dev.ebt.modality.Examples;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.Shape;
import dev.ebt.vision.image.ClipSource;
import java.util.Arrays;
import java.util.Map;

/** Single frames of clips, each of which is both context and target. */
final class FrameRows implements Examples {
  private final ClipSource clips;
  private final Shape frame;
  private final int stride;

  /** The first row of each clip, then the total number of rows. */
  private final int[] firsts;

  /**
   * Creates rows of the first frame of each clip and of every {@code stride}-th after it.
   *
   * @param frame [channels, height, width]
   */
  FrameRows(ClipSource clips, Shape frame, int stride) {
    this.clips = clips;
    this.frame = frame;
    this.stride = stride;
    this.firsts = new int[clips.size() + 1];
    for (int i = 0; i < clips.size(); i++) {
      firsts[i + 1] = Math.addExact(firsts[i], (clips.length(i) - 1) / stride + 1);
    }
  }

  @Override
  public int size() {
    return firsts[clips.size()];
  }

  @Override
  public Batch batch(int... rows) {
    float[] values = new float[rows.length * frame.elements()];
    for (int i = 0; i < rows.length; i++) {
      System.arraycopy(values(rows[i]), 0, values, i * frame.elements(), frame.elements());
    }
    Array frames = Array.of(Shape.of(rows.length).plus(frame.toIntArray()), values);
    return new Batch(
        Map.of(ReconstructionModality.FRAME, frames),
        frames,
        Array.filled(Shape.of(rows.length), 1));
  }

  private float[] values(int row) {
    int found = Arrays.binarySearch(firsts, row);
    int clip = found >= 0 ? found : -found - 2;
    return clips.values(clip, (row - firsts[clip]) * stride);
  }
}
