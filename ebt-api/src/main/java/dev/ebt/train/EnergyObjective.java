package dev.ebt.train;

import static java.util.Objects.requireNonNullElse;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.ebt.energy.EnergyModel;
import dev.ebt.error.FormerName;
import dev.ebt.error.SettingException;
import dev.ebt.error.TrainingOnly;
import dev.ebt.error.UserException;
import dev.ebt.objective.Objective;
import dev.ebt.objective.StepwiseObjective;
import dev.ebt.step.ThinkingMethod;
import dev.ebt.step.ThinkingStep;
import dev.ebt.tensor.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An objective that trains an energy by the loss of the prediction that thinking reaches from a
 * poor candidate (arXiv 2507.02092, section 3). The gradient passes through ∂E/∂candidate, so it is
 * of second order.
 *
 * @param steps number of thinking steps; one per landscape if 0
 * @param lossAt the steps whose result is compared to the target
 * @param gradientThrough how far back the loss gradient follows the candidate
 * @param labelSmoothing s: the target of step i of T is smoothed by s (T−1−i)/(T−1), so that early
 *     steps need not be certain (published); 0 for none
 * @param contrastiveWeight weight of the added term −ln(e^−E(target) / (e^−E(target) +
 *     e^−E(candidate))), which pushes the target's energy below that of the candidate before the
 *     last step (published); 0 for none
 * @param lastSteps number of steps at the end that have a loss where {@code lossAt} is {@code
 *     LAST}: all of them if there are fewer, and the loss is their mean
 */
