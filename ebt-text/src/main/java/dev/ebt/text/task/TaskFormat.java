package dev.ebt.text.task;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.function.Consumer;

/** The file format of a published task and its definition of an answer. */
interface TaskFormat {
  /** Returns the name on the command line. */
  String name();

  /** Returns a description of the content of a file, for messages. */
  String form();

  /** Returns whether a file with this first JSON value seems to be of this format. */
  boolean looksLike(JsonNode first);

  /**
   * Passes on every record.
   *
   * @return the number of records skipped because they have no answer
   */
  int read(TaskFile file, Consumer<TaskRecord> records);

  /** Returns the rule of the benchmark itself for generated answers. */
  default AnswerRule rule() {
    return new ExactRule();
  }

  /** Returns whether each answer is one word, whose perplexity is reported. */
  default boolean answersAreWords() {
    return false;
  }
}
