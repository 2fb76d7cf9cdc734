package dev.ebt.bench.bundled;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ebt.config.Overrides;
import dev.ebt.plugin.Plugins;
import dev.ebt.predict.EvaluationResult;
import dev.ebt.run.TrainedModel;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The model that ships stays loadable, and as good as it was when it was made. */
class BundledModelTest {
  @Test
  void itsScoresAreThoseRecordedAndEveryStepLowersItsEnergy() {
    List<BundledModel.Score> expected = BundledModel.scores();
    List<EvaluationResult> found = evaluate(BundledModel.EXAMPLES, Overrides.none());

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
    List<EvaluationResult> fast = evaluate(4, Overrides.none());
    List<EvaluationResult> exact = evaluate(4, Overrides.of("backend.name=reference"));

    for (int i = 0; i < fast.size(); i++) {
      assertThat(fast.get(i).loss()).isCloseTo(exact.get(i).loss(), within(1e-3));
      assertThat(fast.get(i).energy()).isCloseTo(exact.get(i).energy(), within(1e-3));
    }
  }

  @Test
  void oneThreadAnswersUnlessAnotherNumberIsSetAndAllEvaluate() {
    assertThat(threads(open(Overrides.none())))
        .startsWith(Runtime.getRuntime().availableProcessors() + " per operation");
    assertThat(threads(openForInference(Overrides.none()))).startsWith("1 per operation, 1 ");
    assertThat(threads(openForInference(Overrides.of("backend.intraThreads=3"))))
        .startsWith("3 per operation, 1 ");
  }

  private static String threads(TrainedModel opened) {
    try (TrainedModel model = opened) {
      return model.backend().description().get("threads");
    }
  }

  private static TrainedModel openForInference(Overrides overrides) {
    return BundledModel.openForInference(Plugins.discover(List.of()), overrides);
  }

  private static List<EvaluationResult> evaluate(int examples, Overrides overrides) {
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