public record EnergyObjective(
    Integer steps,
    LossAt lossAt,
    GradientThrough gradientThrough,
    double labelSmoothing,
    double contrastiveWeight,
    int lastSteps)
    implements Objective {

  /** Rejects a setting without effect. */
  public EnergyObjective {
    if (lastSteps != 1 && (lossAt != LossAt.LAST || gradientThrough != GradientThrough.STEP)) {
      throw new SettingException(
          "objective.lastSteps",
          "is " + lastSteps + "; 1 expected, as only s2 and paired have several last steps");
    }
    if (labelSmoothing > 0 && lossAt == LossAt.LAST && lastSteps == 1) {
      throw noSmoothing(labelSmoothing, "and only the last step has a loss here");
    }
  }

  /** Creates an objective without label smoothing and contrastive loss. */
  public EnergyObjective(Integer steps, LossAt lossAt, GradientThrough gradientThrough) {
    this(steps, lossAt, gradientThrough, 0, 0);
  }

  /** Creates an objective with the loss of one last step, where not every step has one. */
  public EnergyObjective(
      Integer steps,
      LossAt lossAt,
      GradientThrough gradientThrough,
      double labelSmoothing,
      double contrastiveWeight) {
    this(steps, lossAt, gradientThrough, labelSmoothing, contrastiveWeight, 1);
  }

  /** Returns whether a step, from 0, of {@code count} steps has a loss. */
  boolean hasLoss(int step, int count) {
    return lossAt == LossAt.EACH || step >= count - lastSteps;
  }

  /** Returns how many of {@code count} steps have a loss. */
  int losses(int count) {
    return lossAt == LossAt.EACH ? count : Math.min(lastSteps, count);
  }

  /** The steps whose result is compared to the target. */
  public enum LossAt {
    /** Every step; the loss is the mean over steps. */
    @JsonProperty("each")
    EACH,
    /** The last step only, or the mean over a few last steps. */
    @JsonProperty("last")
    LAST
  }

  /** The part of the trajectory that the loss gradient follows the candidate through. */
  public enum GradientThrough {
    /** Through a single step: the candidate before the step is a constant. */
    @JsonProperty("step")
    STEP,
    /**
     * Through the last step and, in earlier steps, through the step size but not ∂E/∂candidate:
     * published System 2 with a learned α. With a fixed α it is the same as {@link #STEP}.
     */
    @JsonProperty("lengths")
    LENGTHS,
    /** Through all steps, back to the initial candidate. */
    @JsonProperty("all")
    ALL
  }

  /** Returns System 1, for fast learning: every step's loss, each through its own step only. */
  public static EnergyObjective system1(Settings settings) {
    return settings.objective(LossAt.EACH, GradientThrough.STEP);
  }

  /**
   * Returns System 2, for thinking: the last step's loss, or that of a few last steps, each through
   * its own step only.
   */
  public static EnergyObjective system2(Settings settings) {
    return settings.objective(LossAt.LAST, GradientThrough.STEP);
  }

  /**
   * Returns System 2 with the last step's loss also following a learned step size through earlier
   * steps.
   */
  public static EnergyObjective system2Attached(Settings settings) {
    return settings.objective(LossAt.LAST, GradientThrough.LENGTHS);
  }

  /** Returns the objective of every step's loss, through the whole trajectory. */
  public static EnergyObjective unrolled(Settings settings) {
    return settings.objective(LossAt.EACH, GradientThrough.ALL);
  }

  /**
   * The configurable settings; defaults in parentheses.
   *
   * @param steps number of thinking steps; one per landscape if 0 or not given
   * @param labelSmoothing fraction of the first step's target that is spread uniformly, decreasing
   *     to 0 at the last step (0)
   * @param contrastiveWeight weight of the contrastive loss between target and candidate (0;
   *     published: 0.0005)
   * @param lastSteps number of last steps whose mean loss is minimized, for {@code s2} (1). With 2
   *     or more the last step learns to stay where the one before it has arrived
   */
  public record Settings(
      Integer steps,
      @TrainingOnly @FormerName("soften") Double labelSmoothing,
      @TrainingOnly @FormerName("contrast") Double contrastiveWeight,
      @TrainingOnly Integer lastSteps) {
    /** Fills in defaults and rejects invalid values. */
    public Settings(
        @Nullable Integer steps,
        @Nullable Double labelSmoothing,
        @Nullable Double contrastiveWeight,
        @Nullable Integer lastSteps) {
      steps = requireNonNullElse(steps, 0);
      labelSmoothing = requireNonNullElse(labelSmoothing, 0.0);
      contrastiveWeight = requireNonNullElse(contrastiveWeight, 0.0);
      lastSteps = requireNonNullElse(lastSteps, 1);
      if (lastSteps < 1) {
        throw SettingException.of("objective.lastSteps", lastSteps, "at least 1");
      }
      if (steps < 0) {
        throw new SettingException(
            "objective.steps",
            "is " + steps + "; 1 or more expected, or 0 for a step per landscape");
      }
      if (!(labelSmoothing >= 0 && labelSmoothing < 1)) {
        throw new SettingException(
            "objective.labelSmoothing", "is " + labelSmoothing + "; 0 or more, below 1 expected");
      }
      if (!(contrastiveWeight >= 0) || contrastiveWeight.isInfinite()) {
        throw new SettingException(
            "objective.contrastiveWeight", "is " + contrastiveWeight + "; 0 or more expected");
      }
      this.steps = steps;
      this.labelSmoothing = labelSmoothing;
      this.contrastiveWeight = contrastiveWeight;
      this.lastSteps = lastSteps;
    }

    /** Creates settings with the loss of one last step. */
    public Settings(
        @Nullable Integer steps,
        @Nullable Double labelSmoothing,
        @Nullable Double contrastiveWeight) {
      this(steps, labelSmoothing, contrastiveWeight, null);
    }

    /** Creates settings with a number of steps and defaults otherwise. */
    public Settings(Integer steps) {
      this(steps, null, null);
    }

    private EnergyObjective objective(LossAt lossAt, GradientThrough gradientThrough) {
      return new EnergyObjective(
          steps, lossAt, gradientThrough, labelSmoothing, contrastiveWeight, lastSteps);
    }
  }

  @Override
  public List<Integer> stepPlan(ThinkingMethod thinking) {
    int count = steps == 0 ? thinking.landscapes() : steps;
    if (labelSmoothing > 0 && count == 1) {
      throw noSmoothing(labelSmoothing, "and objective.steps is 1");
    }
    return thinking.plan(count);
  }

  /**
   * Returns the stepwise form of this objective; empty if the gradient passes through several
   * steps, or if the contrastive loss uses another landscape than the last step does.
   */
  @Override
  public Optional<StepwiseObjective> stepwise(List<Integer> plan, ThinkingMethod thinking) {
    boolean lookElsewhere =
        contrastiveWeight > 0 && plan.get(plan.size() - 1) != thinking.landscapes() - 1;
    return gradientThrough == GradientThrough.STEP && !lookElsewhere
        ? Optional.of(new StepwiseEnergyObjective(this))
        : Optional.empty();
  }

  @Override
  public boolean requestsAllParameters() {
    return true;
  }

  @Override
  public Objective.ObjectiveOutput output(Objective.ObjectiveInputs task) {
    if (!(task.model() instanceof EnergyModel model)) {
      throw new UserException(
          String.format(
              Locale.ROOT,
              "this objective trains energy models, and model '%s' is not one; choose"
                  + " another model.name, or objective.name=diffusion for a diffusion model,"
                  + " likelihood for a model that predicts without thinking",
              task.model().description()));
    }
    TracedThinking thinking = new TracedThinking(model, task, gradientThrough);
    Objective.ObjectiveOutput output = output(thinking.steps(), task);
    return contrastiveWeight == 0
        ? output
        : new ContrastiveLoss(contrastiveWeight).add(output, thinking.energyOfTarget());
  }

  private Objective.ObjectiveOutput output(
      List<ThinkingStep.StepOutput> stepOutputs, Objective.ObjectiveInputs task) {
    TargetSmoothing smoothing = new TargetSmoothing(labelSmoothing);
    List<Tensor> losses = new ArrayList<>();
    for (int i = 0; i < stepOutputs.size(); i++) {
      losses.add(smoothing.loss(stepOutputs.get(i).candidate(), i, stepOutputs.size(), task));
    }
    ThinkingStep.StepOutput first = stepOutputs.get(0);
    ThinkingStep.StepOutput last = stepOutputs.get(stepOutputs.size() - 1);
    Tensor lastLoss = losses.get(losses.size() - 1);
    List<Tensor> regularized = new ArrayList<>();
    for (int i = stepOutputs.size() - losses(stepOutputs.size()); i < stepOutputs.size(); i++) {
      regularized.add(task.regularized(losses.get(i), stepOutputs.get(i)));
    }
    Tensor loss =
        regularized.stream().reduce(Tensor::plus).orElseThrow().divide(regularized.size());
    Map<String, Tensor> metrics = new LinkedHashMap<>();
    metrics.put("firstLoss", losses.get(0));
    metrics.put("lastLoss", lastLoss);
    metrics.put("firstEnergy", first.energy());
    metrics.put("lastEnergy", last.energy());
    return new Objective.ObjectiveOutput(loss, metrics, stepOutputs);
  }

  private static SettingException noSmoothing(double labelSmoothing, String why) {
    return new SettingException(
        "objective.labelSmoothing",
        String.format(
            Locale.ROOT,
            "is %s, but the last step's target is never smoothed, %s",
            labelSmoothing,
            why));
  }
}
