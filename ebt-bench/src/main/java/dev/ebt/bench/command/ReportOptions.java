package dev.ebt.bench.command;

import static dev.ebt.interact.OptionChecks.positive;

import dev.ebt.bench.progress.ProgressLine;
import dev.ebt.bench.progress.ProgressLines;
import dev.ebt.plugin.Catalog;
import dev.ebt.report.Report;
import dev.ebt.report.ReportRequest;
import dev.ebt.report.ReportSections;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
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

  private ReportRequest request(List<Path> runs, ModelOption option) {
    return new ReportRequest(
        runs,
        option.checkpoint(),
        option.weights(),
        option.overrides(),
        positive("--rows", rows),
        Set.copyOf(sections));
  }

  /**
   * Writes the report; on a terminal a line shows what is being computed.
   *
   * @throws dev.ebt.error.UserException if a run cannot be read
   */
  Report report(Catalog catalog, List<Path> runs, ModelOption option, ProgressLines lines) {
    ReportRequest request = request(runs, option);
    int each = ReportSections.of(catalog).named(request.sections()).size();
    ProgressLine line = lines.line(0, (long) each * request.runs().size());
    AtomicLong done = new AtomicLong();
    try {
      return Report.of(
          catalog, request, what -> line.showLater(done.getAndIncrement(), "report: " + what));
    } finally {
      line.clear();
    }
  }
}
