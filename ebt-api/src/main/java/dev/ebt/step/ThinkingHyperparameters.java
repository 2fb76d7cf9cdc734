package dev.ebt.step;

import static java.util.Objects.requireNonNullElse;

import dev.ebt.error.FormerName;
import dev.ebt.error.SettingException;
import dev.ebt.error.TrainingOnly;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The numbers of thinking: y ← y − α ∂E/∂y. They are the keys of {@code thinking} in a
 * configuration. Models without an energy ignore them.
 *
 * @param landscapes M, the number of energy landscapes; step i uses landscape min(i / n, M−1),
 *     where n is stepsPerLandscape. Where the model is not conditioned on them they are all the
 *     same, and M is only the number of steps of an objective that sets none itself (2)
 * @param stepSize α, the initial one if it is learned; auto is measured before the training begins,
 *     from the curvature of the energy (1)
 * @param trajectorySteps the number of steps that α is for: of n steps each has the size α ·
 *     trajectorySteps / n, so that all trajectories have the same length, and more steps are finer
 *     instead of going further. Null for the size α of any number of steps (null)
 * @param learnStepSize whether α is a parameter (false)
 * @param stepSizeRate factor on the learning rate of a learned α; the authors' rule, and the
 *     default, is 3α. Null where it is not learned
 * @param maximumStepSize upper bound of a learned α (10α); the lower bound is 0.0001. Null where it
 *     is not learned
 * @param updateRule the tensor that the gradient is taken for and subtracted from (model-input)
 * @param clamp after every step each element of a candidate is clamped to [−clamp, clamp]; 0 for no
 *     bound (0)
 * @param logitTemperature after every step a candidate of logits is divided by this temperature:
 *     below 1 sharpens its distribution, above 1 flattens it; 1 leaves it unchanged (1)
 * @param stepsPerLandscape n, the number of steps in each landscape before the last; all further
 *     steps are taken in the last one (1)
 * @param guidance w, the weight of the condition in the energy of a trained model, (1 − w) E(∅) + w
 *     E(condition); for models that were trained without their condition in a share of the rows. 1
 *     for the energy as it was trained (1)
 * @param stepSizeFactors factors on α in the steps of a trained model, learned or not: one for each
 *     landscape, of which the last holds for all further ones; [1, 0.5] halves all steps but those
 *     in the first landscape. Empty for α itself ([])
 */
