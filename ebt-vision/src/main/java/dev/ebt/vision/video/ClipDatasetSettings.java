package dev.ebt.vision.video;

import static java.util.Objects.requireNonNullElse;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.ebt.error.FormerName;
import dev.ebt.error.SettingException;
import org.jspecify.annotations.Nullable;

/**
 * Settings of a user's own clips.
 *
 * @param path a folder in which animated GIFs and folders of frames are the clips, at any depth; or
 *     one of these
 * @param frameStride the stride of frames: every n-th frame of a clip is used
 * @param validation the share for validation: more than 0, up to 1 (all); by default the folders
 *     train and val, if there are any, or 0.1
 * @param split the unit of the split: clips, or the time of each clip; null: clips, unless
 *     validation is left out too and a tenth is less than one clip
 * @param maximumUnreadable the share of clips that may be unreadable or too short; more of them
 *     stop the run
 * @param augment whether training also uses clips mirrored left to right, and reversed (false)
 * @param checkFrames whether folders are refused whose images look unrelated, as photographs do
 */
public record ClipDatasetSettings(
    String path,
    @FormerName("every") Integer frameStride,
    @Nullable Double validation,
    @Nullable By split,
    @FormerName("skip") Double maximumUnreadable,
    Boolean augment,
    Boolean checkFrames) {

  /** The unit of a split. */
  public enum By {
    /** Validation uses some of the clips. */
    @JsonProperty("clips")
    CLIPS,
    /** Validation uses the last frames of each clip. */
    @JsonProperty("time")
    TIME
  }

  /** Creates settings with the default split and without augmentation. */
  public ClipDatasetSettings(
      String path,
      Integer frameStride,
      @Nullable Double validation,
      @Nullable Double maximumUnreadable,
      @Nullable Boolean checkFrames) {
    this(path, frameStride, validation, null, maximumUnreadable, null, checkFrames);
  }

  /** Fills in defaults and refuses invalid values. */
  public ClipDatasetSettings(
      @Nullable String path,
      @Nullable Integer frameStride,
      @Nullable Double validation,
      @Nullable By split,
      @Nullable Double maximumUnreadable,
      @Nullable Boolean augment,
      @Nullable Boolean checkFrames) {
    if (path == null || path.isBlank()) {
      throw new SettingException("data.path", "is missing: name a folder of clips");
    }
    frameStride = requireNonNullElse(frameStride, 1);
    maximumUnreadable = requireNonNullElse(maximumUnreadable, 0.05);
    augment = requireNonNullElse(augment, false);
    checkFrames = requireNonNullElse(checkFrames, true);
    if (frameStride < 1) {
      throw new SettingException("data.frameStride", "is " + frameStride + "; at least 1 expected");
    }
    if (validation != null && !(validation > 0 && validation <= 1)) {
      throw new SettingException(
          "data.validation", "is " + validation + "; more than 0, up to 1 expected");
    }
    if (!(maximumUnreadable >= 0 && maximumUnreadable <= 1)) {
      throw new SettingException(
          "data.maximumUnreadable", "is " + maximumUnreadable + "; 0 to 1 expected");
    }
    this.path = path;
    this.frameStride = frameStride;
    this.validation = validation;
    this.split = split;
    this.maximumUnreadable = maximumUnreadable;
    this.augment = augment;
    this.checkFrames = checkFrames;
  }
}
