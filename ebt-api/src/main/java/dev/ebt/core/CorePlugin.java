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
import dev.ebt.model.TransformerPlusPlus;
import dev.ebt.model.TransformerSettings;
import dev.ebt.monitor.Monitor;
import dev.ebt.nn.RegressionErrors;
import dev.ebt.objective.Objective;
import dev.ebt.optimize.Backtracking;
import dev.ebt.optimize.ClipByGlobalNorm;
import dev.ebt.optimize.ClipByNorm;
import dev.ebt.optimize.ClipByValue;
import dev.ebt.optimize.ConstantSchedule;
import dev.ebt.optimize.CosineSchedule;
import dev.ebt.optimize.DecayTransform;
import dev.ebt.optimize.GradientDescent;
import dev.ebt.optimize.GradientTransform;
import dev.ebt.optimize.Identity;
import dev.ebt.optimize.InverseSquareRootSchedule;
import dev.ebt.optimize.LearningRateSchedule;
import dev.ebt.optimize.LinearSchedule;
import dev.ebt.optimize.Momentum;
import dev.ebt.optimize.Optimizer;
import dev.ebt.optimize.Scale;
import dev.ebt.optimize.WarmUpStableDecaySchedule;
import dev.ebt.plugin.EbtPlugin;
import dev.ebt.plugin.Factory;
import dev.ebt.plugin.ModelFamily;
import dev.ebt.select.Selection;
import dev.ebt.stop.StoppingRule;
import dev.ebt.tensor.Functions;
import dev.ebt.tensor.Tensor;
import dev.ebt.train.EnergyObjective;
import dev.ebt.train.MatchingObjective;
import dev.ebt.train.MatchingSettings;
import dev.ebt.train.MaximumLikelihood;
import java.util.List;

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
    return List.of(
        Factory.of(
            "adamw",
            "Adam with decoupled weight decay (Loshchilov and Hutter, 2019)",
            AdamWSettings.class,
            (settings, context) -> settings.optimizer()),
        Factory.of(
            "gradient-descent",
            "Plain steps against the gradient",
            GradientDescent.class,
            (settings, context) -> settings),
        Factory.of(
            "momentum",
            "Gradient descent with momentum (Polyak, 1964)",
            MomentumSettings.class,
            (settings, context) -> settings.plain()),
        Factory.of(
            "nesterov",
            "Gradient descent with Nesterov's momentum (Sutskever et al., 2013)",
            MomentumSettings.class,
            (settings, context) -> settings.nesterov()),
        Factory.of(
            "backtracking",
            "For candidates: takes back a move after which the energy is higher, and shortens it",
            Backtracking.class,
            (settings, context) -> settings),
        Factory.of(
            "chain",
            "Gradient descent on a gradient that transforms have changed, one after the other",
            ChainSettings.class,
            ChainSettings::optimizer));
  }

  @Override
  public List<Factory<? extends GradientTransform, ?>> transforms() {
    return List.of(
        Factory.of(
            "clip-by-global-norm",
            "Bounds the norm of all gradients together; of candidates, of each prediction",
            ClipByGlobalNorm.class,
            (settings, context) -> settings),
        Factory.of(
            "clip-by-norm",
            "Bounds the norm of each parameter's gradient; of candidates, of each prediction",
            ClipByNorm.class,
            (settings, context) -> settings),
        Factory.of(
            "clip-by-value",
            "Bounds each element of a gradient",
            ClipByValue.class,
            (settings, context) -> settings),
        Factory.of(
            "decay",
            "Adds a pull of values to 0",
            DecayTransform.class,
            (settings, context) -> settings),
        Factory.of(
            "identity",
            "Leaves a gradient as it is",
            Identity.class,
            (settings, context) -> settings),
        Factory.of(
            "momentum",
            "Adds up gradients, older ones less",
            Momentum.class,
            (settings, context) -> settings),
        Factory.of(
            "scale",
            "Multiplies a gradient by a constant",
            Scale.class,
            (settings, context) -> settings));
  }

  @Override
  public List<Factory<? extends LearningRateSchedule, ?>> schedules() {
    return List.of(
        Factory.of(
            "constant",
            "The peak learning rate after a warm-up",
            ConstantSchedule.class,
            (settings, context) -> settings),
        Factory.of(
            "cosine",
            "Half a cosine from the peak to a floor, after a warm-up (Loshchilov and Hutter, 2017)",
            CosineSchedule.class,
            (settings, context) -> settings),
        Factory.of(
            "inverse-square-root",
            "A fall with the root of the step, after a warm-up (Vaswani et al., 2017)",
            InverseSquareRootSchedule.class,
            (settings, context) -> settings),
        Factory.of(
            "linear",
            "A line from the peak to a floor, after a warm-up (Devlin et al., 2019)",
            LinearSchedule.class,
            (settings, context) -> settings),
        Factory.of(
            "warm-up-stable-decay",
            "The peak until a short decay at the end, after a warm-up (Hu et al., 2024)",
            WarmUpStableDecaySchedule.class,
            (settings, context) -> settings));
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
            (settings, context) -> new DiffusionTransformer(settings)));
  }

  @Override
  public List<ModelFamily> families() {
    return List.of(new EnergyFamily(), new DirectFamily(), new DiffusionFamily());
  }

  @Override
  public List<Factory<? extends Objective, ?>> objectives() {
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
    return List.of(
        Factory.of(
            "early-stopping",
            "Ends a training whose validation loss no longer improves",
            EarlyStoppingSettings.class,
            (settings, context) -> new EarlyStopping(settings)));
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
