package dev.ebt.vision.image;

import dev.ebt.tensor.Array;
import dev.ebt.tensor.Shape;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.Locale;

/** Conversions between images of Java and those of models. */
public final class ImageConversion {
  private ImageConversion() {}

  /**
   * Returns the centre square of an image, resized.
   *
   * @param shape [channels, side, side], 1 or 3 channels
   * @return values from −1 to 1
   */
  public static Array values(BufferedImage image, Shape shape) {
    return values(CenterCropResize.of(Pixels.of(image), shape.size(0), shape.size(1)), shape);
  }

  /**
   * Returns the image of values.
   *
   * @param values [channels, height, width], clamped to −1 to 1
   */
  public static BufferedImage image(Array values) {
    return ImageStrip.ofPixels().with(values).draw();
  }

  /**
   * Returns an image as a model sees it: its centre square, resized. Further conversion is quick,
   * and changes of the given image have no effect on it.
   *
   * @param shape [channels, side, side], 1 or 3 channels
   */
  public static BufferedImage prepared(BufferedImage image, Shape shape) {
    return image(values(image, shape));
  }

  /**
   * Returns the image of an encoded file, as a model sees it.
   *
   * @param shape [channels, side, side], 1 or 3 channels
   * @throws IOException if it is not an image
   */
  public static BufferedImage decoded(byte[] file, Shape shape) throws IOException {
    byte[] planes = ImageFile.open(file, shape.size(0), shape.size(1)).planes();
    return image(values(planes, shape));
  }

  private static Array values(byte[] planes, Shape shape) {
    float[] values = new float[planes.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = (planes[i] & 0xFF) / 127.5f - 1;
    }
    return Array.of(shape, values);
  }

  /** Returns the size of an image in words. */
  public static String describe(BufferedImage image) {
    return String.format(Locale.ROOT, "%dx%d image", image.getWidth(), image.getHeight());
  }
}
