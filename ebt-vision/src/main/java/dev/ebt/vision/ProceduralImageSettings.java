package dev.ebt.vision;

import static java.util.Objects.requireNonNullElse;

import dev.ebt.error.UserException;

/**
 * Settings of the built-in pictures.
 *
 * @param pictures the number of training pictures
 * @param validationPictures the number of validation pictures; none of them is a training picture
 * @param seed the seed of the pictures
 */
public record ProceduralImageSettings(Integer pictures, Integer validationPictures, Long seed) {

  /** Fills in defaults and refuses invalid values. */
  public ProceduralImageSettings {
    pictures = atLeastOne("pictures", requireNonNullElse(pictures, 50_000));
    validationPictures =
        atLeastOne("validationPictures", requireNonNullElse(validationPictures, 500));
    seed = requireNonNullElse(seed, 1L);
  }

  private static int atLeastOne(String name, int value) {
    if (value < 1) {
      throw new UserException("data." + name + " is " + value + "; at least 1 expected");
    }
    return value;
  }
}
