package dev.ebt.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ebt.config.Overrides;
import dev.ebt.energy.EnergyTerm;
import dev.ebt.error.UserException;
import dev.ebt.inference.EbtModel;
import dev.ebt.inference.InferenceLimits;
import dev.ebt.inference.Thinking;
import dev.ebt.inference.Thought;
import dev.ebt.nn.Parameters;
import dev.ebt.plugin.Plugins;
import dev.ebt.select.LargestFall;
import dev.ebt.stop.EvaluationBudget;
import dev.ebt.stop.GradientSmall;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.NamedTensors;
import dev.ebt.tensor.Shape;
import dev.ebt.tensor.Tensor;
import dev.ebt.testing.InferenceAdapterContract;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a call changes about the thinking of its model: the same as if loaded with it. */
@Timeout(60)
class ThinkingVariationTest {
  private static final Thinking THINKING =
      Thinking.steps(3).candidates(3).maxTokens(4).temperature(2).seed(5);

  @TempDir static Path folder;
  private static Path run;
  private static EbtModel model;

  @BeforeAll
  static void load() throws IOException {
    run = Tiny.in(folder).trained("run");
    model = EbtModel.load(run);
  }

  @AfterAll
  static void close() {
    model.close();
  }

  private static Thought loadedWith(String setting, Thinking thinking) {
    try (EbtModel loaded =
        EbtModel.load(
            Plugins.discover(List.of()),
            run,
            "latest",
            Overrides.of(setting),
            InferenceLimits.defaults())) {
      return loaded.think("line ", thinking);
    }
  }

  @Test
  void stepsAreScaled() {
    Thought doubled = loadedWith("thinking.stepSize=0.25", THINKING.stepSizeScale(2));

    InferenceAdapterContract.assertSame(doubled, loadedWith("thinking.stepSize=0.5", THINKING));
    assertThat(doubled.energies())
        .isNotEqualTo(loadedWith("thinking.stepSize=0.25", THINKING).energies());
  }

  @Test
  void anotherRuleStops() {
    Thought stopped = model.think("line ", THINKING.stoppingRule(new EvaluationBudget(2)));

    assertThat(stopped)
        .isEqualTo(loadedWith("thinking.stop={name: budget, evaluations: 2}", THINKING));
    assertThat(stopped.evaluations()).isLessThan(model.think("line ", THINKING).evaluations());
  }

  @Test
  void anotherSelectionChooses() {
    assertThat(model.think("line ", THINKING.selection(new LargestFall())))
        .isEqualTo(loadedWith("thinking.select=largest-fall", THINKING));
  }

  /** Makes one token unlikely. */
  private record Unlikely(int token) implements EnergyTerm {
    @Override
    public Tensor energy(
        NamedTensors observed, Tensor modelInput, Tensor landscape, Parameters parameters) {
      int last = modelInput.shape().rank() - 1;
      double[] which = new double[modelInput.shape().size(last)];
      which[token] = 1;
      return modelInput.times(Tensor.constant(Array.of(Shape.of(which.length), which))).sum(last);
    }
  }

  @Test
  void anAddedEnergyMakesTextUnlikely() {
    Thinking greedy = Thinking.steps(3).maxTokens(8).temperature(0);
    String wanted = model.think("line ", greedy.energy(new Unlikely('t'), -1000)).text();
    String other = model.think("line ", greedy.energy(new Unlikely('o'), -1000)).text();

    assertThat(wanted).isEqualTo("tttttttt");
    assertThat(other).isEqualTo("oooooooo");
    assertThat(model.think("line ", greedy.energy(new Unlikely('t'), 0)).text())
        .isEqualTo(model.think("line ", greedy).text());
  }

  @Test
  void whatHasNoEffectIsRefused() {
    assertThatThrownBy(() -> model.think("a", Thinking.steps(1).selection(new LargestFall())))
        .isInstanceOf(UserException.class)
        .hasMessage("candidates is 1; at least 2 with a selection among them expected");
    assertThatThrownBy(
            () ->
                model.think("a", Thinking.steps(1).tolerance(1).stoppingRule(new GradientSmall(1))))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("use one of them");
  }

  @Test
  void programsOfTooManyWaysAreRefused() {
    try (EbtModel varied = EbtModel.load(run)) {
      Thinking one = Thinking.steps(1).maxTokens(1);
      for (int i = 1; i <= 16; i++) {
        varied.think("a", one.stoppingRule(new GradientSmall(i)));
      }
      assertThatThrownBy(() -> varied.think("a", one.stoppingRule(new GradientSmall(17))))
          .isInstanceOf(UserException.class)
          .hasMessageContaining("16 combinations");
      assertThat(varied.think("a", one.stoppingRule(new GradientSmall(16))).predictions())
          .hasSize(1);
    }
  }
}
