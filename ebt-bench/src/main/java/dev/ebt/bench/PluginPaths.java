package dev.ebt.bench;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A search for {@code --plugins} ahead of parsing, which needs the options of those plugins. */
final class PluginPaths {
  private static final String OPTION = "--plugins";

  private PluginPaths() {}

  /** Returns the paths, none where the value is missing or no path: parsing refuses that. */
  static List<Path> in(String... args) {
    List<Path> paths = new ArrayList<>();
    for (int i = 0; i < args.length; i++) {
      if (args[i].equals(OPTION) && i + 1 < args.length) {
        i++;
        add(args[i], paths);
      } else if (args[i].startsWith(OPTION + "=")) {
        add(args[i].substring(OPTION.length() + 1), paths);
      }
    }
    return paths;
  }

  private static void add(String value, List<Path> paths) {
    for (String path : value.split(",", -1)) {
      if (!path.isBlank()) {
        try {
          paths.add(Path.of(path));
        } catch (InvalidPathException e) {
          return; // Parsing refuses it.
        }
      }
    }
  }
}