public record ThinkingHyperparameters(
    Integer landscapes,
    Double stepSize,
    @Nullable Integer trajectorySteps,
    @TrainingOnly Boolean learnStepSize,
    @TrainingOnly @Nullable Double stepSizeRate,
    @TrainingOnly @Nullable Double maximumStepSize,
    @FormerName("move") ThinkingMethod.UpdateRule updateRule,
    Double clamp,
    @FormerName("sharpen") Double logitTemperature,
    Integer stepsPerLandscape,
    Double guidance,
    List<Double> stepSizeFactors) {

  /** The lower bound of a learned α. */
  public static final double MINIMUM_STEP_SIZE = 1e-4;

  /** Fills in defaults and rejects invalid values. */
  public ThinkingHyperparameters(
      @Nullable Integer landscapes,
      @Nullable Double stepSize,
      @Nullable Integer trajectorySteps,
      @Nullable Boolean learnStepSize,
      @Nullable Double stepSizeRate,
      @Nullable Double maximumStepSize,
      ThinkingMethod.@Nullable UpdateRule updateRule,
      @Nullable Double clamp,
      @Nullable Double logitTemperature,
      @Nullable Integer stepsPerLandscape,
      @Nullable Double guidance,
      @Nullable List<Double> stepSizeFactors) {
    landscapes = requireNonNullElse(landscapes, 2);
    stepSize = requireNonNullElse(stepSize, 1.0);
    learnStepSize = requireNonNullElse(learnStepSize, false);
    updateRule = requireNonNullElse(updateRule, ThinkingMethod.UpdateRule.MODEL_INPUT);
    clamp = requireNonNullElse(clamp, 0.0);
    logitTemperature = requireNonNullElse(logitTemperature, 1.0);
    stepsPerLandscape = requireNonNullElse(stepsPerLandscape, 1);
    guidance = requireNonNullElse(guidance, 1.0);
    if (!(guidance >= 0) || guidance.isInfinite()) {
      throw SettingException.of("thinking.guidance", guidance, "0 or more (1: off)");
    }
    if (landscapes < 1) {
      throw SettingException.of("thinking.landscapes", landscapes, "at least 1");
    }
    if (stepsPerLandscape < 1) {
      throw SettingException.of("thinking.stepsPerLandscape", stepsPerLandscape, "at least 1");
    }
    if (stepsPerLandscape > 1 && landscapes == 1) {
      throw new SettingException(
          "thinking.stepsPerLandscape",
          "is "
              + stepsPerLandscape
              + ", but thinking.landscapes is 1, so that it has no effect; leave it out");
    }
    if (!(stepSize > 0 && stepSize < Double.POSITIVE_INFINITY)) {
      throw SettingException.of("thinking.stepSize", stepSize, "a positive number");
    }
    if (trajectorySteps != null && trajectorySteps < 1) {
      throw SettingException.of("thinking.trajectorySteps", trajectorySteps, "at least 1, or null");
    }
    if (learnStepSize) {
      stepSizeRate = requireNonNullElse(stepSizeRate, 3 * stepSize);
      maximumStepSize = requireNonNullElse(maximumStepSize, 10 * stepSize);
      if (!(stepSizeRate >= 0 && stepSizeRate < Double.POSITIVE_INFINITY)) {
        throw SettingException.of("thinking.stepSizeRate", stepSizeRate, "0 or more");
      }
    } else {
      // The default value is accepted: complete configurations contain it.
      stepSizeRate = ofLearned("stepSizeRate", stepSizeRate, 3 * stepSize);
      maximumStepSize = ofLearned("maximumStepSize", maximumStepSize, 10 * stepSize);
    }
    if (!(clamp >= 0) || clamp.isInfinite()) {
      throw SettingException.of("thinking.clamp", clamp, "0 (no bound) or more");
    }
    if (!(logitTemperature > 0) || logitTemperature.isInfinite()) {
      throw SettingException.of(
          "thinking.logitTemperature", logitTemperature, "more than 0 (1: off)");
    }
    this.landscapes = landscapes;
    this.stepSize = stepSize;
    this.trajectorySteps = trajectorySteps;
    this.learnStepSize = learnStepSize;
    this.stepSizeRate = stepSizeRate;
    this.maximumStepSize = maximumStepSize;
    this.updateRule = updateRule;
    this.clamp = clamp;
    this.logitTemperature = logitTemperature;
    this.stepsPerLandscape = stepsPerLandscape;
    this.guidance = guidance;
    this.stepSizeFactors =
        StepSizeFactors.checked(requireNonNullElse(stepSizeFactors, List.of()), landscapes);
  }

  /**
   * Checks that a learned α starts within its bounds, which hold in training only.
   *
   * @throws SettingException if it does not
   */
  public void checkLearnedStepSize() {
    if (maximumStepSize == null) {
      return;
    }
    if (!(stepSize >= MINIMUM_STEP_SIZE && stepSize <= maximumStepSize)) {
      throw new SettingException(
          "thinking.stepSize",
          String.format(
              Locale.ROOT,
              "is %s; from %s to thinking.maximumStepSize, %s, expected where it is learned",
              stepSize,
              MINIMUM_STEP_SIZE,
              maximumStepSize));
    }
  }

  /** Returns null for a setting that only a learned step size has. */
  private static @Nullable Double ofLearned(String name, @Nullable Double value, double usual) {
    if (value != null && value != usual) {
      throw new SettingException(
          "thinking." + name,
          String.format(
              Locale.ROOT,
              "is %2$s, but thinking.learnStepSize is false, so that it has no effect; leave it out"
                  + " (thinking.%1$s=null), or learn the step size",
              name,
              value));
    }
    return null;
  }

  /** Returns the default value of every number. */
  public static ThinkingHyperparameters defaults() {
    return new Builder().build();
  }

  /** Returns a builder with the default value of every number. */
  public static Builder builder() {
    return new Builder();
  }

  /** Returns the factor on α in a trajectory of a number of steps. */
  public double stepSizeScale(int steps) {
    return trajectorySteps == null || steps < 1 ? 1 : (double) trajectorySteps / steps;
  }

  /** Returns a copy with another factor on the learning rate of α. */
  public ThinkingHyperparameters withStepSizeRate(double rate) {
    return toBuilder().stepSizeRate(rate).build();
  }

  private Builder toBuilder() {
    return new Builder()
        .landscapes(landscapes)
        .stepSize(stepSize)
        .trajectorySteps(trajectorySteps)
        .learnStepSize(learnStepSize)
        .stepSizeRate(stepSizeRate)
        .maximumStepSize(maximumStepSize)
        .updateRule(updateRule)
        .clamp(clamp)
        .logitTemperature(logitTemperature)
        .stepsPerLandscape(stepsPerLandscape)
        .guidance(guidance)
        .stepSizeFactors(stepSizeFactors);
  }

  /** A builder of numbers; null is the default. */
  public static final class Builder {
    private @Nullable Integer landscapes;
    private @Nullable Double stepSize;
    private @Nullable Integer trajectorySteps;
    private @Nullable Boolean learnStepSize;
    private @Nullable Double stepSizeRate;
    private @Nullable Double maximumStepSize;
    private ThinkingMethod.@Nullable UpdateRule updateRule;
    private @Nullable Double clamp;
    private @Nullable Double logitTemperature;
    private @Nullable Integer stepsPerLandscape;
    private @Nullable Double guidance;
    private @Nullable List<Double> stepSizeFactors;

    private Builder() {}

    /** Sets M, the number of energy landscapes. */
    public Builder landscapes(@Nullable Integer value) {
      this.landscapes = value;
      return this;
    }

    /** Sets α, the initial one if it is learned. */
    public Builder stepSize(@Nullable Double value) {
      this.stepSize = value;
      return this;
    }

    /** Sets the number of steps that α is for. */
    public Builder trajectorySteps(@Nullable Integer value) {
      this.trajectorySteps = value;
      return this;
    }

    /** Sets whether α is a parameter. */
    public Builder learnStepSize(@Nullable Boolean value) {
      this.learnStepSize = value;
      return this;
    }

    /** Sets the factor on the learning rate of a learned α. */
    public Builder stepSizeRate(@Nullable Double value) {
      this.stepSizeRate = value;
      return this;
    }

    /** Sets the upper bound of a learned α. */
    public Builder maximumStepSize(@Nullable Double value) {
      this.maximumStepSize = value;
      return this;
    }

    /** Sets the tensor that the gradient is taken for and subtracted from. */
    public Builder updateRule(ThinkingMethod.@Nullable UpdateRule value) {
      this.updateRule = value;
      return this;
    }

    /** Sets the bound of the elements of a candidate; 0 for none. */
    public Builder clamp(@Nullable Double value) {
      this.clamp = value;
      return this;
    }

    /** Sets the temperature that logits are divided by after a step. */
    public Builder logitTemperature(@Nullable Double value) {
      this.logitTemperature = value;
      return this;
    }

    /** Sets the number of steps in each landscape before the last. */
    public Builder stepsPerLandscape(@Nullable Integer value) {
      this.stepsPerLandscape = value;
      return this;
    }

    /** Sets the weight of the condition. */
    public Builder guidance(@Nullable Double value) {
      this.guidance = value;
      return this;
    }

    /** Sets the factors on α by landscape. */
    public Builder stepSizeFactors(@Nullable List<Double> values) {
      this.stepSizeFactors = values;
      return this;
    }

    /**
     * Returns the numbers.
     *
     * @throws SettingException if one is invalid
     */
    public ThinkingHyperparameters build() {
      return new ThinkingHyperparameters(
          landscapes,
          stepSize,
          trajectorySteps,
          learnStepSize,
          stepSizeRate,
          maximumStepSize,
          updateRule,
          clamp,
          logitTemperature,
          stepsPerLandscape,
          guidance,
          stepSizeFactors);
    }
  }
}
