package dev.ebt.vision.image;

import dev.ebt.error.ReasonText;
import dev.ebt.error.UserException;
import dev.ebt.tensor.Shape;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.Map;
import javax.imageio.ImageIO;

/** Images as JSON: strings, the Base64 code of a PNG or another image file. */
public final class ImageForm {
  private ImageForm() {}

  /**
   * Returns the image of a JSON value.
   *
   * @param shape [channels, side, side]: its centre square is resized to it
   * @param field that has the value, in messages
   * @throws UserException if it is not one
   */
  public static BufferedImage decoded(Shape shape, String field, Object json) {
    if (!(json instanceof String text)) {
      throw new UserException(field + " is no string; the Base64 code of a PNG expected");
    }
    try {
      return ImageConversion.decoded(Base64.getDecoder().decode(text), shape);
    } catch (IllegalArgumentException e) {
      throw new UserException(field + " is not valid Base64: " + ReasonText.of(e), e);
    } catch (IOException e) {
      throw new UserException(field + " is not an image that can be read: " + ReasonText.of(e), e);
    }
  }

  /** Returns a field of an object. */
  public static Object required(String field, Map<?, ?> fields) {
    Object value = fields.get(field);
    if (value == null) {
      throw new UserException(field + " is missing");
    }
    return value;
  }

  /** Returns the JSON value of an image. */
  public static String encoded(BufferedImage image) {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, "png", file);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // Nothing fails in memory.
    }
    return Base64.getEncoder().encodeToString(file.toByteArray());
  }
}
