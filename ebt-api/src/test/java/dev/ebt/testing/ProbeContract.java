package dev.ebt.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ebt.interact.Probe;
import dev.ebt.run.RunParts;
import org.junit.jupiter.api.Test;

/**
 * The contract tests of probes: shares of examples that were not fitted to, beside baselines, that
 * are the same at every call. The test of a probe extends this class and inherits all tests.
 */
public abstract class ProbeContract {
  /** Returns the probe. */
  protected abstract Probe probe();

  /** Returns a model that the probe is for, whose parameters have values on the backend. */
  protected abstract RunParts model();

  /** Returns a model that the probe is not for. */
  protected abstract RunParts other();

  /** Returns the greatest number of examples to fit to, and to evaluate on. */
  protected int rows() {
    return 20;
  }

  @Test
  final void itIsListedByANameWithASummary() {
    assertThat(probe().name()).matches("[a-z0-9]+(-[a-z0-9]+)*");
    assertThat(probe().summary()).isNotBlank().doesNotContain("\n");
    assertThat(probe().subject()).isNotBlank();
  }

  @Test
  final void itIsForSomeModelsOnly() {
    assertThat(probe().supports(model())).isTrue();
    assertThat(probe().supports(other())).isFalse();
  }

  @Test
  final void accuraciesAreSharesBesideBaselines() {
    Probe.Results results = probe().probe(model(), rows());

    assertThat(results.classes()).isGreaterThan(1);
    assertThat(results.fitted()).isBetween(1, rows());
    assertThat(results.evaluated()).isBetween(1, rows());
    assertThat(results.model().share()).isBetween(0.0, 1.0);
    assertThat(results.baselines()).isNotEmpty();
    assertThat(results.baselines().stream().map(Probe.Baseline::name)).doesNotHaveDuplicates();
    assertThat(results.baselines())
        .allSatisfy(each -> assertThat(each.accuracy().share()).isBetween(0.0, 1.0));
  }

  @Test
  final void resultsAreTheSameAtEveryCall() {
    assertThat(probe().probe(model(), rows()).model().share())
        .isEqualTo(probe().probe(model(), rows()).model().share());
  }
}
