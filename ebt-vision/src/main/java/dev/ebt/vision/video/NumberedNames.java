package dev.ebt.vision.video;

import java.util.regex.Pattern;

/** Names of files that are told apart and sorted by the numbers in them. */
final class NumberedNames {
  private static final Pattern NUMBER = Pattern.compile("0*(\\d+)");
  private static final int DIGITS = 18;

  private NumberedNames() {}

  /** Returns whether there is a number in a name. */
  static boolean isNumbered(String name) {
    return NUMBER.matcher(name).find();
  }

  /** Returns a text that sorts by the numbers, and is equal where they are: 2, 10, 010. */
  static String key(String name) {
    return NUMBER
        .matcher(name)
        .replaceAll(
            number -> "0".repeat(Math.max(0, DIGITS - number.group(1).length())) + number.group(1));
  }
}
