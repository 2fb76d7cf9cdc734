package example.control;

import dev.ebt.experiment.Experiment;
import dev.ebt.experiment.ExperimentPlugin;
import dev.ebt.interact.Interaction;
import dev.ebt.interact.InteractivePlugin;
import dev.ebt.interact.TaskReader;
import dev.ebt.modality.Dataset;
import dev.ebt.modality.Modality;
import dev.ebt.plugin.Factory;
import java.util.List;
import java.util.Map;

/**
 * The entry point: policies that go around an obstacle to one of two goals, learned from
 * demonstrations by thinking, by regression and by diffusion.
 */
public final class ControlPlugin implements InteractivePlugin, ExperimentPlugin {
  /** Of diffusion 0.004 is better than 0.002, the rate of the others. */
  private static String training(double rate) {
    return """
      schedule: {name: cosine, warmUp: 100}
      training:
        steps: 1000
        batch: 128
        learningRate: %s
        emaDecay: 0.99
        validateEvery: 500
        validationRows: 512
        checkpointEvery: 500
      """
        .formatted(rate);
  }

  private static final String THINKING =
      """
      # A policy by thinking: an energy of a position and eight moves
      modality: {name: control, scale: 0.3}
      data: control
      model: {name: joint, layers: 2, heads: 4, width: 64, feedForward: 2}
      objective: {name: s2, steps: 2}
      thinking: {landscapes: 1, stepSize: 0.5, learnStepSize: true}
      """
          + training(0.002);

  private static final String REGRESSION =
      """
      # A policy by regression: eight moves for a position, with the least squared error
      modality: control
      data: control
      model: {name: joint-transformer, layers: 2, heads: 4, width: 64, feedForward: 2}
      objective: likelihood
      """
          + training(0.002);

  private static final String DIFFUSION =
      """
      # A policy by diffusion: eight moves for a position, from noise
      modality: control
      data: control
      model: {name: dit, layers: 2, heads: 4, width: 64, feedForward: 2}
      objective: diffusion
      """
          + training(0.004);

  @Override
  public String name() {
    return "control";
  }

  @Override
  public int spiVersion() {
    return SPI_VERSION;
  }

  @Override
  public List<Factory<? extends Modality, ?>> modalities() {
    return List.of(
        Factory.of(
            "control",
            "the next eight moves of an agent from where it is",
            ControlModality.class,
            (settings, context) -> settings));
  }

  @Override
  public List<Factory<? extends Dataset, ?>> datasets() {
    return List.of(
        Factory.of(
            "control",
            "trajectories around an obstacle to one of two goals",
            Demonstrations.Settings.class,
            (settings, context) -> new Demonstrations(settings)));
  }

  @Override
  public List<TaskReader> tasks() {
    return List.of(new RollOutTask.Reader());
  }

  @Override
  public List<Interaction<?>> interactions() {
    return List.of(new PolicyPaths());
  }

  @Override
  public List<Experiment> experiments() {
    return List.of(new PolicyExperiment());
  }

  @Override
  public Map<String, String> recipes() {
    return Map.of(
        "control-thinking", THINKING,
        "control-regression", REGRESSION,
        "control-diffusion", DIFFUSION);
  }
}
