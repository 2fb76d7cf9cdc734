package dev.ebt.vision;

import static java.util.Objects.requireNonNullElse;

import dev.ebt.error.UserException;

/**
 * Settings of a user's own pictures.
 *
 * @param path a folder of PNG, JPEG, BMP or GIF, at any depth; the square in the middle of each is
 *     brought to the modality's size
 * @param validation the share to be judged by: more than 0, up to 1 (all)
 * @param skip the share of files that may turn out unreadable; more of them stop the run
 */
public record FolderData(String path, Double validation, Double skip) {

  /** Fills in defaults and refuses what has no meaning. */
  public FolderData {
    if (path == null || path.isBlank()) {
      throw new UserException("data.path is missing: name a folder of pictures");
    }
    validation = requireNonNullElse(validation, 0.1);
    skip = requireNonNullElse(skip, 0.05);
    if (!(validation > 0 && validation <= 1)) {
      throw new UserException(
          "data.validation is " + validation + "; more than 0, up to 1 expected");
    }
    if (!(skip >= 0 && skip <= 1)) {
      throw new UserException("data.skip is " + skip + "; 0 to 1 expected");
    }
  }
}
