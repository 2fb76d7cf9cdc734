package dev.ebt.text.task;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.function.Consumer;

/** How a task is published, and what counts as an answer to it. */
interface TaskFormat {
  /** The formats that are known. */
  List<TaskFormat> ALL =
      List.of(new Gsm8k(), new Squad(), new BigBench(), new Lambada(), new Arc());

  /** What it is called on the command line. */
  String name();

  /** What a file holds, for messages. */
  String form();

  /** Whether a file whose first JSON value is this seems to be of this format. */
  boolean looksLike(JsonNode first);

  /**
   * Hands on every record.
   *
   * @return how many records were left out because nothing answers them
   */
  int read(TaskFile file, Consumer<TaskRecord> records);

  /** The rule of the benchmark itself for generated answers. */
  default AnswerRule rule() {
    return new ExactRule();
  }

  /** Whether each answer is one word, whose perplexity is reported. */
  default boolean answersAreWords() {
    return false;
  }
}
