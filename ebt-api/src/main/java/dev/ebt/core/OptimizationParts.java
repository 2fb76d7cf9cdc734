package dev.ebt.core;

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
import dev.ebt.plugin.Factory;
import dev.ebt.sample.CrossEntropySearch;
import dev.ebt.sample.GibbsSampling;
import dev.ebt.sample.HamiltonianMonteCarlo;
import dev.ebt.sample.LangevinDynamics;
import dev.ebt.sample.UnderdampedLangevin;
import java.util.List;

/**
 * The optimizers, gradient transforms and schedules that are included in {@code ebt-api} itself.
 */
final class OptimizationParts {
  private OptimizationParts() {}

  /** Returns the optimizers, of parameters and of candidates. */
  static List<Factory<? extends Optimizer, ?>> optimizers() {
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
            ChainSettings::optimizer),
        sampler(
            "langevin",
            "Samples candidates: descent with noise (overdamped Langevin dynamics)",
            LangevinDynamics.class),
        sampler(
            "underdamped-langevin",
            "Samples candidates: descent with inertia, friction and noise",
            UnderdampedLangevin.class),
        sampler(
            "hmc",
            "Samples candidates: Hamiltonian Monte Carlo, exact at any step size",
            HamiltonianMonteCarlo.class),
        sampler(
            "gibbs", "Samples candidates of -1 and 1: spin by spin, exactly", GibbsSampling.class),
        sampler(
            "cross-entropy",
            "Searches candidates by energies alone, for those without useful gradients",
            CrossEntropySearch.class));
  }

  /** Returns the factory of an optimizer of candidates that is the record of its settings. */
  private static <O extends Record & Optimizer> Factory<O, O> sampler(
      String name, String summary, Class<O> type) {
    return Factory.of(name, summary, type, (settings, context) -> settings);
  }

  /** Returns the transforms of gradients. */
  static List<Factory<? extends GradientTransform, ?>> transforms() {
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

  /** Returns the learning rate schedules. */
  static List<Factory<? extends LearningRateSchedule, ?>> schedules() {
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
}
