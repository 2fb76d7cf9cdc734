package dev.ebt.vision.video;

import static java.util.Objects.requireNonNullElse;

import dev.ebt.error.UserException;

/**
 * Settings of the built-in clips.
 *
 * @param clips to learn from
 * @param validationClips to be judged by; none of them is ever one to learn from
 * @param length frames of a clip
 * @param shapes so many at most
 * @param seed of the clips
 */
public record BouncingData(
    Integer clips, Integer validationClips, Integer length, Integer shapes, Long seed) {

  /** Fills in defaults and refuses what has no meaning. */
  public BouncingData {
    clips = atLeastOne("clips", requireNonNullElse(clips, 5000));
    validationClips = atLeastOne("validationClips", requireNonNullElse(validationClips, 100));
    length = atLeastOne("length", requireNonNullElse(length, 20));
    shapes = atLeastOne("shapes", requireNonNullElse(shapes, 1));
    seed = requireNonNullElse(seed, 1L);
  }

  private static int atLeastOne(String name, int value) {
    if (value < 1) {
      throw new UserException("data." + name + " is " + value + "; at least 1 expected");
    }
    return value;
  }
}
