package dev.ebt.bench.command;

import static dev.ebt.interact.OptionChecks.positive;

import dev.ebt.report.ReportRequest;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Option;

/** The options of what a report is written on. */
final class ReportOptions {
  @Option(
      names = "--rows",
      paramLabel = "N",
      description = "Maximum number of validation examples to predict for each run (16).")
  private int rows = ReportRequest.ROWS;

  @Option(
      names = "--section",
      paramLabel = "NAME",
      split = ",",
      description = "Only these sections (all); 'ebt plugins \"report section\"' lists them.")
  private List<String> sections = List.of();

  /** Returns the request. */
  ReportRequest request(List<Path> runs, ModelOption option) {
    return new ReportRequest(
        runs,
        option.checkpoint(),
        option.weights(),
        option.overrides(),
        positive("--rows", rows),
        Set.copyOf(sections));
  }
}
