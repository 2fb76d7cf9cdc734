package dev.ebt.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ebt.plugin.Catalog;
import dev.ebt.report.Block;
import dev.ebt.report.Chart;
import dev.ebt.report.Report;
import dev.ebt.report.ReportRequest;
import dev.ebt.report.ReportSection;
import dev.ebt.report.ReportSections;
import dev.ebt.report.SectionContent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The contract tests of sections of reports: one sentence that says what is to be seen, blocks with
 * captions, the same at every call, and nothing where there is nothing to show. The test of a
 * section extends this class and inherits all tests.
 */
public abstract class ReportSectionContract {
  @TempDir private Path folder;

  /** Returns the catalog of the plugins, among them that of the section. */
  protected abstract Catalog catalog();

  /** Returns the name of the section. */
  protected abstract String section();

  /** Returns a trained run that the section has a content for. */
  protected abstract Path run();

  /** Returns a trained run that the section has nothing to show of, if there is one. */
  protected abstract Optional<Path> other();

  /** Returns the greatest number of validation examples. */
  protected int rows() {
    return 12;
  }

  private Optional<SectionContent> content(Path run) {
    ReportRequest request = ReportRequest.of(run).withRows(rows()).withSections(section());
    Report report = Report.of(catalog(), request, what -> {});
    for (Report.Section section : report.sections()) {
      if (section.name().equals(section())) {
        Report.Part part = section.parts().get(0);
        assertThat(part.missing()).isEmpty();
        return part.content();
      }
    }
    return Optional.empty();
  }

  @Test
  final void itIsListedByANameWithASummaryAndATitle() {
    ReportSection found =
        ReportSections.of(catalog()).all().stream()
            .filter(each -> each.name().equals(section()))
            .findFirst()
            .orElseThrow();

    assertThat(found.name()).matches("[a-z0-9]+(-[a-z0-9]+)*");
    assertThat(found.summary()).isNotBlank().doesNotContain("\n");
    assertThat(found.title()).isNotBlank().doesNotContain("\n");
  }

  @Test
  final void itSaysWhatIsToBeSeen() {
    SectionContent content = content(run()).orElseThrow();

    assertThat(content.verdict().sentence()).isNotBlank().endsWith(".").doesNotContain("\n");
    for (Block block : content.blocks()) {
      assertThat(block.title()).isNotBlank();
      if (block instanceof Chart chart) {
        assertThat(chart.name()).matches("[A-Za-z0-9.]+(-[A-Za-z0-9.]+)*");
        assertThat(chart.series()).isNotEmpty().noneMatch(series -> series.isEmpty());
        assertThat(List.of(chart.x().label(), chart.y().label())).noneMatch(String::isBlank);
      }
    }
  }

  @Test
  final void itIsTheSameAtEveryCall() {
    SectionContent content = content(run()).orElseThrow();

    assertThat(content(run()).orElseThrow())
        .usingRecursiveComparison()
        .withEqualsForType((a, b) -> Double.compare(a, b) == 0, Double.class) // NaN is a value.
        .isEqualTo(content);
  }

  @Test
  final void aRunWithoutACheckpointIsNoObstacle() throws IOException {
    for (String file : List.of("config.yaml", "metrics.jsonl")) {
      Files.copy(run().resolve(file), folder.resolve(file));
    }
    if (Files.isDirectory(run().resolve("parts"))) {
      Files.createDirectory(folder.resolve("parts"));
      try (var parts = Files.list(run().resolve("parts"))) {
        for (Path part : parts.toList()) {
          Files.copy(part, folder.resolve("parts").resolve(part.getFileName()));
        }
      }
    }

    content(folder).ifPresent(content -> assertThat(content.verdict().sentence()).isNotBlank());
  }

  @Test
  final void itHasNothingToShowOfAnotherRun() {
    other().ifPresent(run -> assertThat(content(run)).isEmpty());
  }
}
