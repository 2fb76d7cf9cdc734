package dev.ebt.sweep;

import dev.ebt.config.Overrides;
import dev.ebt.error.UserException;
import dev.ebt.plugin.Catalog;
import dev.ebt.plugin.Configurations;
import dev.ebt.run.ModelFolder;
import dev.ebt.run.RunFacts;
import dev.ebt.store.RunDirectory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The comparison of runs that exist, by the settings in which they differ.
 *
 * @param warnings what may make it unfair, one line each
 */
public record RunComparison(SweepResults results, List<String> warnings) {
  /** Copies the list. */
  public RunComparison {
    warnings = List.copyOf(warnings);
  }

  /**
   * Compares runs.
   *
   * @throws UserException if one is no run, two are the same training, or none has the metric
   */
  public static RunComparison of(Catalog catalog, List<Path> runs, SweepOptions options) {
    Map<Path, Map<String, String>> settings = new LinkedHashMap<>();
    for (Path run : runs.stream().map(Path::normalize).distinct().toList()) {
      if (!RunDirectory.isPresent(run)) {
        throw new UserException(run + ": no such run");
      }
      settings.put(
          run,
          RunFacts.settingsOf(
              Configurations.load(
                  catalog, null, ModelFolder.configuration(run), Overrides.none())));
    }
    TreeSet<String> differing = new TreeSet<>();
    settings.values().forEach(each -> differing.addAll(each.keySet()));
    differing.removeIf(
        path -> settings.values().stream().map(each -> each.get(path)).distinct().count() < 2);
    List<RunResult> results = new ArrayList<>();
    Map<Map<String, String>, Path> seen = new LinkedHashMap<>();
    settings.forEach(
        (run, all) -> {
          Map<String, String> values = new LinkedHashMap<>();
          differing.forEach(
              path -> values.put(path, Objects.requireNonNullElse(all.get(path), "-")));
          Path same = seen.put(values, run);
          if (same != null) {
            throw new UserException(
                same
                    + " and "
                    + run
                    + " have the same settings and seed; compare only one of them");
          }
          results.add(RunResult.of(String.valueOf(run.getFileName()), run, values));
        });
    if (results.stream().allMatch(run -> run.value(options.metric()).isEmpty())) {
      TreeSet<String> known = new TreeSet<>();
      results.forEach(run -> known.addAll(run.metrics().keySet()));
      throw new UserException(
          "no run has the metric '"
              + options.metric()
              + "'"
              + (known.isEmpty()
                  ? ": none has been validated yet"
                  : "; there are " + String.join(", ", known)));
    }
    return new RunComparison(SweepResults.of(results, options), warnings(differing));
  }

  private static List<String> warnings(TreeSet<String> differing) {
    String data =
        differing.stream()
            .filter(path -> path.startsWith("data") || path.startsWith("modality"))
            .collect(Collectors.joining(", "));
    return data.isEmpty()
        ? List.of()
        : List.of("the runs differ in " + data + ": their values may be of different data");
  }
}
