package dev.ebt.vision;

import dev.ebt.error.ReasonText;
import dev.ebt.error.UserException;
import dev.ebt.interact.Input;
import dev.ebt.predict.FixedElements;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.Shape;
import dev.ebt.vision.image.ImageFile;
import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;

/**
 * An image with a hole to be filled in, both as a model sees them.
 *
 * @param image values from −1 to 1, [channels, side, side]
 * @param known 1 for values to keep, 0 for those in the hole; of the same shape
 */
record MaskedImage(Array image, Array known) {
  /** The least brightness of a pixel of a mask that belongs to the hole, 128 of 255. */
  private static final double WHITE = 128 / 127.5 - 1 - 1e-6;

  /**
   * Reads an image and its mask, of which the centre squares are resized alike.
   *
   * @param shape of the result
   * @throws UserException if a file cannot be read, or if their sizes differ, or if the mask has no
   *     white pixel or only white ones
   */
  static MaskedImage read(Input image, Input mask, Shape shape) {
    int side = shape.size(1);
    ImageFile.Opened pixels = open(image, shape.size(0), side);
    ImageFile.Opened marks = open(mask, 1, side);
    if (marks.width() != pixels.width() || marks.height() != pixels.height()) {
      throw new UserException(
          String.format(
              Locale.ROOT,
              "--mask: %s is %dx%d; the size of --image, %dx%d, expected",
              mask.name(),
              marks.width(),
              marks.height(),
              pixels.width(),
              pixels.height()));
    }
    return of(
        DenoisingModality.values(pixels.planes(), shape),
        DenoisingModality.values(marks.planes(), Shape.of(1, side, side)),
        "--mask: " + mask.name());
  }

  /**
   * Returns an image with a hole where a mask is white.
   *
   * @param image values from −1 to 1, [channels, side, side]
   * @param marks values from −1 to 1, [1, side, side]
   * @param name of the mask in messages
   * @throws UserException if the mask has no white pixel or only white ones
   */
  static MaskedImage of(Array image, Array marks, String name) {
    float[] known = new float[image.shape().elements()];
    int plane = marks.shape().elements();
    int kept = 0;
    for (int i = 0; i < known.length; i++) {
      known[i] = marks.real(i % plane) < WHITE ? 1 : 0;
      kept += (int) known[i];
    }
    if (kept == 0 || kept == known.length) {
      throw new UserException(
          String.format(
              Locale.ROOT,
              "%s is %s; white where the image is filled in, and black where it is kept expected",
              name,
              kept == 0 ? "all white" : "all black"));
    }
    return new MaskedImage(image, Array.of(image.shape(), known));
  }

  private static ImageFile.Opened open(Input input, int channels, int side) {
    try {
      return ImageFile.open(input.bytes(), channels, side);
    } catch (IOException e) {
      throw new UserException("cannot read " + input.name() + ": " + ReasonText.of(e), e);
    }
  }

  /** Returns the values to keep, of one row. */
  FixedElements fixed() {
    Shape row = Shape.of(1).plus(image.shape().toIntArray());
    return new FixedElements(known.reshape(row), image.reshape(row));
  }

  /** Returns the image with a grey hole. */
  Array withHole() {
    float[] values = image.floats().clone();
    for (int i = 0; i < values.length; i++) {
      values[i] = known.real(i) == 1 ? values[i] : 0;
    }
    return Array.of(image.shape(), values);
  }

  /** Returns the share of pixels in the hole. */
  double hole() {
    return 1 - Arrays.stream(known.doubles()).average().orElse(1);
  }
}
