package dev.ebt.vision.video;

import static java.util.Objects.requireNonNullElse;
import static java.util.stream.Collectors.joining;

import dev.ebt.error.UserException;
import dev.ebt.vision.image.Clip;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Training and validation clips: whole clips or, where there are few, the last frames of each for
 * validation.
 *
 * @param training the training clips
 * @param validation the validation clips; no frame is in both
 * @param words a description of the split
 * @param inTime whether clips were cut
 */
record ClipSplit(List<Clip> training, List<Clip> validation, String words, boolean inTime) {
  /**
   * Splits clips.
   *
   * @param least the least number of frames of a part of a clip
   * @throws UserException if there are too few clips or frames
   */
  static ClipSplit of(List<Clip> clips, ClipDatasetSettings data, int least) {
    boolean wholly = share(data) == 1;
    boolean inTime =
        data.split() == null
            ? data.validation() == null && share(data) * clips.size() < 1
            : data.split() == ClipDatasetSettings.By.TIME && !wholly;
    return inTime ? inTime(clips, data, least) : byClip(clips, data);
  }

  /** Returns a split whose validation clips were set apart by the user. */
  static ClipSplit setApart(List<Clip> training, List<Clip> validation) {
    return new ClipSplit(training, validation, words(training.size(), validation.size()), false);
  }

  private static double share(ClipDatasetSettings data) {
    return requireNonNullElse(data.validation(), 0.1);
  }

  private static String words(int training, int validation) {
    return String.format(
        Locale.ROOT,
        "%,d clip%s for training, %,d for validation",
        training,
        training == 1 ? "" : "s",
        validation);
  }

  private static ClipSplit byClip(List<Clip> clips, ClipDatasetSettings data) {
    int validation = (int) Math.max(1, Math.round(share(data) * clips.size()));
    if (validation == clips.size() && share(data) < 1) {
      throw new UserException(
          String.format(
              Locale.ROOT,
              "%s has %d different clip%s: too few for training and validation; data.split=time keeps the last frames of each for judging",
              data.path(),
              clips.size(),
              clips.size() == 1 ? "" : "s"));
    }
    int training = clips.size() - validation;
    return new ClipSplit(
        clips.subList(validation, clips.size()),
        clips.subList(0, validation),
        words(training, validation),
        false);
  }

  /** Splits each clip in time; a clip that is too short for two parts is used for training only. */
  private static ClipSplit inTime(List<Clip> clips, ClipDatasetSettings data, int least) {
    List<Clip> training = new ArrayList<>();
    List<Clip> validation = new ArrayList<>();
    int held = 0;
    for (Clip clip : clips) {
      int frames = clip.frames().size();
      int last = (int) Math.max(least, Math.round(share(data) * frames));
      if (frames - last < least) {
        training.add(clip);
      } else {
        training.add(new Clip(clip.frames().subList(0, frames - last), clip.label()));
        validation.add(new Clip(clip.frames().subList(frames - last, frames), clip.label()));
        held += last;
      }
    }
    if (validation.isEmpty()) {
      throw new UserException(
          String.format(
              Locale.ROOT,
              "%s has %s frames: too few for training and validation; a clip of %d or more expected, twice the frames of a window (modality.frames), or more clips",
              data.path(),
              clips.stream()
                  .map(clip -> String.valueOf(clip.frames().size()))
                  .limit(3)
                  .collect(joining(", ")),
              2 * least));
    }
    return new ClipSplit(
        training,
        validation,
        String.format(
            Locale.ROOT,
            "%d clip%s, split in time: all but the last frames for training, the last %,d frames of %d for validation",
            clips.size(),
            clips.size() == 1 ? "" : "s",
            held,
            validation.size()),
        true);
  }
}
