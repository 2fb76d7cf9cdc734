package dev.ebt.plugin;

import static java.util.Objects.requireNonNullElseGet;

import dev.ebt.optimize.Optimizer;
import dev.ebt.think.Thinking;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The configured settings of thinking: the numbers of {@link Thinking}, and an optimizer.
 *
 * @param landscapes the number of energy landscapes (2)
 * @param stepSize the step size α; the initial one if it is learned (1)
 * @param learnStepSize whether α is a learned parameter (false)
 * @param stepSizeRate the factor on the learning rate of a learned α (3α)
 * @param maximumStepSize the upper bound of a learned α (10α)
 * @param move the variable that the gradient is taken with respect to and subtracted from
 *     (digested)
 * @param clamp the bound on each element of a candidate after every step; 0 for none (0)
 * @param sharpen the divisor of logits after every step; 0 for none (0)
 * @param optimizer the optimizer of candidates (gradient-descent)
 */
public record ThinkingSettings(
    Integer landscapes,
    Double stepSize,
    Boolean learnStepSize,
    @Nullable Double stepSizeRate,
    @Nullable Double maximumStepSize,
    Thinking.MoveRule move,
    Double clamp,
    Double sharpen,
    PartSettings optimizer) {

  /** Fills in defaults and rejects invalid values. */
  public ThinkingSettings {
    Thinking checked =
        new Thinking(
            landscapes,
            stepSize,
            learnStepSize,
            stepSizeRate,
            maximumStepSize,
            move,
            clamp,
            sharpen);
    landscapes = checked.landscapes();
    stepSize = checked.stepSize();
    learnStepSize = checked.learnStepSize();
    stepSizeRate = checked.stepSizeRate();
    maximumStepSize = checked.maximumStepSize();
    move = checked.move();
    clamp = checked.clamp();
    sharpen = checked.sharpen();
    optimizer = requireNonNullElseGet(optimizer, () -> PartSettings.of("gradient-descent"));
  }

  /** Returns settings with every value at its default. */
  public static ThinkingSettings defaults() {
    return new ThinkingSettings(null, null, null, null, null, null, null, null, null);
  }

  /** Returns settings with these numbers and gradient descent. */
  public static ThinkingSettings of(Thinking numbers) {
    return defaults().withNumbers(numbers);
  }

  private ThinkingSettings withNumbers(Thinking numbers) {
    return new ThinkingSettings(
        numbers.landscapes(),
        numbers.stepSize(),
        numbers.learnStepSize(),
        numbers.stepSizeRate(),
        numbers.maximumStepSize(),
        numbers.move(),
        numbers.clamp(),
        numbers.sharpen(),
        optimizer);
  }

  /** Returns a copy with the choice of the optimizer changed. */
  ThinkingSettings with(UnaryOperator<PartSettings> change) {
    return new ThinkingSettings(
        landscapes,
        stepSize,
        learnStepSize,
        stepSizeRate,
        maximumStepSize,
        move,
        clamp,
        sharpen,
        change.apply(optimizer));
  }

  /** Returns the thinking of these numbers with the optimizer created from its settings. */
  public Thinking with(Optimizer made) {
    return new Thinking(
        landscapes,
        stepSize,
        learnStepSize,
        stepSizeRate,
        maximumStepSize,
        move,
        clamp,
        sharpen,
        made);
  }
}
