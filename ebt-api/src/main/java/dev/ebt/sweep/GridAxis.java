package dev.ebt.sweep;

import dev.ebt.error.UserException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A setting and the values that it takes in a sweep.
 *
 * @param path the dotted path of the setting
 * @param values as text of YAML, all different
 */
public record GridAxis(String path, List<String> values) {
  private static final Pattern RANGE = Pattern.compile("(-?\\d{1,9})\\.\\.(-?\\d{1,9})");
  private static final int MOST = 10_000;
  private static final String OPENING = "[{";
  private static final String CLOSING = "]}";
  private static final String QUOTES = "'\"";

  /** Copies the list and rejects a value that is there twice. */
  public GridAxis {
    values = List.copyOf(values);
    Set<String> seen = new HashSet<>();
    for (String value : values) {
      if (!seen.add(value)) {
        throw new UserException(
            "--grid " + path + ": the value " + value + " is there twice; once expected");
      }
    }
  }

  /**
   * Parses {@code path=a,b,c}; {@code 1..5} stands for the whole numbers from 1 to 5. Commas within
   * brackets, braces and quotes belong to a value.
   *
   * @throws UserException if there is no path or value, or a value is there twice
   */
  public static GridAxis parse(String text) {
    int equals = text.indexOf('=');
    if (equals < 1) {
      throw new UserException(
          "--grid " + text + ": path=values expected, such as training.learningRate=0.001,0.002");
    }
    String path = text.substring(0, equals).strip();
    List<String> values = new ArrayList<>();
    for (String part : split(text.substring(equals + 1))) {
      if (part.isEmpty()) {
        throw new UserException(
            "--grid " + text + " has an empty value; values separated by commas expected");
      }
      Matcher range = RANGE.matcher(part);
      if (range.matches()) {
        addRange(text, Integer.parseInt(range.group(1)), Integer.parseInt(range.group(2)), values);
      } else {
        values.add(part);
      }
    }
    return new GridAxis(path, values);
  }

  private static void addRange(String text, int first, int last, List<String> values) {
    if (first > last) {
      throw new UserException(
          "--grid " + text + ": first..last expected, ascending, such as seed=1..5");
    }
    if (last - first >= MOST) {
      throw new UserException("--grid " + text + " has too many values; at most " + MOST);
    }
    for (int value = first; value <= last; value++) {
      values.add(Integer.toString(value));
    }
  }

  private static List<String> split(String text) {
    List<String> parts = new ArrayList<>();
    StringBuilder part = new StringBuilder();
    int depth = 0;
    char quote = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (quote != 0) {
        quote = c == quote ? 0 : quote;
      } else if (QUOTES.indexOf(c) >= 0) {
        quote = c;
      } else if (OPENING.indexOf(c) >= 0) {
        depth++;
      } else if (CLOSING.indexOf(c) >= 0) {
        depth--;
      }
      if (c == ',' && depth == 0 && quote == 0) {
        parts.add(part.toString().strip());
        part.setLength(0);
      } else {
        part.append(c);
      }
    }
    parts.add(part.toString().strip());
    return parts;
  }
}
