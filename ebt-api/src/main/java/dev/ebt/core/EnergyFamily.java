package dev.ebt.core;

import dev.ebt.energy.EnergyModel;
import dev.ebt.energy.Model;
import dev.ebt.nn.ParameterSpec;
import dev.ebt.plugin.ConfiguredModel;
import dev.ebt.plugin.ModelFamily;
import dev.ebt.predict.ComputeBudgets;
import dev.ebt.predict.DefaultStepCounts;
import dev.ebt.predict.Predictors;
import dev.ebt.predict.TargetEnergies;
import dev.ebt.predict.TargetScores;
import dev.ebt.regularize.Regularizer;
import dev.ebt.think.CompiledTargetEnergies;
import dev.ebt.think.CompiledTargetScores;
import dev.ebt.think.SelfVerification;
import dev.ebt.think.ThinkingCache;
import dev.ebt.think.ThinkingParameterSpecs;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The family of energy models, which predict by thinking. */
record EnergyFamily() implements ModelFamily {
  /** The number of steps beyond those of training at which a trained model is shown. */
  private static final int FURTHER = 2;

  @Override
  public String name() {
    return "energy";
  }

  @Override
  public String summary() {
    return "Models with an energy, which predict by thinking";
  }

  @Override
  public Class<? extends Model> type() {
    return EnergyModel.class;
  }

  @Override
  public Optional<String> usualObjective() {
    return Optional.of("s1");
  }

  @Override
  public boolean thinks() {
    return true;
  }

  @Override
  public boolean energiesAreComparable(ConfiguredModel setup) {
    return EnergyRules.energiesAreComparable(setup, (EnergyModel) setup.model());
  }

  @Override
  public Predictors predictors(ConfiguredModel setup) {
    return new ThinkingCache(
            setup.backend(),
            setup.modality(),
            (EnergyModel) setup.model(),
            setup.thinking(),
            setup.regularizers())
        .predictors();
  }

  @Override
  public Optional<TargetEnergies> targetEnergies(ConfiguredModel setup, int rows) {
    return CompiledTargetEnergies.of(
        setup.backend(), setup.modality(), (EnergyModel) setup.model(), setup.thinking(), rows);
  }

  @Override
  public Optional<TargetScores> targetScores(ConfiguredModel setup, int rows) {
    return Optional.of(
        new CompiledTargetScores(
            setup.backend(),
            setup.modality(),
            (EnergyModel) setup.model(),
            setup.thinking(),
            rows));
  }

  @Override
  public DefaultStepCounts stepCounts(ConfiguredModel setup) {
    List<Integer> plan = setup.objective().predictionPlan(setup.thinking());
    int ofTraining = setup.objective().stepPlan(setup.thinking()).size();
    int perSample = setup.thinking().optimizer().stepsPerSample();
    if (plan.size() > ofTraining || (perSample > 1 && !plan.isEmpty())) {
      return ofMany(plan.size(), perSample);
    }
    if (plan.isEmpty()) { // The objective does not think, but predicting does.
      plan = setup.thinking().plan(setup.thinking().landscapes());
    }
    int each = setup.thinking().hyperparameters().stepsPerLandscape();
    if (each > 1) { // Fewer steps would leave landscapes out.
      int all = each * setup.thinking().landscapes();
      plan = setup.thinking().plan(Math.max(plan.size(), all));
    }
    for (Regularizer regularizer : setup.regularizers()) {
      plan = regularizer.evaluationStepPlan(plan);
    }
    int steps = plan.size();
    return new DefaultStepCounts(
        steps,
        DefaultStepCounts.upTo(steps),
        DefaultStepCounts.upTo(steps + FURTHER),
        List.of(1, 2, 4),
        List.of());
  }

  /**
   * Returns the step counts where thinking takes many small steps, which training does not, or
   * several for a sample.
   */
  private static DefaultStepCounts ofMany(int steps, int perSample) {
    List<Integer> shares =
        upTo(steps, 0, steps / 4 / perSample * perSample, steps / 2 / perSample * perSample, steps);
    return new DefaultStepCounts(
        steps,
        upTo(steps, 0, steps),
        shares,
        shares,
        upTo(steps, 1, 2, 5, 10, 20, 50, 100, 200, steps).stream()
            .filter(count -> count % perSample == 0)
            .toList());
  }

  private static List<Integer> upTo(int most, Integer... counts) {
    return Stream.of(counts).filter(count -> count <= most).distinct().toList();
  }

  @Override
  public List<ParameterSpec> parameters(ConfiguredModel setup) {
    return ThinkingParameterSpecs.of(
        setup.modality(), (EnergyModel) setup.model(), setup.thinking(), setup.regularizers());
  }

  @Override
  public void check(ConfiguredModel setup, ComputeBudgets budgets) {
    budgets.steps().forEach(steps -> setup.thinking().checkSteps(steps));
    int most = Collections.max(budgets.candidates());
    if (most > 1 && !setup.modality().startsDiffer()) {
      SelfVerification.requireDifferent(
          most,
          ThinkingParameterSpecs.candidatesDiffer(
              setup.modality(),
              (EnergyModel) setup.model(),
              setup.thinking(),
              setup.regularizers()));
    }
  }

  @Override
  public void checkTraining(ConfiguredModel setup) {
    EnergyRules.checkTraining(setup, (EnergyModel) setup.model());
  }

  @Override
  public void checkPrediction(ConfiguredModel setup) {
    EnergyRules.checkPrediction(setup, (EnergyModel) setup.model());
  }
}
