package dev.ebt.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ebt.experiment.Experiment;
import dev.ebt.experiment.ExperimentDesign;
import dev.ebt.experiment.ExperimentJob;
import dev.ebt.experiment.ExperimentResults;
import dev.ebt.experiment.Experiments;
import dev.ebt.experiment.Finding;
import dev.ebt.experiment.Outcome;
import dev.ebt.experiment.Scale;
import dev.ebt.plugin.Catalog;
import dev.ebt.sweep.PlannedRun;
import dev.ebt.sweep.RunResult;
import dev.ebt.sweep.SweepOptions;
import dev.ebt.sweep.SweepPlan;
import dev.ebt.sweep.SweepResults;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The contract tests of experiments: everything is stated in sentences before it runs, all runs are
 * valid, there are seeds, a quick one takes less, and without results nothing is told. Runs that
 * depend on others are checked for made-up results. The test of an experiment extends this class
 * and inherits all tests; none trains.
 */
public abstract class ExperimentContract {
  private static final int FEWEST_SEEDS = 3;

  /** Returns the catalog of the plugins, among them that of the experiment. */
  protected abstract Catalog catalog();

  /** Returns the name of the experiment. */
  protected abstract String experiment();

  private Experiment found() {
    return Experiments.of(catalog()).named(experiment());
  }

  private SweepPlan plan(Scale scale) {
    return ExperimentJob.plan(catalog(), found(), scale);
  }

  @Test
  final void itIsListedByANameWithASummary() {
    assertThat(found().name()).matches("[a-z0-9]+(-[a-z0-9]+)*").isNotEqualTo("list");
    assertThat(found().summary()).isNotBlank().doesNotContain("\n");
    assertThat(Experiments.of(catalog()).entries())
        .anyMatch(each -> each.name().equals(experiment()));
  }

  @Test
  final void itsDesignIsStatedInSentences() {
    ExperimentDesign design = found().design();

    assertThat(design.question()).endsWith("?");
    assertThat(List.of(design.design(), design.statistic(), design.rule()))
        .allMatch(text -> text.endsWith("."));
    assertThat(design.rule()).contains("holds", "not hold", "cannot tell");
  }

  @Test
  final void everySettingHasSeveralSeeds() {
    assertSeveralSeeds(plan(Scale.FULL));
    further(Scale.FULL).ifPresent(ExperimentContract::assertSeveralSeeds);
  }

  private static void assertSeveralSeeds(SweepPlan plan) {
    Map<Map<String, String>, Long> seeds =
        plan.runs().stream()
            .collect(Collectors.groupingBy(PlannedRun::setting, Collectors.counting()));

    assertThat(seeds.values()).allMatch(count -> count >= FEWEST_SEEDS);
  }

  /** Returns the runs that follow made-up results of the first ones. */
  private Optional<SweepPlan> further(Scale scale) {
    return ExperimentJob.further(
        found(), results(scale, RunResult.State.COMPLETE, Map.of(SweepOptions.LOSS, 2.0)));
  }

  @Test
  final void furtherRunsAreDescribedInASentenceAndFollowResults() {
    found()
        .further(Scale.FULL)
        .ifPresent(
            further -> {
              assertThat(further.description()).endsWith(".").doesNotContain("\n");
              assertThat(further(Scale.FULL)).isPresent();
            });
  }

  @Test
  final void aQuickOneTakesLess() {
    assertThat(updates(Scale.QUICK)).isLessThan(updates(Scale.FULL) / 2);
  }

  private long updates(Scale scale) {
    return Stream.concat(Stream.of(plan(scale)), further(scale).stream())
        .flatMap(plan -> plan.runs().stream())
        .mapToLong(PlannedRun::steps)
        .sum();
  }

  @Test
  final void itsRunsAreTheSameAtEveryCall() {
    assertThat(plan(Scale.FULL)).isEqualTo(plan(Scale.FULL));
    assertThat(further(Scale.FULL)).isEqualTo(further(Scale.FULL));
  }

  @Test
  final void withoutResultsItCannotTell() {
    Finding finding = found().judge(results(Scale.FULL, RunResult.State.FAILED, Map.of()));

    assertThat(finding.outcome()).isEqualTo(Outcome.CANNOT_TELL);
    assertThat(finding.sentence()).isNotBlank().endsWith(".").doesNotContain("\n");
  }

  private ExperimentResults results(
      Scale scale, RunResult.State state, Map<String, Double> metrics) {
    List<RunResult> runs =
        plan(scale).runs().stream()
            .map(
                run ->
                    new RunResult(
                        run.name(), Path.of("none"), run.values(), state, 0, metrics, "made up"))
            .toList();
    return new ExperimentResults(catalog(), scale, SweepResults.of(runs, SweepOptions.usual()));
  }
}
