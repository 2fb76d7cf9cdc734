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
 * @param learnt the training clips
 * @param judged the validation clips; no frame is in both
 * @param words a description of the split
 * @param inTime whether clips were cut
 */
record ClipSplit(List<Clip> learnt, List<Clip> judged, String words, boolean inTime) {
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
  static ClipSplit setApart(List<Clip> learnt, List<Clip> judged) {
    return new ClipSplit(learnt, judged, words(learnt.size(), judged.size()), false);
  }

  private static double share(ClipDatasetSettings data) {
    return requireNonNullElse(data.validation(), 0.1);
  }

  private static String words(int learnt, int judged) {
    return String.format(
        Locale.ROOT,
        "%,d clip%s for training, %,d for validation",
        learnt,
        learnt == 1 ? "" : "s",
        judged);
  }

  private static ClipSplit byClip(List<Clip> clips, ClipDatasetSettings data) {
    int judged = (int) Math.max(1, Math.round(share(data) * clips.size()));
    if (judged == clips.size() && share(data) < 1) {
      throw new UserException(
          String.format(
              Locale.ROOT,
              "%s has %d different clip%s: too few for training and validation; data.split=time keeps the last frames of each for judging",
              data.path(),
              clips.size(),
              clips.size() == 1 ? "" : "s"));
    }
    int learnt = clips.size() - judged;
    return new ClipSplit(
        clips.subList(judged, clips.size()),
        clips.subList(0, judged),
        words(learnt, judged),
        false);
  }

  /** Splits each clip in time; a clip that is too short for two parts is used for training only. */
  private static ClipSplit inTime(List<Clip> clips, ClipDatasetSettings data, int least) {
    List<Clip> learnt = new ArrayList<>();
    List<Clip> judged = new ArrayList<>();
    int held = 0;
    for (Clip clip : clips) {
      int frames = clip.frames().size();
      int last = (int) Math.max(least, Math.round(share(data) * frames));
      if (frames - last < least) {
        learnt.add(clip);
      } else {
        learnt.add(new Clip(clip.frames().subList(0, frames - last), clip.kind()));
        judged.add(new Clip(clip.frames().subList(frames - last, frames), clip.kind()));
        held += last;
      }
    }
    if (judged.isEmpty()) {
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
        learnt,
        judged,
        String.format(
            Locale.ROOT,
            "%d clip%s, split in time: all but the last frames for training, the last %,d frames of %d for validation",
            clips.size(),
            clips.size() == 1 ? "" : "s",
            held,
            judged.size()),
        true);
  }
}
