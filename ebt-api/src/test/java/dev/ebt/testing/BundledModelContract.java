package dev.ebt.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ebt.config.Overrides;
import dev.ebt.plugin.BundledModel;
import dev.ebt.plugin.BundledModelFolders;
import dev.ebt.plugin.BundledScores;
import dev.ebt.plugin.Catalog;
import dev.ebt.predict.EvaluationResult;
import dev.ebt.run.EvaluationJob;
import dev.ebt.run.EvaluationRequest;
import dev.ebt.run.TrainedModel;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.assertj.core.data.Offset;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * The contract tests of bundled models: small, described, and as good as they were when they were
 * made. The test of a model extends this class and inherits all tests.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class BundledModelContract {
  private static final int BATCH = 16;
  private static final int LARGEST = 4 << 20;

  private @Nullable List<EvaluationResult> found;

  /** Returns a catalog of the model and of the parts that it needs. */
  protected abstract Catalog catalog();

  /** Returns the name of the model. */
  protected abstract String name();

  /** Returns how far scores may differ on other processors, as a share of themselves. */
  protected double tolerance() {
    return 2e-3;
  }

  private BundledModel model() {
    return catalog().bundledModel(name());
  }

  @Test
  final void itIsDescribedAndWithinFourMegabytes() throws IOException {
    long size = 0;
    for (String file : model().files()) {
      try (InputStream resource = model().open(file)) {
        size += resource.readAllBytes().length;
      }
    }

    assertThat(model().summary()).isNotBlank();
    assertThat(size).isLessThan(LARGEST);
  }

  @Test
  final void itsScoresAreThoseRecorded() {
    BundledScores expected = model().scores();

    assertThat(found()).hasSameSizeAs(expected.results());
    for (int i = 0; i < found().size(); i++) {
      BundledScores.Score score = expected.results().get(i);
      assertThat(found().get(i).loss()).isCloseTo(score.loss(), relatively(score.loss()));
      assertThat(found().get(i).energy()).isCloseTo(score.energy(), relatively(score.energy()));
    }
  }

  private Offset<Double> relatively(double value) {
    return within(tolerance() * Math.abs(value));
  }

  @Test
  final void thinkingLowersItsLossAndItsEnergy() {
    EvaluationResult first = found().get(0);
    EvaluationResult last = found().get(found().size() - 1);

    assertThat(last.loss()).isLessThan(first.loss());
    assertThat(last.energy()).isLessThan(first.energy());
  }

  @Test
  final void itsDataIsThatOfItsCheckpoint() {
    EvaluationRequest request = EvaluationRequest.of(BundledModelFolders.folder(model()));

    try (EvaluationJob job = EvaluationJob.begin(catalog(), request)) {
      assertThat(job.runsWithChangedData()).isEmpty();
    }
  }

  /** Returns what evaluating the model gives, at the numbers of steps of its scores. */
  protected final List<EvaluationResult> found() {
    if (found == null) {
      BundledScores scores = model().scores();
      try (TrainedModel opened =
          TrainedModel.open(
              catalog(), BundledModelFolders.folder(model()), "latest", Overrides.none())) {
        found =
            opened.evaluate(
                opened.parts().dataset().validation(), BATCH, scores.rows(), scores.steps());
      }
    }
    return found;
  }
}
