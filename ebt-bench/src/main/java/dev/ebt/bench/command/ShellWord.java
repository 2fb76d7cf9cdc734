package dev.ebt.bench.command;

import java.nio.file.Path;

/** Quoting of words for a shell. */
public final class ShellWord {
  private ShellWord() {}

  /** Returns a path as one word. */
  public static String of(Path path) {
    return of(path.toString());
  }

  /** Returns a text as one word, quoted where necessary. */
  public static String of(String text) {
    return text.matches("[\\w./+-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
  }
}
