package dev.ebt.train;

import dev.ebt.nn.ParameterSpec;
import dev.ebt.optimize.ClipByGlobalNorm;
import dev.ebt.optimize.ConstantSchedule;
import dev.ebt.optimize.GradientTransform;
import dev.ebt.optimize.Identity;
import dev.ebt.optimize.LearningRateSchedule;
import dev.ebt.optimize.Optimizer;
import org.jspecify.annotations.Nullable;

/**
 * The rule by which gradients update parameters: at which learning rate, clipped, by which
 * optimizer.
 *
 * @param optimizer the optimizer of the parameters
 * @param schedule the learning rate schedule
 * @param learningRate the peak learning rate of ordinary parameters; other groups have a multiple
 *     of it
 * @param clip the transform of the averaged gradients before the optimizer, without state
 * @param compatibility which parameters are trained and decay, and the learning rate of their
 *     groups
 * @param emaDecay decay of the moving average of the parameters; null for none
 * @param trained which parameters are trained, and by which adapters
 * @param recompute whether activations of layers are computed again for gradients, rather than kept
 */
public record ParameterUpdateRule(
    Optimizer optimizer,
    LearningRateSchedule schedule,
    double learningRate,
    GradientTransform clip,
    PublishedCompatibility compatibility,
    @Nullable Double emaDecay,
    TrainedParameters trained,
    boolean recompute) {

  /** Creates a rule without a moving average of the parameters. */
  public ParameterUpdateRule(
      Optimizer optimizer,
      LearningRateSchedule schedule,
      double learningRate,
      GradientTransform clip,
      PublishedCompatibility compatibility) {
    this(
        optimizer, schedule, learningRate, clip, compatibility, null, TrainedParameters.ALL, false);
  }

  /** Returns a rule with a constant learning rate and without clipping. */
  public static ParameterUpdateRule of(Optimizer optimizer, double learningRate) {
    return of(optimizer, ConstantSchedule.atPeak(), learningRate);
  }

  /** Returns a rule without clipping. */
  public static ParameterUpdateRule of(
      Optimizer optimizer, LearningRateSchedule schedule, double learningRate) {
    return new ParameterUpdateRule(
        optimizer, schedule, learningRate, new Identity(), PublishedCompatibility.CORRECTED);
  }

  /** Returns a copy that clips gradients by their global norm. */
  public ParameterUpdateRule clippedTo(double norm) {
    return new ParameterUpdateRule(
        optimizer,
        schedule,
        learningRate,
        new ClipByGlobalNorm(norm),
        compatibility,
        emaDecay,
        trained,
        recompute);
  }

  /** Returns a copy with a moving average of the parameters. */
  public ParameterUpdateRule averaged(double decay) {
    return new ParameterUpdateRule(
        optimizer, schedule, learningRate, clip, compatibility, decay, trained, recompute);
  }

  /** Returns a copy that trains a choice of the parameters. */
  public ParameterUpdateRule training(TrainedParameters choice) {
    return new ParameterUpdateRule(
        optimizer, schedule, learningRate, clip, compatibility, emaDecay, choice, recompute);
  }

  /** Returns a copy that computes activations of layers again, or keeps them. */
  public ParameterUpdateRule recomputing(boolean again) {
    return new ParameterUpdateRule(
        optimizer, schedule, learningRate, clip, compatibility, emaDecay, trained, again);
  }

  /** Returns a copy with another peak learning rate. */
  public ParameterUpdateRule withLearningRate(double rate) {
    return new ParameterUpdateRule(
        optimizer, schedule, rate, clip, compatibility, emaDecay, trained, recompute);
  }

  /** Returns a copy with the behavior of the published code. */
  public ParameterUpdateRule asPublished() {
    return new ParameterUpdateRule(
        optimizer,
        schedule,
        learningRate,
        clip,
        PublishedCompatibility.PUBLISHED,
        emaDecay,
        trained,
        recompute);
  }

  /** Returns the learning rate of a group of parameters at a step, from 1. */
  public double rate(long step, ParameterSpec.Traits traits) {
    return traits.late() && schedule.warmsUp(step)
        ? 0
        : compatibility.rate(schedule, step, learningRate * traits.rate(), learningRate);
  }

  /** Returns whether a parameter is trained, itself or by an adapter. */
  boolean learns(ParameterSpec spec) {
    return compatibility.learns(spec)
        && !trained.freezes(spec)
        && (trained.adapter() == null || trained.adapterOf(spec).isPresent());
  }

  /** Returns whether weight decay applies to a parameter. */
  boolean decays(ParameterSpec spec) {
    return compatibility.decays(spec);
  }
}
