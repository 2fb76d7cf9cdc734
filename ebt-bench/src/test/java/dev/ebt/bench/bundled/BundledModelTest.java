package dev.ebt.bench.bundled;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ebt.config.Overrides;
import dev.ebt.plugin.Plugins;
import dev.ebt.run.TrainedModel;
import dev.ebt.think.Evaluation;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The model that ships stays loadable, and as good as it was when it was made. */
class BundledModelTest {
  @Test
  void itsScoresAreThoseRecordedAndEveryStepLowersItsEnergy() {
    List<BundledModel.Score> expected = BundledModel.scores();
    List<Evaluation.Result> found = evaluate(BundledModel.EXAMPLES, Overrides.none());

    assertThat(found).hasSameSizeAs(expected);
    for (int i = 0; i < found.size(); i++) {
      assertThat(found.get(i).loss()).isCloseTo(expected.get(i).loss(), within(2e-3));
      assertThat(found.get(i).energy()).isCloseTo(expected.get(i).energy(), within(2e-3));
    }
    assertThat(found).extracting(r -> -r.energy()).isSorted();
  }

  @Test
  void itIsWithinATenthOfTheBestPossibleLossAndBetterForThinking() {
    try (TrainedModel model = open(Overrides.none())) {
      double best = model.parts().dataset().bestLoss().orElseThrow();
      List<BundledModel.Score> scores = BundledModel.scores();
      assertThat(scores.get(3).loss()).isLessThan(scores.get(1).loss()).isLessThan(1.1 * best);
    }
  }

  @Test
  void theReferenceBackendThinksTheSame() {
    List<Evaluation.Result> fast = evaluate(4, Overrides.none());
    List<Evaluation.Result> exact = evaluate(4, Overrides.of("backend.name=reference"));

    for (int i = 0; i < fast.size(); i++) {
      assertThat(fast.get(i).loss()).isCloseTo(exact.get(i).loss(), within(1e-3));
      assertThat(fast.get(i).energy()).isCloseTo(exact.get(i).energy(), within(1e-3));
    }
  }

  private static List<Evaluation.Result> evaluate(int examples, Overrides overrides) {
    try (TrainedModel model = open(overrides)) {
      return model.evaluate(
          model.parts().dataset().validation(),
          16,
          examples,
          BundledModel.scores().stream().map(BundledModel.Score::steps).toList());
    }
  }

  private static TrainedModel open(Overrides overrides) {
    return BundledModel.open(Plugins.discover(List.of()), overrides);
  }
}
