package dev.ebt.vision.video;

import dev.ebt.modality.Batch;
import dev.ebt.modality.Examples;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.Shape;
import dev.ebt.vision.image.ClipSource;
import java.util.Arrays;
import java.util.Map;

/** Windows of consecutive frames of clips, at a fixed stride. */
final class ClipWindows implements Examples {
  private final ClipSource clips;
  private final VideoSettings settings;
  private final int stride;
  private final boolean withLast;

  /** The first row of each clip, then the total number of rows. */
  private final int[] firsts;

  /**
   * Creates the windows of clips, each at least as long as a window.
   *
   * @param stride the number of frames from the beginning of a window to that of the next
   * @param withLast whether a target also has the observed frame, behind the one to predict
   */
  ClipWindows(ClipSource clips, VideoSettings settings, int stride, boolean withLast) {
    this.withLast = withLast;
    this.clips = clips;
    this.settings = settings;
    this.stride = stride;
    this.firsts = new int[clips.size() + 1];
    for (int i = 0; i < clips.size(); i++) {
      firsts[i + 1] = Math.addExact(firsts[i], (clips.length(i) - settings.frames()) / stride + 1);
    }
  }

  @Override
  public int size() {
    return firsts[clips.size()];
  }

  /** Returns the index of the clip of a window. */
  int clip(int row) {
    int found = Arrays.binarySearch(firsts, row);
    return found >= 0 ? found : -found - 2;
  }

  @Override
  public Batch batch(int... rows) {
    int values = settings.values();
    int length = settings.frames() - 1;
    float[] context = new float[rows.length * length * values];
    int targets = withLast ? 2 * values : values;
    float[] target = new float[rows.length * length * targets];
    for (int i = 0; i < rows.length; i++) {
      int clip = clip(rows[i]);
      int start = (rows[i] - firsts[clip]) * stride;
      for (int j = 0; j <= length; j++) {
        float[] frame = clips.values(clip, start + j);
        int at = i * length + j;
        if (j < length) {
          System.arraycopy(frame, 0, context, at * values, values);
        }
        if (j < length && withLast) {
          System.arraycopy(frame, 0, target, at * targets + values, values);
        }
        if (j > 0) {
          System.arraycopy(frame, 0, target, (at - 1) * targets, values);
        }
      }
    }
    Shape shape = Shape.of(rows.length, length, values);
    return new Batch(
        Map.of(NextFrameModality.FRAMES, Array.of(shape, context)),
        Array.of(shape.with(2, targets), target),
        Array.filled(Shape.of(rows.length, length), 1));
  }
}
