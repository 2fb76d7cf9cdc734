package dev.ebt.vision.image;

import dev.ebt.plugin.ProgressListener;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A file of several consecutive images.
 *
 * @param file the file
 * @param bytes its whole content, uncompressed
 * @param start the offset of the first image
 * @param stride from the beginning of an image to that of the next
 * @param count the number of images
 * @param planes 1 (grey) or 3 (red, green, blue), each row by row
 * @param labels the label of each image, from 0; empty if there are none
 * @param classes the names of the classes
 */
record MultiImageFile(
    Path file,
    byte[] bytes,
    int start,
    int stride,
    int count,
    int planes,
    int width,
    int height,
    byte[] labels,
    List<String> classes) {

  /** Returns whether the makers of the collection provide these images for validation. */
  boolean setApart() {
    return String.valueOf(file.getFileName()).matches("(t10k|test).*");
  }

  /** Returns each image as a square of the store's size; they are resized in parallel. */
  List<Image> store(ImageStore store, ProgressListener progress) {
    store.expect(count);
    try (ProgressListener.Work resizing = progress.begin("images read", count)) {
      return IntStream.range(0, count)
          .parallel()
          .mapToObj(
              i -> {
                byte[] square = CenterCropResize.of(pixels(i), store.channels(), store.side());
                resizing.done();
                return new Image(store.keep(square), label(i), "", null);
              })
          .toList();
    }
  }

  private int label(int index) {
    return labels.length == 0 ? Image.UNKNOWN : labels[index] & 0xFF;
  }

  private Pixels pixels(int index) {
    MultiImageFile all = this;
    int first = start + index * stride;
    return new Pixels() {
      @Override
      public int width() {
        return all.width;
      }

      @Override
      public int height() {
        return all.height;
      }

      @Override
      public void row(int row, int left, float[][] values) {
        for (int channel = 0; channel < values.length; channel++) {
          int plane = Math.min(channel, planes - 1) * width() * height();
          for (int i = 0; i < values[channel].length; i++) {
            values[channel][i] = (bytes[first + plane + row * width() + left + i] & 0xFF) / 255f;
          }
        }
      }
    };
  }
}
