package dev.ebt.vision;

import static java.util.Objects.requireNonNullElse;

import dev.ebt.error.FormerName;
import dev.ebt.error.SettingException;

/**
 * Settings of the built-in images.
 *
 * @param images the number of training images
 * @param validationImages the number of validation images; none of them is a training image
 * @param seed the seed of the images
 */
public record ProceduralImageSettings(
    @FormerName("pictures") Integer images,
    @FormerName("validationPictures") Integer validationImages,
    Long seed) {

  /** Fills in defaults and refuses invalid values. */
  public ProceduralImageSettings {
    images = atLeastOne("images", requireNonNullElse(images, 50_000));
    validationImages = atLeastOne("validationImages", requireNonNullElse(validationImages, 500));
    seed = requireNonNullElse(seed, 1L);
  }

  private static int atLeastOne(String name, int value) {
    if (value < 1) {
      throw new SettingException("data." + name, "is " + value + "; at least 1 expected");
    }
    return value;
  }
}
