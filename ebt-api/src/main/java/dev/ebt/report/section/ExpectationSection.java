package dev.ebt.report.section;

import dev.ebt.plugin.Expectation;
import dev.ebt.report.ReportNumbers;
import dev.ebt.report.ReportRun;
import dev.ebt.report.ReportSection;
import dev.ebt.report.ReportTable;
import dev.ebt.report.SectionContent;
import dev.ebt.report.Verdict;
import dev.ebt.run.ExpectationCheck;
import java.util.List;
import java.util.Optional;

/** The training beside what trainings by its recipe have been measured to have. */
final class ExpectationSection implements ReportSection {
  @Override
  public String name() {
    return "expectation";
  }

  @Override
  public String summary() {
    return "early values of the training beside those that were measured of its recipe";
  }

  @Override
  public String title() {
    return "Did training begin as expected?";
  }

  @Override
  public int position() {
    return 25;
  }

  @Override
  public Optional<SectionContent> content(ReportRun run) {
    return run.expectations()
        .filter(check -> !check.findings().isEmpty())
        .map(ExpectationSection::content);
  }

  static SectionContent content(ExpectationCheck check) {
    return SectionContent.of(verdict(check), table(check));
  }

  private static Verdict verdict(ExpectationCheck check) {
    List<String> outside = check.outside();
    if (outside.isEmpty()) {
      String values = ReportNumbers.count(check.findings().size(), "value");
      return Verdict.good(
          "Yes: " + values + " as trainings by recipe '" + check.expectation().recipe() + "'.");
    }
    String others = outside.size() == 1 ? "" : ". Outside: " + outside.size() + " values";
    return Verdict.bad("No: " + outside.get(0) + others + ".");
  }

  private static ReportTable table(ExpectationCheck check) {
    return new ReportTable(
        "Expected and found",
        "Measured: " + check.expectation().measured() + ".",
        List.of("value", "update", "found", "expected"),
        check.findings().stream().map(ExpectationSection::row).toList());
  }

  private static List<String> row(ExpectationCheck.Finding finding) {
    Expectation.Value expected = finding.expected();
    return List.of(
        expected.metric(),
        ReportNumbers.of(expected.step()),
        ReportNumbers.of(finding.found()),
        ReportNumbers.of(expected.low()) + " to " + ReportNumbers.of(expected.high()));
  }
}
