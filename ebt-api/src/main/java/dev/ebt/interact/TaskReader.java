package dev.ebt.interact;

import java.nio.file.Path;

/** A reader of the files of a published task, such as GSM8K; a part by name. */
public interface TaskReader {
  /** Returns the name on the command line: {@code --task NAME=PATH}. */
  String name();

  /** Returns a one-line description of the files. */
  String summary();

  /**
   * Reads a file.
   *
   * @throws dev.ebt.error.UserException if it cannot be read, or is not of this task
   */
  EvaluationTask read(Path file);
}
