package dev.ebt.text.task;

/** The first line of a text that is not blank: where an answer ends that has no mark of its own. */
final class FirstLine {
  private FirstLine() {}

  /** Without the space around it; empty if there is none. */
  static String of(String text) {
    return text.strip().lines().findFirst().orElse("").strip();
  }
}
