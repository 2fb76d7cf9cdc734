package dev.ebt.run;

import java.nio.file.Files;
import java.nio.file.Path;

/** Names of folders of runs. */
final class RunNames {
  private RunNames() {}

  /** Returns the last name of a path, however the path is written. */
  static String last(Path path) {
    Path last = path.toAbsolutePath().normalize().getFileName();
    return last == null ? "data" : last.toString();
  }

  /** Returns the last name of a path without its extensions. */
  static String stem(Path path) {
    String name = last(path);
    int dot = name.indexOf('.');
    return dot > 0 ? name.substring(0, dot) : name;
  }

  /** Returns the path itself or, if it exists, one with the first number that is free. */
  static Path free(Path path) {
    Path free = path;
    for (int i = 2; Files.exists(free); i++) {
      free = path.resolveSibling(last(path) + "-" + i);
    }
    return free;
  }
}
