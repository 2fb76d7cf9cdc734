package dev.ebt.vision;

import dev.ebt.error.UserException;
import java.awt.image.BufferedImage;
import java.util.Locale;

/**
 * An image with a hole that a model fills in; the pixels outside of it stay as they are.
 *
 * @param image the image, whose pixels in the hole have no effect on a model of generation, and are
 *     those that a model of denoising begins with
 * @param mask white where the image is filled in, black where it is kept; of the size of the image
 * @param condition what the image shows, for a model of generation; {@link ImageCondition#none()}
 *     for others
 */
public record ImageWithHole(BufferedImage image, BufferedImage mask, ImageCondition condition) {
  /**
   * Checks the sizes.
   *
   * @throws UserException if they differ
   */
  public ImageWithHole {
    if (image.getWidth() != mask.getWidth() || image.getHeight() != mask.getHeight()) {
      throw new UserException(
          String.format(
              Locale.ROOT,
              "the mask is %dx%d; the size of the image, %dx%d, expected",
              mask.getWidth(),
              mask.getHeight(),
              image.getWidth(),
              image.getHeight()));
    }
  }

  /** Creates an image with a hole for a model without conditions. */
  public ImageWithHole(BufferedImage image, BufferedImage mask) {
    this(image, mask, ImageCondition.none());
  }
}
