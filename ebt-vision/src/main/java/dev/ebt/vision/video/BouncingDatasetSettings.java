package dev.ebt.vision.video;

import static java.util.Objects.requireNonNullElse;

import dev.ebt.error.SettingException;

/**
 * Settings of the built-in clips.
 *
 * @param clips the number of training clips
 * @param validationClips the number of validation clips; none of them is a training clip
 * @param length the number of frames of a clip
 * @param shapes the greatest number of shapes in a clip
 * @param seed the seed of the clips
 */
public record BouncingDatasetSettings(
    Integer clips, Integer validationClips, Integer length, Integer shapes, Long seed) {

  /** Fills in defaults and refuses invalid values. */
  public BouncingDatasetSettings {
    clips = atLeastOne("clips", requireNonNullElse(clips, 5000));
    validationClips = atLeastOne("validationClips", requireNonNullElse(validationClips, 100));
    length = atLeastOne("length", requireNonNullElse(length, 20));
    shapes = atLeastOne("shapes", requireNonNullElse(shapes, 1));
    seed = requireNonNullElse(seed, 1L);
  }

  private static int atLeastOne(String name, int value) {
    if (value < 1) {
      throw new SettingException("data." + name, "is " + value + "; at least 1 expected");
    }
    return value;
  }
}
