package dev.ebt.core;

import dev.ebt.backend.Backend;
import dev.ebt.backend.reference.ReferenceBackend;
import dev.ebt.diffusion.DiffusionObjective;
import dev.ebt.diffusion.SamplerSettings;
import dev.ebt.energy.EnergyTerm;
import dev.ebt.energy.Model;
import dev.ebt.modality.Metric;
import dev.ebt.model.AutoregressiveEnergy;
import dev.ebt.model.BidirectionalEnergy;
import dev.ebt.model.BidirectionalEnergySettings;
import dev.ebt.model.BidirectionalSettings;
import dev.ebt.model.DiffusionTransformer;
import dev.ebt.model.JointEnergy;
import dev.ebt.model.JointEnergySettings;
import dev.ebt.model.JointSettings;
import dev.ebt.model.MlpEnergy;
import dev.ebt.model.TransformerEncoder;
import dev.ebt.model.TransformerPlusPlus;
import dev.ebt.model.TransformerSettings;
import dev.ebt.monitor.Monitor;
import dev.ebt.nn.RegressionErrors;
import dev.ebt.objective.Objective;
import dev.ebt.optimize.GradientTransform;
import dev.ebt.optimize.LearningRateSchedule;
import dev.ebt.optimize.Optimizer;
import dev.ebt.plugin.EbtPlugin;
import dev.ebt.plugin.Factory;
import dev.ebt.plugin.ModelFamily;
import dev.ebt.select.Repulsion;
import dev.ebt.select.Selection;
import dev.ebt.stop.StoppingRule;
import dev.ebt.tensor.Functions;
import dev.ebt.tensor.Tensor;
import dev.ebt.train.EnergyObjective;
import dev.ebt.train.MatchingObjective;
import dev.ebt.train.MatchingSettings;
import dev.ebt.train.MaximumLikelihood;
import dev.ebt.train.PairedObjective;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The plugin with the parts that are included in {@code ebt-api} itself. */
public final class CorePlugin implements EbtPlugin {
  /** The empty settings of parts without settings. */
  record NoSettings() {}

  @Override
  public String name() {
    return "core";
  }

  @Override
  public int spiVersion() {
    return SPI_VERSION;
  }

  @Override
  public List<Factory<? extends Optimizer, ?>> optimizers() {
    return OptimizationParts.optimizers();
  }

  @Override
  public List<Factory<? extends GradientTransform, ?>> transforms() {
    return OptimizationParts.transforms();
  }

  @Override
  public List<Factory<? extends LearningRateSchedule, ?>> schedules() {
    return OptimizationParts.schedules();
  }

  @Override
  public List<Factory<? extends StoppingRule, ?>> stoppingRules() {
    return ThinkingParts.stoppingRules();
  }

  @Override
  public List<Factory<? extends EnergyTerm, ?>> energies() {
    return List.of(
        Factory.of(
            "run",
            "The energy of another run's model",
            RunEnergySettings.class,
            (settings, context) ->
                context.energy(context.file(settings.path()), settings.checkpoint())));
  }

  @Override
  public List<Factory<? extends Selection, ?>> selections() {
    return ThinkingParts.selections();
  }

  @Override
  public List<Factory<? extends Repulsion, ?>> repulsions() {
    return ThinkingParts.repulsions();
  }

  @Override
  public List<Factory<? extends Model, ?>> models() {
    return List.of(
        Factory.of(
            "autoregressive",
            "The autoregressive Energy-Based Transformer",
            TransformerSettings.class,
            (settings, context) -> new AutoregressiveEnergy(settings, context.landscapes())),
        Factory.of(
            "transformer",
            "Transformer++, the baseline that predicts the next element directly",
            TransformerSettings.class,
            (settings, context) -> new TransformerPlusPlus(settings)),
        Factory.of(
            "bidirectional",
            "The bidirectional Energy-Based Transformer with adaLN-Zero, for images",
            BidirectionalEnergySettings.class,
            (settings, context) -> new BidirectionalEnergy(settings)),
        Factory.of(
            "dit",
            "The Diffusion Transformer (DiT), the diffusion baseline for images",
            BidirectionalSettings.class,
            (settings, context) -> new DiffusionTransformer(settings)),
        Factory.of(
            JointEnergy.NAME,
            "The Energy-Based Transformer of several positions that are thought about together",
            JointEnergySettings.class,
            (settings, context) ->
                JointEnergy.of(settings, context.modality(), context.landscapes())),
        Factory.of(
            "mlp",
            "A multilayer perceptron as an energy, for plain vectors",
            MlpEnergy.Settings.class,
            (settings, context) -> new MlpEnergy(settings)),
        Factory.of(
            TransformerEncoder.NAME,
            "The baseline of joint, which predicts all positions at once",
            JointSettings.class,
            (settings, context) -> TransformerEncoder.of(settings, context.modality())));
  }

