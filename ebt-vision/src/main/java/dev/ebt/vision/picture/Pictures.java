package dev.ebt.vision.picture;

import java.util.List;

/** Pictures of one size that can be had in any order. */
public interface Pictures {
  /** How many there are. */
  int size();

  /** The values of a picture, 0 to 255 each, [channels, height, width]; not to be written to. */
  byte[] planes(int index);

  /** These pictures, in memory. */
  static Pictures of(List<byte[]> planes) {
    List<byte[]> kept = List.copyOf(planes);
    return new Pictures() {
      @Override
      public int size() {
        return kept.size();
      }

      @Override
      public byte[] planes(int index) {
        return kept.get(index);
      }
    };
  }
}
