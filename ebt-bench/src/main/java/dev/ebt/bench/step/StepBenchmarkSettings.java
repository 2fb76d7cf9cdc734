package dev.ebt.bench.step;

import static dev.ebt.interact.OptionChecks.check;
import static dev.ebt.interact.OptionChecks.positive;

import dev.ebt.bench.synthetic.ConditioningOption;
import dev.ebt.bench.synthetic.PlaceholderTokenizer;
import dev.ebt.error.Required;
import dev.ebt.model.AutoregressiveEnergy;
import dev.ebt.model.TransformerPlusPlus;
import dev.ebt.model.TransformerSettings;
import dev.ebt.model.TransformerSettings.LandscapeConditioning;
import dev.ebt.optimize.AdamW;
import dev.ebt.optimize.CosineSchedule;
import dev.ebt.step.ThinkingMethod;
import dev.ebt.text.TextModality;
import dev.ebt.text.TextSettings;
import dev.ebt.train.EnergyObjective;
import dev.ebt.train.MaximumLikelihood;
import dev.ebt.train.ParameterUpdateRule;
import dev.ebt.train.TrainingProblem;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/**
 * The configuration of a step benchmark: a text EBT with random tokens.
 *
 * @param objective {@code s1}, {@code s2} or {@code unrolled}
 * @param conditioning {@code none} or {@code time_embed}
 * @param steps numbers of thinking steps to compare; 0 is the baseline of the same size,
 *     Transformer++, which does not think
 * @param repeat number of training steps after the first, for each number of thinking steps
 * @param recompute whether activations of layers are computed again for gradients
 */
public record StepBenchmarkSettings(
    String objective,
    String conditioning,
    int layers,
    int width,
    int heads,
    int batch,
    int length,
    int vocabulary,
    List<Integer> steps,
    int repeat,
    boolean recompute) {
  private static final Map<String, Function<EnergyObjective.Settings, EnergyObjective>> OBJECTIVES =
      Map.of(
          "s1", EnergyObjective::system1,
          "s2", EnergyObjective::system2,
          "unrolled", EnergyObjective::unrolled);

  /** Refuses invalid sizes; the model checks its own settings. */
  public StepBenchmarkSettings {
    steps = steps.stream().distinct().sorted().toList();
    positive("--batch", batch);
    positive("--length", length);
    check("--vocab", vocabulary, vocabulary >= 2, "at least 2");
    check("--steps", steps.get(0), steps.get(0) >= 0, "at least 0");
    positive("--repeat", repeat);
    ConditioningOption.check(conditioning);
    check("--objective", objective, OBJECTIVES.containsKey(objective), "s1, s2 or unrolled");
  }

  /** Returns the rule by which gradients update the parameters. */
  ParameterUpdateRule rule() {
    return ParameterUpdateRule.of(
            new AdamW(0.9, 0.999, 1e-8, 0.01), new CosineSchedule(10, 1000, 0.1), 1e-3)
        .clippedTo(1)
        .recomputing(recompute);
  }

  /**
   * Returns the training problem for a number of thinking steps; the parameters are the same for
   * all but 0.
   */
  TrainingProblem problem(int count) {
    TextModality modality =
        new TextModality(
            new TextSettings(length, null, null, null), new PlaceholderTokenizer(vocabulary));
    if (count == 0) {
      return new TrainingProblem(
          modality,
          new TransformerPlusPlus(TransformerSettings.of(layers, heads, width)),
          new MaximumLikelihood(),
          new ThinkingMethod(1, 1.0, false, null, null, null),
          List.of());
    }
    int landscapes = Math.max(1, steps.get(steps.size() - 1));
    return new TrainingProblem(
        modality,
        new AutoregressiveEnergy(energy(), landscapes),
        Required.of(OBJECTIVES, objective).apply(new EnergyObjective.Settings(count)),
        new ThinkingMethod(landscapes, 500.0, true, null, null, null),
        List.of());
  }

  private TransformerSettings energy() {
    return TransformerSettings.of(layers, heads, width)
        .with(LandscapeConditioning.valueOf(conditioning.toUpperCase(Locale.ROOT)));
  }
}
