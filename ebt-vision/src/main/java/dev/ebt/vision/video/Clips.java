package dev.ebt.vision.video;

import dev.ebt.vision.picture.Picture;
import java.util.ArrayList;
import java.util.List;

/** Moving pictures of one size. */
public interface Clips {
  /** How many there are. */
  int size();

  /** How many frames a clip has. */
  int length(int clip);

  /** The values of a frame, 0 to 255 each, [channels, height, width]; not to be written to. */
  byte[] frame(int clip, int time);

  /** The same with values from −1 to 1. */
  default float[] values(int clip, int time) {
    byte[] planes = frame(clip, time);
    float[] values = new float[planes.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = (planes[i] & 0xFF) / 127.5f - 1;
    }
    return values;
  }

  /** What there is to tell apart, by name; empty if nobody said what the clips show. */
  List<String> kinds();

  /** What a clip shows: its place in {@link #kinds}, or −1. */
  int kind(int clip);

  /** Frames from all over the clips, so many at most, as {@link #values}. */
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

  /** These clips, in memory. */
  static Clips of(List<Clip> clips, List<String> kinds) {
    List<Clip> kept = List.copyOf(clips);
    return new Clips() {
      @Override
      public int size() {
        return kept.size();
      }

      @Override
      public int length(int clip) {
        return kept.get(clip).frames().size();
      }

      @Override
      public byte[] frame(int clip, int time) {
        return Picture.planes(kept.get(clip).frames().get(time));
      }

      @Override
      public List<String> kinds() {
        return kinds;
      }

      @Override
      public int kind(int clip) {
        return kept.get(clip).kind();
      }
    };
  }
}