  @Override
  public List<ModelFamily> families() {
    return List.of(new EnergyFamily(), new DirectFamily(), new DiffusionFamily());
  }

  @Override
  public List<Factory<? extends Objective, ?>> objectives() {
    return Stream.concat(predicting().stream(), DensityParts.objectives().stream()).toList();
  }

  /** Returns the objectives that train predictions. */
  private static List<Factory<? extends Objective, ?>> predicting() {
    return List.of(
        Factory.of(
            "s1",
            "System 1: the loss of every thinking step, each through its own step only",
            EnergyObjective.Settings.class,
            (settings, context) -> EnergyObjective.system1(settings)),
        Factory.of(
            "s2",
            "System 2: the loss of the last thinking step, through that step only",
            EnergyObjective.Settings.class,
            (settings, context) -> EnergyObjective.system2(settings)),
        Factory.of(
            "s2-attached",
            "System 2 whose loss also trains a learned step size through earlier steps",
            EnergyObjective.Settings.class,
            (settings, context) -> EnergyObjective.system2Attached(settings)),
        Factory.of(
            "unrolled",
            "The loss of every thinking step, through all steps before it",
            EnergyObjective.Settings.class,
            (settings, context) -> EnergyObjective.unrolled(settings)),
        Factory.of(
            "matching",
            "Equilibrium matching, for generation: the energy's gradient from noise to the target",
            MatchingSettings.class,
            (settings, context) -> new MatchingObjective(settings)),
        Factory.of(
            "paired",
            "System 2 on pairs of an initial candidate and what many steps made of it, for few steps",
            EnergyObjective.Settings.class,
            (settings, context) -> new PairedObjective(EnergyObjective.system2(settings))),
        Factory.of(
            "likelihood",
            "Maximum likelihood, for models that predict without thinking",
            NoSettings.class,
            (settings, context) -> new MaximumLikelihood()),
        Factory.of(
            "diffusion",
            "Noise prediction with the variational bound, for diffusion models",
            SamplerSettings.class,
            (settings, context) -> new DiffusionObjective(settings)));
  }

  @Override
  public List<Factory<? extends Monitor, ?>> monitors() {
    List<Factory<? extends Monitor, ?>> monitors = new ArrayList<>(WarningMonitors.all());
    monitors.add(
        Factory.of(
            "early-stopping",
            "Ends a training whose validation loss no longer improves",
            EarlyStoppingSettings.class,
            (settings, context) -> new EarlyStopping(settings)));
    return monitors;
  }

  @Override
  public List<String> defaultMonitors() {
    return WarningMonitors.byDefault();
  }

  @Override
  public List<Factory<? extends Metric, ?>> metrics() {
    return List.of(
        Factory.of(
            "accuracy",
            "The share of predictions whose most likely class is the target",
            NoSettings.class,
            (settings, context) -> new Accuracy()),
        Factory.of(
            "mae",
            "The mean absolute error over the elements of a prediction",
            NoSettings.class,
            (settings, context) -> new MeanError("mae", Functions::absolute)),
        Factory.of(
            "mse",
            "The mean squared error over the elements of a prediction",
            NoSettings.class,
            (settings, context) -> new MeanError("mse", Tensor::square)),
        Factory.of(
            "psnr",
            "The peak signal-to-noise ratio of values in a given range, in decibels",
            PeakSignalToNoise.class,
            (settings, context) -> settings),
        Factory.of(
            "smooth-l1",
            "The mean smooth L1 error over the elements of a prediction",
            NoSettings.class,
            (settings, context) -> new MeanError("smoothL1", RegressionErrors::smoothL1)));
  }

  @Override
  public List<Factory<? extends Backend, ?>> backends() {
    return List.of(
        Factory.of(
            "reference",
            "Plain Java in double precision: slow, and what every other backend must agree with",
            NoSettings.class,
            (settings, context) -> new ReferenceBackend()));
  }
}
