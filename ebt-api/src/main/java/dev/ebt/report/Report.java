package dev.ebt.report;

import dev.ebt.config.Overrides;
import dev.ebt.error.UserException;
import dev.ebt.plugin.Catalog;
import dev.ebt.plugin.Configurations;
import dev.ebt.plugin.RunConfiguration;
import dev.ebt.run.ExpectationCheck;
import dev.ebt.run.ModelFolder;
import dev.ebt.run.RunFacts;
import dev.ebt.run.TrainedModel;
import dev.ebt.store.JsonLinesTail;
import dev.ebt.store.MetricsHistory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A report on runs: what each section has to say about each of them. Only one model is in memory at
 * a time.
 *
 * <pre>{@code
 * Report report = Report.of(catalog, ReportRequest.of(Path.of("runs/book")), progress -> {});
 * }</pre>
 *
 * @param runs in the order of the request
 * @param sections in the order of the page, those with a content or a message for some run
 */
public record Report(List<Run> runs, List<Section> sections) {
  private static final String NO_CHECKPOINT =
      "no checkpoint yet: only what its training recorded can be shown";

  /** Copies the lists. */
  public Report {
    runs = List.copyOf(runs);
    sections = List.copyOf(sections);
  }

  /**
   * A run of the report.
   *
   * @param label its name in legends
   * @param settings the settings that affect training, by path
   * @param missing why it has no sections that need its model; empty if it has
   */
  public record Run(Path path, String label, Map<String, String> settings, String missing) {}

  /**
   * A section.
   *
   * @param parts what it says about runs, in their order; runs it says nothing about are left out
   */
  public record Section(String name, String title, List<Part> parts) {}

  /**
   * What a section says about one run.
   *
   * @param label of the run
   * @param content empty if it cannot be shown
   * @param missing why it cannot be shown; empty if it can
   */
  public record Part(String label, Optional<SectionContent> content, String missing) {}

  /**
   * Writes a report.
   *
   * @param progress receives what is being computed, such as {@code book: thinking}
   * @throws UserException if a run cannot be read, or there is no such section
   */
  public static Report of(Catalog catalog, ReportRequest request, Consumer<String> progress) {
    List<ReportSection> sections = ReportSections.of(catalog).named(request.sections());
    Map<ReportSection, List<Part>> parts = new LinkedHashMap<>();
    sections.forEach(section -> parts.put(section, new ArrayList<>()));
    List<Run> runs = new ArrayList<>();
    Map<Path, String> labels = labels(request.runs());
    for (Path path : request.runs()) {
      String label = labels.getOrDefault(path, path.toString());
      Path file = ModelFolder.configuration(path);
      RunConfiguration written = Configurations.load(catalog, null, file, Overrides.none());
      MetricsHistory metrics = MetricsHistory.read(path.resolve("metrics.jsonl"));
      boolean there = ModelFolder.hasWeights(path);
      try (Opened opened = Opened.of(catalog, request, path, there)) {
        ReportRun run =
            new ReportRun(
                path,
                label,
                written,
                metrics,
                opened.model(),
                request.rows(),
                ExpectationCheck.of(
                        catalog, written, JsonLinesTail.all(path.resolve("metrics.jsonl")))
                    .orElse(null));
        parts.forEach(
            (section, said) -> {
              progress.accept(label + ": " + section.name());
              part(section, run).ifPresent(said::add);
            });
      }
      runs.add(new Run(path, label, RunFacts.settingsOf(written), there ? "" : NO_CHECKPOINT));
    }
    return new Report(
        runs,
        sections.stream()
            .filter(section -> !parts.getOrDefault(section, List.of()).isEmpty())
            .map(
                section ->
                    new Section(
                        section.name(), section.title(), parts.getOrDefault(section, List.of())))
            .toList());
  }

  private static Optional<Part> part(ReportSection section, ReportRun run) {
    try {
      return section.content(run).map(content -> new Part(run.label(), Optional.of(content), ""));
    } catch (UserException e) {
      return Optional.of(new Part(run.label(), Optional.empty(), String.valueOf(e.getMessage())));
    }
  }

  /** Returns the names of the folders; whole paths where two are the same. */
  private static Map<Path, String> labels(List<Path> runs) {
    Map<Path, String> labels = new LinkedHashMap<>();
    for (Path run : runs) {
      String name = name(run);
      boolean same = runs.stream().filter(other -> name(other).equals(name)).count() > 1;
      labels.put(run, same ? run.toString() : name);
    }
    return labels;
  }

  private static String name(Path run) {
    Path name = run.toAbsolutePath().normalize().getFileName();
    return name == null ? run.toString() : name.toString();
  }

  /** A model that is closed after use, if there is one. */
  private record Opened(@Nullable TrainedModel model) implements AutoCloseable {
    static Opened of(Catalog catalog, ReportRequest request, Path path, boolean there) {
      return new Opened(
          there
              ? TrainedModel.open(
                  catalog, path, request.checkpoint(), request.weights(), request.overrides())
              : null);
    }

    @Override
    public void close() {
      if (model != null) {
        model.close();
      }
    }
  }
}
