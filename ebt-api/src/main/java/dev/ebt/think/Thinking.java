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
 * How candidates move: y ← y − α ∂E/∂y. Models without an energy heed none of it.
 *
 * @param landscapes M, how many energy landscapes there are; step i walks landscape min(i, M−1).
 *     Where the model is not conditioned by them they are all alike, and M is but the number of
 *     steps of an objective that has none of its own
 * @param stepSize α, the initial one if it is learnt
 * @param learnStepSize whether α is a parameter
 * @param stepSizeRate factor on the learning rate of a learnt α; the authors' rule is 3α. Null
 *     where it is not learnt
 * @param maximumStepSize upper bound of a learnt α, 10α; the lower one is {@link
 *     #MINIMUM_STEP_SIZE}. Null where it is not learnt
 * @param move what the gradient is taken of and subtracted from
 * @param clamp after every move each element of a candidate is kept between −clamp and clamp; 0 for
 *     no bound
 * @param sharpen after every move a candidate of logits is divided by this: below 1 its
 *     distribution gets sharper, above 1 flatter; 0 leaves it alone
 * @param optimizer how candidates move, given the gradient
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

  /** A learnt α never falls below this. */
  public static final double MINIMUM_STEP_SIZE = 1e-4;

  /** What moves: the tensor whose gradient is taken, and from which α times it is subtracted. */
  public enum MoveRule {
    /**
     * y ← p − α ∂E/∂p with p = digest(y): the published text step (softmax(y) minus the gradient).
     */
    @JsonProperty("digested")
    DIGESTED,
    /**
     * y ← y − α ∂E/∂y, through the digestion: plain descent on the candidate, as the paper writes.
     */
    @JsonProperty("candidate")
    CANDIDATE,
    /**
     * y ← y − α ∂E/∂p: for logits y this is mirror descent on probabilities, p ← p ⊙ exp(−α ∂E/∂p)
     * made to sum to 1 (Nemirovski and Yudin, 1983). Steps add up, and none fades where p is small.
     */
    @JsonProperty("mirror")
    MIRROR
  }

  /** Plain steps: neither clamped nor sharpened. */
  public Thinking(
      Integer landscapes,
      Double stepSize,
      Boolean learnStepSize,
      @Nullable Double stepSizeRate,
      @Nullable Double maximumStepSize,
      MoveRule move) {
    this(landscapes, stepSize, learnStepSize, stepSizeRate, maximumStepSize, move, null, null);
  }

  /** Plain gradient descent. */
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

  /** Fills in defaults and refuses what has no meaning. */
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
      // What it would be anyway is no mistake: complete configurations have it.
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

  /** No value for what only a learnt step size has. */
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

  /** The landscape of each of {@code steps} steps: 0, 1, …, M−1, and then the last one again. */
  public List<Integer> plan(int steps) {
    return IntStream.range(0, steps).mapToObj(i -> Math.min(i, landscapes - 1)).toList();
  }
}
