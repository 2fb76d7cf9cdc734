package dev.ebt.core;

import dev.ebt.diffusion.DenoisingErrors;
import dev.ebt.diffusion.DenoisingFunction;
import dev.ebt.diffusion.DiffusionObjective;
import dev.ebt.diffusion.DiffusionPredictor;
import dev.ebt.diffusion.SamplerSettings;
import dev.ebt.energy.DenoisingModel;
import dev.ebt.energy.Model;
import dev.ebt.nn.ParameterSpec;
import dev.ebt.nn.Parameters;
import dev.ebt.plugin.ConfiguredModel;
import dev.ebt.plugin.ModelFamily;
import dev.ebt.predict.ComputeBudgets;
import dev.ebt.predict.DefaultStepCounts;
import dev.ebt.predict.Predictors;
import dev.ebt.predict.TargetScores;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The family of diffusion models, which predict by removing noise. */
record DiffusionFamily() implements ModelFamily {
  private static final int EVALUATIONS = 50;

  @Override
  public String name() {
    return "diffusion";
  }

  @Override
  public String summary() {
    return "Models that predict the noise in a candidate, and remove it step by step";
  }

  @Override
  public Class<? extends Model> type() {
    return DenoisingModel.class;
  }

  @Override
  public Optional<String> usualObjective() {
    return Optional.of("diffusion");
  }

  @Override
  public Predictors predictors(ConfiguredModel setup) {
    return rows ->
        new DiffusionPredictor(
            setup.backend(), setup.modality(), model(setup), sampling(setup), rows);
  }

  @Override
  public DefaultStepCounts stepCounts(ConfiguredModel setup) {
    int passes = sampling(setup).passes();
    int most = times(setup);
    return new DefaultStepCounts(
        passes * Math.min(EVALUATIONS, most),
        multiples(passes, most, 0, 1, 10),
        multiples(passes, most, 0, 1, 10, 50),
        multiples(passes, most, 1, 10, 50, 100),
        multiples(passes, most, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000));
  }

  @Override
  public List<ParameterSpec> parameters(ConfiguredModel setup) {
    return DenoisingFunction.parameters(setup.modality(), model(setup));
  }

  @Override
  public void check(ConfiguredModel setup, ComputeBudgets budgets) {
    budgets.checkCandidates(thinks());
    int times = times(setup);
    budgets.steps().forEach(steps -> sampling(setup).check(steps, times));
  }

  @Override
  public Optional<TargetScores> targetScores(ConfiguredModel setup, int rows) {
    return Optional.of(new DenoisingErrors(setup.backend(), setup.modality(), model(setup), rows));
  }

  private static DenoisingModel model(ConfiguredModel setup) {
    return (DenoisingModel) setup.model();
  }

  /** Returns the number of times in the reverse process. */
  private static int times(ConfiguredModel setup) {
    return DenoisingFunction.of(setup.modality(), model(setup), new Parameters())
            .modality()
            .latestTime()
        + 1;
  }

  /** Returns the sampler settings of the objective, or the defaults if it is of another kind. */
  private static SamplerSettings sampling(ConfiguredModel setup) {
    return setup.objective() instanceof DiffusionObjective diffusion
        ? diffusion.sampling()
        : new SamplerSettings(null, null, null);
  }

  private static List<Integer> multiples(int passes, int most, Integer... counts) {
    return Stream.of(counts).map(count -> passes * Math.min(count, most)).distinct().toList();
  }
}
