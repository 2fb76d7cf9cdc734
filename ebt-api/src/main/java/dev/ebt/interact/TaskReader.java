package dev.ebt.interact;

import java.nio.file.Path;
import java.util.Optional;

/** A reader of the files of a published task, such as GSM8K; a part by name. */
public interface TaskReader {
  /** Returns the name on the command line: {@code --task NAME=PATH}. */
  String name();

  /** Returns a one-line description of the files. */
  String summary();

  /**
   * Returns the name of the dataset that reads such files for training, with this reader's name as
   * its setting {@code format} and the file as {@code path}; empty if no model can be trained on
   * them.
   */
  default Optional<String> dataset() {
    return Optional.empty();
  }

  /**
   * Reads a file.
   *
   * @throws dev.ebt.error.UserException if it cannot be read, or is not of this task
   */
  EvaluationTask read(Path file);
}
