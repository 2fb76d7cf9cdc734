package dev.ebt.report.section;

import dev.ebt.plugin.RunConfiguration;
import dev.ebt.report.ReportNumbers;
import dev.ebt.report.ReportRun;
import dev.ebt.report.ReportSection;
import dev.ebt.report.ReportTable;
import dev.ebt.report.SectionContent;
import dev.ebt.report.Verdict;
import dev.ebt.run.RunParts;
import dev.ebt.run.TrainedModel;
import dev.ebt.store.CheckpointMetadata;
import dev.ebt.store.MetricsHistory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What the numbers of a run depend on: configuration, data, seed, versions, machine. */
final class ProvenanceSection implements ReportSection {
  private static final int HASH = 12;

  /** Facts of the provenance that are in the table anyway. */
  private static final Set<String> RECORDED = Set.of("configuration", "seed", "data", "modality");

  @Override
  public String name() {
    return "provenance";
  }

  @Override
  public String summary() {
    return "configuration, data, seed, versions and machine of a run";
  }

  @Override
  public String title() {
    return "Where does it come from?";
  }

  @Override
  public int position() {
    return 90;
  }

  @Override
  public Optional<SectionContent> content(ReportRun run) {
    Facts facts = new Facts();
    facts.add("folder", run.path().toString());
    configuration(run.configuration(), facts);
    run.model().ifPresent(model -> model(model, facts));
    metrics(run.metrics(), facts);
    return Optional.of(SectionContent.of(verdict(run), facts.table()));
  }

  private static Verdict verdict(ReportRun run) {
    if (run.model().isEmpty()) {
      return Verdict.neutral("Not known before the first checkpoint.");
    }
    Map<String, String> provenance = run.model().get().progress().provenance();
    if (provenance.isEmpty()) {
      return Verdict.neutral(
          "Trained with seed "
              + run.model().get().progress().seed()
              + ", by a version of ebt that did not record its machine.");
    }
    return Verdict.neutral(
        "Trained by ebt "
            + run.model().get().progress().version()
            + " with seed "
            + run.model().get().progress().seed()
            + "; 'ebt replay' repeats it and compares the numbers.");
  }

  private static void configuration(RunConfiguration configuration, Facts facts) {
    facts.add("modality", configuration.modality().name());
    facts.add("data", configuration.data().name());
    facts.add("model", configuration.model().name());
    facts.add("objective", configuration.objective().name());
    facts.add("seed", String.valueOf(configuration.seed()));
  }

  private static void model(TrainedModel model, Facts facts) {
    RunParts parts = model.parts();
    CheckpointMetadata progress = model.progress();
    facts.add("parameters", ReportNumbers.of(parts.parameterCount()));
    facts.add("thinking steps of a prediction", String.valueOf(parts.steps().taken()));
    facts.add("updates", ReportNumbers.of(progress.step()));
    facts.add("rows of training data read", ReportNumbers.of(progress.rows()));
    Double loss = progress.validationLoss();
    if (loss != null) {
      facts.add("validation loss of the checkpoint", ReportNumbers.of(loss));
    }
    facts.add("hash of the configuration", shortened(progress.configuration()));
    progress
        .parts()
        .forEach(
            (part, identity) -> {
              if (!identity.fingerprint().isEmpty()) {
                facts.add("fingerprint of the " + part, shortened(identity.fingerprint()));
              }
            });
    progress
        .provenance()
        .forEach(
            (name, value) -> {
              if (!RECORDED.contains(name)) {
                facts.add(name, value);
              }
            });
  }

  private static void metrics(MetricsHistory metrics, Facts facts) {
    if (metrics.rows().isEmpty()) {
      facts.add("recorded metrics", "none");
      return;
    }
    MetricsHistory.Row last = metrics.rows().get(metrics.rows().size() - 1);
    facts.add(
        "recorded metrics",
        ReportNumbers.count(metrics.rows().size(), "row")
            + ", the last at update "
            + ReportNumbers.of(last.step()));
    if (metrics.damaged() > 0) {
      facts.add("damaged rows left out", ReportNumbers.of(metrics.damaged()));
    }
  }

  private static String shortened(String hash) {
    return hash.length() > HASH ? hash.substring(0, HASH) + "…" : hash;
  }

  /** The rows of the table. */
  private static final class Facts {
    private final List<List<String>> rows = new ArrayList<>();

    void add(String name, String value) {
      rows.add(List.of(name, value));
    }

    ReportTable table() {
      return new ReportTable("Facts", "", List.of("", "value"), rows);
    }
  }
}
