package dev.ebt.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ebt.config.Overrides;
import dev.ebt.plugin.BundledModel;
import dev.ebt.plugin.Catalog;
import dev.ebt.predict.EvaluationResult;
import dev.ebt.run.BundledModels;
import dev.ebt.run.TrainedModel;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The contract tests of bundled models: small, described, and as good as they were when they were
 * made. The test of a model extends this class and inherits all tests.
 */
public abstract class BundledModelContract {
  private static final int BATCH = 16;
  private static final int LARGEST = 4 << 20;

  /** Returns a catalog of the model and of the parts that it needs. */
  protected abstract Catalog catalog();

  /** Returns the name of the model. */
  protected abstract String name();

  /** Returns how far scores may differ on other processors, as a share of the loss. */
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
    BundledModel.Scores expected = model().scores();
    List<EvaluationResult> found = evaluate(expected);

    assertThat(found).hasSameSizeAs(expected.results());
    for (int i = 0; i < found.size(); i++) {
      double loss = expected.results().get(i).loss();
      assertThat(found.get(i).loss()).isCloseTo(loss, within(tolerance() * loss));
    }
  }

  @Test
  final void thinkingLowersItsLossAndItsEnergy() {
    List<BundledModel.Score> scores = model().scores().results();

    BundledModel.Score first = scores.get(0);
    BundledModel.Score last = scores.get(scores.size() - 1);
    assertThat(last.loss()).isLessThan(first.loss());
    assertThat(last.energy()).isLessThan(first.energy());
  }

  private List<EvaluationResult> evaluate(BundledModel.Scores scores) {
    try (TrainedModel opened =
        TrainedModel.open(catalog(), BundledModels.folder(model()), "latest", Overrides.none())) {
      return opened.evaluate(
          opened.parts().dataset().validation(), BATCH, scores.rows(), scores.steps());
    }
  }
}
