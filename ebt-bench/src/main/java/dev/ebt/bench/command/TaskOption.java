package dev.ebt.bench.command;

import dev.ebt.error.UserException;
import dev.ebt.interact.EvaluationCatalog;
import dev.ebt.run.DataOverride;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import picocli.CommandLine.Option;

/** The options that name task files. */
final class TaskOption {
  @Option(
      names = "--task",
      paramLabel = "FORMAT=PATH",
      description = "A task file, as published; 'ebt plugins' lists the formats.")
  private List<String> given = List.of();

  /**
   * A file and its format.
   *
   * @param format its name
   */
  record Named(String format, Path path) {
    /**
     * Returns the file as training data.
     *
     * @param evaluations have the reader of the format
     */
    DataOverride data(EvaluationCatalog evaluations) {
      String dataset =
          evaluations
              .task(format)
              .dataset()
              .orElseThrow(
                  () ->
                      new UserException(
                          "--task "
                              + format
                              + " is for evaluation: no dataset reads its files for training"));
      return DataOverride.ofTask(dataset, format, path);
    }
  }

  /** Returns true if a task is given. */
  boolean isGiven() {
    return !given.isEmpty();
  }

  /** The only one, where one is all that there can be. */
  Named single(Set<String> formats) {
    List<Named> all = named(formats);
    if (all.size() > 1) {
      throw new UserException(
          String.format(Locale.ROOT, "--task is given %d times; once expected here", all.size()));
    }
    return all.get(0);
  }

  /**
   * Returns those that were named, in order.
   *
   * @param formats the names of all formats, for messages
   */
  List<Named> named(Set<String> formats) {
    List<Named> all = new ArrayList<>();
    for (String each : given) {
      int equals = each.indexOf('=');
      if (equals <= 0 || equals == each.length() - 1) {
        throw new UserException(
            String.format(
                Locale.ROOT,
                "--task is '%s'; FORMAT=PATH expected, with one of the formats %s",
                each,
                String.join(", ", formats)));
      }
      all.add(new Named(each.substring(0, equals), Path.of(each.substring(equals + 1))));
    }
    return all;
  }
}
