package dev.ebt.think;

import static java.util.Objects.requireNonNullElse;
import static java.util.Objects.requireNonNullElseGet;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.ebt.error.UserException;
import dev.ebt.optimize.GradientDescent;
import dev.ebt.optimize.Optimizer;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The settings of thinking: y ← y − α ∂E/∂y. Models without an energy ignore them.
 *
 * @param landscapes M, the number of energy landscapes; step i uses landscape min(i, M−1). Where
 *     the model is not conditioned on them they are all the same, and M is only the number of steps
 *     of an objective that sets none itself
 * @param stepSize α, the initial one if it is learned
 * @param learnStepSize whether α is a parameter
 * @param stepSizeRate factor on the learning rate of a learned α; the authors' rule is 3α. Null
 *     where it is not learned
 * @param maximumStepSize upper bound of a learned α, 10α; the lower one is {@link
 *     #MINIMUM_STEP_SIZE}. Null where it is not learned
 * @param move the tensor that the gradient is taken for and subtracted from
 * @param clamp after every step each element of a candidate is clamped to [−clamp, clamp]; 0 for no
 *     bound
 * @param sharpen after every step a candidate of logits is divided by this: below 1 sharpens its
 *     distribution, above 1 flattens it; 0 leaves it unchanged
 * @param optimizer computes the update of a candidate from the gradient
 */
public record Thinking(
    Integer landscapes,
    Double stepSize,
    Boolean learnStepSize,
    @Nullable Double stepSizeRate,
    @Nullable Double maximumStepSize,
    MoveRule move,
    Double clamp,
    Double sharpen,
    Optimizer optimizer) {

  /** The lower bound of a learned α. */
  public static final double MINIMUM_STEP_SIZE = 1e-4;

  /**
   * The update rule: the tensor that the gradient is taken for, and the one that α times it is
   * subtracted from.
   */
  public enum MoveRule {
    /**
     * y ← p − α ∂E/∂p with p = toModelInput(y): the published text step (softmax(y) minus the
     * gradient).
     */
    @JsonProperty("digested")
    DIGESTED,
    /**
     * y ← y − α ∂E/∂y, through toModelInput: plain gradient descent on the candidate, as in the
     * paper.
     */
    @JsonProperty("candidate")
    CANDIDATE,
    /**
     * y ← y − α ∂E/∂p: for logits y this is mirror descent on probabilities, p ← p ⊙ exp(−α ∂E/∂p)
     * normalized to sum 1 (Nemirovski and Yudin, 1983). Steps add up, and none vanishes where p is
     * small.
     */
    @JsonProperty("mirror")
    MIRROR
  }

  /** Creates settings without clamping and sharpening. */
  public Thinking(
      Integer landscapes,
      Double stepSize,
      Boolean learnStepSize,
      @Nullable Double stepSizeRate,
      @Nullable Double maximumStepSize,
      MoveRule move) {
    this(landscapes, stepSize, learnStepSize, stepSizeRate, maximumStepSize, move, null, null);
  }

  /** Creates settings with plain gradient descent. */
  public Thinking(
      Integer landscapes,
      Double stepSize,
      Boolean learnStepSize,
      @Nullable Double stepSizeRate,
      @Nullable Double maximumStepSize,
      MoveRule move,
      Double clamp,
      Double sharpen) {
    this(
        landscapes,
        stepSize,
        learnStepSize,
        stepSizeRate,
        maximumStepSize,
        move,
        clamp,
        sharpen,
        null);
  }

  /** Fills in defaults and rejects invalid values. */
  public Thinking {
    landscapes = requireNonNullElse(landscapes, 2);
    stepSize = requireNonNullElse(stepSize, 1.0);
    learnStepSize = requireNonNullElse(learnStepSize, false);
    move = requireNonNullElse(move, MoveRule.DIGESTED);
    clamp = requireNonNullElse(clamp, 0.0);
    sharpen = requireNonNullElse(sharpen, 0.0);
    optimizer = requireNonNullElseGet(optimizer, GradientDescent::new);
    if (landscapes < 1) {
      throw new UserException("thinking.landscapes is " + landscapes + "; at least 1 expected");
    }
    if (!(stepSize > 0 && stepSize < Double.POSITIVE_INFINITY)) {
      throw new UserException("thinking.stepSize is " + stepSize + "; a positive number expected");
    }
    if (learnStepSize) {
      stepSizeRate = requireNonNullElse(stepSizeRate, 3 * stepSize);
      maximumStepSize = requireNonNullElse(maximumStepSize, 10 * stepSize);
      if (!(stepSizeRate >= 0 && stepSizeRate < Double.POSITIVE_INFINITY)) {
        throw new UserException(
            "thinking.stepSizeRate is " + stepSizeRate + "; 0 or more expected");
      }
      if (!(stepSize >= MINIMUM_STEP_SIZE && stepSize <= maximumStepSize)) {
        throw new UserException(
            String.format(
                Locale.ROOT,
                "thinking.stepSize is %s; from %s to thinking.maximumStepSize, %s, expected where it is learnt",
                stepSize,
                MINIMUM_STEP_SIZE,
                maximumStepSize));
      }
    } else {
      // The default value is accepted: complete configurations contain it.
      stepSizeRate = ofLearnt("stepSizeRate", stepSizeRate, 3 * stepSize);
      maximumStepSize = ofLearnt("maximumStepSize", maximumStepSize, 10 * stepSize);
    }
    if (!(clamp >= 0) || clamp.isInfinite()) {
      throw new UserException("thinking.clamp is " + clamp + "; 0 (no bound) or more expected");
    }
    if (!(sharpen >= 0) || sharpen.isInfinite()) {
      throw new UserException("thinking.sharpen is " + sharpen + "; 0 (off) or more expected");
    }
  }

  /** Returns null for a setting that only a learned step size has. */
  private static @Nullable Double ofLearnt(String name, @Nullable Double value, double usual) {
    if (value != null && value != usual) {
      throw new UserException(
          String.format(
              Locale.ROOT,
              "thinking.%1$s is %2$s, but thinking.learnStepSize is false, so that it has no effect; leave it out (thinking.%1$s=null), or learn the step size",
              name,
              value));
    }
    return null;
  }

  /** Returns the landscape of each of {@code steps} steps: 0, 1, …, M−1, then M−1 repeatedly. */
  public List<Integer> plan(int steps) {
    return IntStream.range(0, steps).mapToObj(i -> Math.min(i, landscapes - 1)).toList();
  }
}
