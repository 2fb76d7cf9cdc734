package dev.ebt.report.section;

import dev.ebt.report.ReportPlugin;
import dev.ebt.report.ReportSection;
import java.util.List;

/** The plugin that provides the sections for any modality. */
public final class StandardSections implements ReportPlugin {
  @Override
  public String name() {
    return "report";
  }

  @Override
  public int spiVersion() {
    return SPI_VERSION;
  }

  @Override
  public List<ReportSection> reportSections() {
    return List.of(
        new SummarySection(),
        new TrainingSection(),
        new ExpectationSection(),
        new ThinkingSection(),
        new LandscapeSection(),
        new ConfidenceSection(),
        new ProvenanceSection());
  }
}
