package dev.ebt.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds {@code ./ebt} command lines in text that people read, and takes them apart as a shell. */
final class ExampleLines {
  /** On a line of its own, after a prompt or variables; or between backticks, over line ends. */
  private static final Pattern LINE =
      Pattern.compile(
          "(?m)^\\s*(?:\\$ )?(?:[A-Z_]+=\\S+ )*(\\./ebt(?: [^\\n`]*)?)$"
              + "|`(?:[A-Z_]+=\\S+ )*(\\./ebt(?:\\s[^`]*)?)`");

  private static final Pattern WORD = Pattern.compile("\\s*((?:'[^']*'|\"[^\"]*\"|[^\\s'\"])+)");

  private ExampleLines() {}

  /** The words after {@code ./ebt} of each example in a text, in order. */
  static List<List<String>> in(String text) {
    List<List<String>> examples = new ArrayList<>();
    Matcher lines = LINE.matcher(text);
    while (lines.find()) {
      String line = lines.group(1) == null ? lines.group(2) : lines.group(1);
      for (String one : line.replace('\n', ' ').split("&& *")) {
        if (one.startsWith("./ebt")) {
          examples.add(words(one.substring("./ebt".length())));
        }
      }
    }
    return examples;
  }

  /** What is optional is taken as given; what explains or redirects ends the line. */
  private static List<String> words(String line) {
    List<String> words = new ArrayList<>();
    Matcher word = WORD.matcher(line.split(" {2,}|[ ](?=[#>|;])", 2)[0]);
    while (word.find()) {
      String plain = word.group(1).replaceAll("['\"]", "");
      boolean quoted = !plain.equals(word.group(1));
      words.add(quoted ? plain : withoutBrackets(plain));
    }
    return words;
  }

  /** Of {@code [--option VALUE]}, whose brackets say that it may be left out. */
  private static String withoutBrackets(String word) {
    String begun = word.startsWith("[--") ? word.substring(1) : word;
    boolean ends = begun.endsWith("]") && begun.indexOf('[') < 0;
    return ends ? begun.substring(0, begun.length() - 1) : begun;
  }
}
