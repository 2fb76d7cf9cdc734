package dev.ebt.vision.picture;

import dev.ebt.plugin.ProgressListener;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Pictures that lie in one file, one after the other.
 *
 * @param file where they are from
 * @param bytes all of the file, uncompressed
 * @param start where the first picture begins
 * @param stride from the beginning of a picture to that of the next
 * @param count how many pictures there are
 * @param planes 1 (grey) or 3 (red, green, blue), each row by row
 * @param labels what each picture shows, from 0 on; empty if that is not known
 * @param kinds what the labels mean
 */
record ManyPictures(
    Path file,
    byte[] bytes,
    int start,
    int stride,
    int count,
    int planes,
    int width,
    int height,
    byte[] labels,
    List<String> kinds) {

  /** Whether the makers of the collection meant these pictures for judging. */
  boolean setApart() {
    return String.valueOf(file.getFileName()).matches("(t10k|test).*");
  }

  /** Each picture as a square of this size; they are made in parallel. */
  List<Picture> squares(ImageStore squares, ProgressListener watch) {
    squares.expect(count);
    try (ProgressListener.Work resizing = watch.begin("pictures read", count)) {
      return IntStream.range(0, count)
          .parallel()
          .mapToObj(
              i -> {
                byte[] square = CenterCropResize.of(pixels(i), squares.channels(), squares.side());
                resizing.done();
                return new Picture(squares.keep(square), kind(i), "", null);
              })
          .toList();
    }
  }

  private int kind(int index) {
    return labels.length == 0 ? Picture.UNKNOWN : labels[index] & 0xFF;
  }

  private Pixels pixels(int index) {
    ManyPictures all = this;
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
