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
import java.util.Locale;
import java.util.Optional;

/** What was trained on what: the model, the data, and where both come from. */
final class SummarySection implements ReportSection {
  private static final int HASH = 12;

  @Override
  public String name() {
    return "summary";
  }

  @Override
  public String summary() {
    return "model, data and provenance of a run";
  }

  @Override
  public String title() {
    return "What is this?";
  }

  @Override
  public int position() {
    return 10;
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
    RunConfiguration configuration = run.configuration();
    String what =
        String.format(
            Locale.ROOT,
            "A model '%s' for %s, trained on '%s' with objective '%s'",
            configuration.model().name(),
            configuration.modality().name(),
            configuration.data().name(),
            configuration.objective().name());
    if (run.model().isEmpty()) {
      return Verdict.bad(
          what
              + ". It has no checkpoint yet, so that only what its training recorded can be shown.");
    }
    long step = run.model().get().progress().step();
    long planned = configuration.training().steps();
    String progress =
        step < planned
            ? ReportNumbers.of(step) + " of " + ReportNumbers.count(planned, "planned update")
            : ReportNumbers.count(step, "update");
    return Verdict.neutral(
        what
            + ": "
            + ReportNumbers.count(run.model().get().parts().parameterCount(), "parameter")
            + ", "
            + progress
            + ".");
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
    facts.add("trained by ebt", progress.version());
    facts.add("hash of the configuration", shortened(progress.configuration()));
    progress
        .parts()
        .forEach(
            (part, identity) -> {
              if (!identity.fingerprint().isEmpty()) {
                facts.add("fingerprint of the " + part, shortened(identity.fingerprint()));
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
