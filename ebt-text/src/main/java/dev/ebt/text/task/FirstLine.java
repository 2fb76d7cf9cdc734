package dev.ebt.text.task;

/** The first line of a text that is not blank: the answer, if it has no end mark of its own. */
final class FirstLine {
  private FirstLine() {}

  /** Returns the line without surrounding white space; empty if there is none. */
  static String of(String text) {
    return text.strip().lines().findFirst().orElse("").strip();
  }
}
