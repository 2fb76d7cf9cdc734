package dev.ebt.vision.picture;

import dev.ebt.tensor.Array;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Pictures of one size that can be had in any order. */
public interface Pictures {
  /** How many there are. */
  int size();

  /** The values of a picture, 0 to 255 each, [channels, height, width]; not to be written to. */
  byte[] planes(int index);

  /** What there is to tell apart, by name; empty if nobody said what the pictures show. */
  List<String> kinds();

  /** What a picture shows: its place in {@link #kinds}, or {@link Picture#UNKNOWN}. */
  int kind(int index);

  /** The name of a picture's file, see {@link Picture#name}; empty if it has none of its own. */
  default String name(int index) {
    return "";
  }

  /** What a picture shows, as numbers; null if nobody said. */
  default @Nullable Array vector(int index) {
    return null;
  }

  /** These pictures, in memory. */
  static Pictures of(List<Picture> pictures, List<String> kinds) {
    List<Picture> kept = List.copyOf(pictures);
    return new Pictures() {
      @Override
      public int size() {
        return kept.size();
      }

      @Override
      public byte[] planes(int index) {
        return kept.get(index).planes();
      }

      @Override
      public List<String> kinds() {
        return kinds;
      }

      @Override
      public int kind(int index) {
        return kept.get(index).kind();
      }

      @Override
      public String name(int index) {
        return kept.get(index).name();
      }

      @Override
      public @Nullable Array vector(int index) {
        return kept.get(index).vector();
      }
    };
  }
}
