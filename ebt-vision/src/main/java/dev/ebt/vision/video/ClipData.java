package dev.ebt.vision.video;

import static java.util.Objects.requireNonNullElse;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.ebt.error.UserException;
import org.jspecify.annotations.Nullable;

/**
 * Settings of a user's own clips.
 *
 * @param path a folder in which animated GIFs and folders of frames are the clips, at any depth; or
 *     one of these
 * @param every of the frames of a clip, one in so many is taken
 * @param validation the share to be judged by: more than 0, up to 1 (all); left out, it is what
 *     folders train and val set apart, or 0.1
 * @param split what it is a share of: of the clips, or of the time of each; null: of the clips,
 *     where there are enough for one at least
 * @param skip the share of clips that may turn out unreadable or too short; more of them stop the
 *     run
 * @param augment whether clips are also learnt from mirrored left to right, and backwards (false)
 * @param checkFrames whether folders are refused whose pictures look unrelated, as photographs do
 */
public record ClipData(
    String path,
    Integer every,
    @Nullable Double validation,
    @Nullable By split,
    Double skip,
    Boolean augment,
    Boolean checkFrames) {

  /** What is split. */
  public enum By {
    /** Some clips are judged by. */
    @JsonProperty("clips")
    CLIPS,
    /** The last frames of each clip are judged by. */
    @JsonProperty("time")
    TIME
  }

  /** Split as their number suggests, and as they are. */
  public ClipData(
      String path,
      Integer every,
      @Nullable Double validation,
      Double skip,
      @Nullable Boolean checkFrames) {
    this(path, every, validation, null, skip, null, checkFrames);
  }

  /** Fills in defaults and refuses what has no meaning. */
  public ClipData {
    if (path == null || path.isBlank()) {
      throw new UserException("data.path is missing: name a folder of clips");
    }
    every = requireNonNullElse(every, 1);
    skip = requireNonNullElse(skip, 0.05);
    augment = requireNonNullElse(augment, false);
    checkFrames = requireNonNullElse(checkFrames, true);
    if (every < 1) {
      throw new UserException("data.every is " + every + "; at least 1 expected");
    }
    if (validation != null && !(validation > 0 && validation <= 1)) {
      throw new UserException(
          "data.validation is " + validation + "; more than 0, up to 1 expected");
    }
    if (!(skip >= 0 && skip <= 1)) {
      throw new UserException("data.skip is " + skip + "; 0 to 1 expected");
    }
  }
}
