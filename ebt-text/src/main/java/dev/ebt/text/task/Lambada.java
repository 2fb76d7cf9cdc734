package dev.ebt.text.task;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ebt.error.UserException;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Last-word prediction (Paperno et al., arXiv 1606.06031): a passage on each line, plain or as
 * {@code {"text": …}}. The prompt is the passage itself, without its last word.
 */
final class Lambada implements TaskFormat {
  private static final Pattern LAST_WORD = Pattern.compile("(.*\\S)\\s+(\\S+)\\s*", Pattern.DOTALL);

  @Override
  public String name() {
    return "lambada";
  }

  @Override
  public String form() {
    return "a passage on each line, plain or as a JSON object with 'text'";
  }

  @Override
  public boolean looksLike(JsonNode first) {
    return first.path("text").isTextual();
  }

  @Override
  public int read(TaskFile file, Consumer<TaskRecord> records) {
    if (file.first().isObject()) {
      file.jsonLines().forEach(line -> accept(line.source(), line.text("text"), records));
    } else {
      file.lines().forEach(line -> accept(line.source(), line.text(), records));
    }
    return 0;
  }

  private static void accept(String source, String passage, Consumer<TaskRecord> records) {
    Matcher parts = LAST_WORD.matcher(passage);
    if (!parts.matches()) {
      throw new UserException(source + ": a passage of at least two words expected");
    }
    records.accept(new TaskRecord(source, parts.group(1), List.of(parts.group(2)), List.of()));
  }

  @Override
  public AnswerRule rule() {
    return new LastWordRule();
  }

  @Override
  public boolean answersAreWords() {
    return true;
  }
}
