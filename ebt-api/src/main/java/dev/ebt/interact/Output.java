package dev.ebt.interact;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A typed output of an interaction. */
public sealed interface Output {
  /**
   * A piece of text that grows: pieces follow each other without a break.
   *
   * @param piece the next characters
   */
  record Text(String piece) implements Output {}

  /**
   * A piece of text as {@link Text}, with the thinking behind it.
   *
   * @param token the prediction as a text of its own, such as a token that is a part of a character
   * @param piece the next characters, possibly none
   */
  record ExplainedText(String token, String piece, Explanation explanation) implements Output {}

  /**
   * A prediction of an example, beside the ground truth.
   *
   * @param predicted the prediction as text
   * @param target the ground truth as text
   */
  record Example(String predicted, String target, Explanation explanation) implements Output {}

  /**
   * The thinking behind a prediction that is output in another form, such as an image in a file.
   *
   * @param prediction a name for it, such as {@code frame 6}
   */
  record Explained(String prediction, Explanation explanation) implements Output {}

  /**
   * What follows one of several inputs that were given together.
   *
   * @param prompt the input
   * @param continuation what follows it
   * @param values numbers about it, by name
   */
  record Completion(String prompt, String continuation, Map<String, Object> values)
      implements Output {
    /** Makes an unmodifiable copy of the map. */
    public Completion {
      values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }
  }

  /**
   * A remark about other outputs.
   *
   * @param line one or more lines without the last line break
   */
  record Note(String line) implements Output {}

  /**
   * A warning for a person, apart from results.
   *
   * @param message one sentence
   */
  record Warning(String message) implements Output {}

  /**
   * A table of results.
   *
   * @param rows the values by the names of their columns, which may be missing in some rows
   */
  record Table(List<Map<String, Object>> rows) implements Output {
    /** Copies the list. */
    public Table {
      rows = List.copyOf(rows);
    }
  }

  /**
   * A file: an image, a clip, or anything else with bytes. Whoever receives it writes it, or sends
   * its content elsewhere.
   *
   * @param path where the user asked for it
   * @param caption a remark to follow the file's name
   */
  record File(Path path, Content content, String caption) implements Output {}
}
