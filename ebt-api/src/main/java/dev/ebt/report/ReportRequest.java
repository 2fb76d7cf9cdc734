package dev.ebt.report;

import dev.ebt.config.Overrides;
import dev.ebt.store.Weights;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * What a report is to be written on.
 *
 * @param runs folders of runs or exported models, one or more, all different
 * @param checkpoint {@code latest}, {@code best} or a step
 * @param overrides of the runs' configurations, such as other validation data
 * @param rows the maximum number of validation examples to predict for each run
 * @param sections the names of the sections to write; empty for all
 */
public record ReportRequest(
    List<Path> runs,
    String checkpoint,
    Weights weights,
    Overrides overrides,
    int rows,
    Set<String> sections) {
  /** The usual number of validation examples: enough for curves, few enough for a short wait. */
  public static final int ROWS = 16;

  /** Copies the list, without repetitions, and the set. */
  public ReportRequest {
    runs = runs.stream().distinct().toList();
    sections = Set.copyOf(sections);
  }

  /** Returns a request for runs at their latest checkpoint. */
  public static ReportRequest of(Path... runs) {
    return new ReportRequest(
        List.of(runs), "latest", Weights.USUAL, Overrides.none(), ROWS, Set.of());
  }

  /** Returns a copy with another number of rows. */
  public ReportRequest withRows(int other) {
    return new ReportRequest(runs, checkpoint, weights, overrides, other, sections);
  }

  /** Returns a copy with these sections only. */
  public ReportRequest withSections(String... names) {
    return new ReportRequest(runs, checkpoint, weights, overrides, rows, Set.of(names));
  }
}
