package dev.ebt.vision.image;

import java.util.ArrayList;
import java.util.List;

/** Video clips with frames of one size. */
public interface ClipSource {
  /** Returns the number of clips. */
  int size();

  /** Returns the number of frames of a clip. */
  int length(int clip);

  /**
   * Returns the values of a frame, 0 to 255 each, [channels, height, width]; not to be written to.
   */
  byte[] frame(int clip, int time);

  /** Returns the values of a frame scaled to −1 to 1. */
  default float[] values(int clip, int time) {
    byte[] planes = frame(clip, time);
    float[] values = new float[planes.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = (planes[i] & 0xFF) / 127.5f - 1;
    }
    return values;
  }

  /** Returns the names of the classes; empty if there are no labels. */
  List<String> classes();

  /** Returns the class of a clip as an index into {@link #classes}, or −1. */
  int label(int clip);

  /** Returns at most {@code wanted} frames, spread evenly over the clips, as {@link #values}. */
  default List<float[]> spread(int wanted) {
    long total = 0;
    for (int clip = 0; clip < size(); clip++) {
      total += length(clip);
    }
    List<float[]> frames = new ArrayList<>();
    long seen = 0;
    for (int clip = 0; clip < size(); clip++) {
      for (int time = 0; time < length(clip); time++, seen++) {
        if (frames.size() < wanted && seen * wanted >= frames.size() * total) {
          frames.add(values(clip, time));
        }
      }
    }
    return frames;
  }

  /** Returns clips in memory. */
  static ClipSource of(List<Clip> clips, List<String> classes) {
    List<Clip> copy = List.copyOf(clips);
    return new ClipSource() {
      @Override
      public int size() {
        return copy.size();
      }

      @Override
      public int length(int clip) {
        return copy.get(clip).frames().size();
      }

      @Override
      public byte[] frame(int clip, int time) {
        return Image.planes(copy.get(clip).frames().get(time));
      }

      @Override
      public List<String> classes() {
        return classes;
      }

      @Override
      public int label(int clip) {
        return copy.get(clip).label();
      }
    };
  }
}
