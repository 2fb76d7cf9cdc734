package dev.ebt.bench.bundled;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ebt.config.Overrides;
import dev.ebt.plugin.Catalog;
import dev.ebt.plugin.Plugins;
import dev.ebt.predict.EvaluationResult;
import dev.ebt.run.TrainedModel;
import dev.ebt.testing.BundledModelContract;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The model that commands open where no run is named. */
class BracketsModelTest extends BundledModelContract {
  @Override
  protected Catalog catalog() {
    return Plugins.discover(List.of());
  }

  @Override
  protected String name() {
    return Brackets.NAME;
  }

  @Test
  void everyStepLowersItsEnergy() {
    assertThat(found()).extracting(result -> -result.energy()).isSorted();
  }

  @Test
  void itIsWithinATenthOfTheBestPossibleLossAndBetterForThinking() {
    try (TrainedModel model = Brackets.open(Overrides.none())) {
      double best = model.parts().dataset().bestLoss().orElseThrow();
      assertThat(found().get(3).loss()).isLessThan(found().get(1).loss()).isLessThan(1.1 * best);
    }
  }

  @Test
  void theReferenceBackendThinksTheSame() {
    List<EvaluationResult> fast = evaluate(Overrides.none());
    List<EvaluationResult> exact = evaluate(Overrides.of("backend.name=reference"));

    for (int i = 0; i < fast.size(); i++) {
      assertThat(fast.get(i).loss()).isCloseTo(exact.get(i).loss(), within(1e-3));
      assertThat(fast.get(i).energy()).isCloseTo(exact.get(i).energy(), within(1e-3));
    }
  }

  private List<EvaluationResult> evaluate(Overrides overrides) {
    List<Integer> steps = catalog().bundledModel(name()).scores().steps();
    try (TrainedModel model = Brackets.open(overrides)) {
      return model.evaluate(model.parts().dataset().validation(), 16, 4, steps);
    }
  }

  @Test
  void oneThreadAnswersUnlessAnotherNumberIsSetAndAllEvaluate() {
    assertThat(threads(Brackets.open(Overrides.none())))
        .startsWith(Runtime.getRuntime().availableProcessors() + " per operation");
    assertThat(threads(Brackets.openForInference(Overrides.none())))
        .startsWith("1 per operation, 1 ");
    assertThat(threads(Brackets.openForInference(Overrides.of("backend.intraThreads=3"))))
        .startsWith("3 per operation, 1 ");
  }

  private static String threads(TrainedModel opened) {
    try (TrainedModel model = opened) {
      return model.backend().description().get("threads");
    }
  }
}
