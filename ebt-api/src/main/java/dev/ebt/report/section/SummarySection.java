package dev.ebt.report.section;

import dev.ebt.plugin.RunConfiguration;
import dev.ebt.report.ReportNumbers;
import dev.ebt.report.ReportRun;
import dev.ebt.report.ReportSection;
import dev.ebt.report.SectionContent;
import dev.ebt.report.Verdict;
import java.util.Locale;
import java.util.Optional;

/** What was trained on what, in one sentence. */
final class SummarySection implements ReportSection {
  @Override
  public String name() {
    return "summary";
  }

  @Override
  public String summary() {
    return "model, data and length of the training in one sentence";
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
    return Optional.of(SectionContent.of(verdict(run)));
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
}
