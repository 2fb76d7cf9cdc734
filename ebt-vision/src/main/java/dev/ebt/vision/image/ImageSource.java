package dev.ebt.vision.image;

import dev.ebt.tensor.Array;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Images of one size with random access. */
public interface ImageSource {
  /** Returns the number of images. */
  int size();

  /**
   * Returns the values of an image, 0 to 255 each, [channels, height, width]; not to be written to.
   */
  byte[] planes(int index);

  /** Returns the names of the classes; empty if there are no labels. */
  List<String> classes();

  /** Returns the class of an image as an index into {@link #classes}, or {@link Image#UNKNOWN}. */
  int label(int index);

  /**
   * Returns the name of an image's file, see {@link Image#name}; empty if it has none of its own.
   */
  default String name(int index) {
    return "";
  }

  /** Returns the condition vector of an image; null if there is none. */
  default @Nullable Array vector(int index) {
    return null;
  }

  /** Returns images in memory. */
  static ImageSource of(List<Image> images, List<String> classes) {
    List<Image> copy = List.copyOf(images);
    return new ImageSource() {
      @Override
      public int size() {
        return copy.size();
      }

      @Override
      public byte[] planes(int index) {
        return copy.get(index).planes();
      }

      @Override
      public List<String> classes() {
        return classes;
      }

      @Override
      public int label(int index) {
        return copy.get(index).label();
      }

      @Override
      public String name(int index) {
        return copy.get(index).name();
      }

      @Override
      public @Nullable Array vector(int index) {
        return copy.get(index).vector();
      }
    };
  }
}
