package dev.ebt.text.task;

import dev.ebt.modality.Tokenizer;
import dev.ebt.text.decode.TextGenerator;
import dev.ebt.text.token.StreamingDecoder;
import java.util.OptionalInt;

/** The generation of an answer by a model. */
final class TaskAnswer {
  /** Maximum number of tokens of an answer beyond twice those of the longest right one. */
  private static final int SLACK = 8;

  private TaskAnswer() {}

  /**
   * Generates text after the prompt: up to the end of text, until everything that is compared is
   * there, or up to about twice the number of tokens of the longest right answer.
   */
  static String write(
      TextGenerator generator,
      AnswerRule rule,
      TaskRecord record,
      TextGenerator.GenerationOptions options) {
    Tokenizer tokenizer = generator.tokenizer();
    int longest =
        record.answers().stream().mapToInt(a -> tokenizer.encode(" " + a).length).max().orElse(0);
    OptionalInt end = tokenizer.endOfText();
    StreamingDecoder stream = StreamingDecoder.of(tokenizer);
    StringBuilder written = new StringBuilder();
    generator.generate(
        TaskRows.begun(record, tokenizer),
        2 * longest + SLACK,
        options,
        chosen -> {
          if (end.isPresent() && end.getAsInt() == chosen.token()) {
            return false;
          }
          written.append(stream.push(chosen.token()));
          return !rule.finished(written.toString());
        });
    return written + stream.finish();
  }
}
