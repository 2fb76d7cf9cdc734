package dev.ebt.vision;

import static java.util.Objects.requireNonNullElse;

import dev.ebt.error.UserException;
import org.jspecify.annotations.Nullable;

/**
 * Settings of a user's own pictures.
 *
 * @param path a folder of PNG, JPEG, BMP or GIF, at any depth; or IDX files (MNIST) or CIFAR-10
 *     batches, one or a folder of them. The square in the middle of each picture is brought to the
 *     modality's size
 * @param validation the share to be judged by: more than 0, up to 1 (all); left out, it is what the
 *     makers of a collection set apart, or 0.1
 * @param skip the share of files that may turn out unreadable; more of them stop the run
 */
public record PictureData(String path, @Nullable Double validation, Double skip) {

  /** Fills in defaults and refuses what has no meaning. */
  public PictureData {
    if (path == null || path.isBlank()) {
      throw new UserException("data.path is missing: name a folder of pictures");
    }
    skip = requireNonNullElse(skip, 0.05);
    if (validation != null && !(validation > 0 && validation <= 1)) {
      throw new UserException(
          "data.validation is " + validation + "; more than 0, up to 1 expected");
    }
    if (!(skip >= 0 && skip <= 1)) {
      throw new UserException("data.skip is " + skip + "; 0 to 1 expected");
    }
  }
}
