package dev.ebt.plugin;

import static java.util.Objects.requireNonNullElseGet;

import dev.ebt.optimize.Optimizer;
import dev.ebt.think.Thinking;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * How candidates move, as a configuration says it: the numbers of {@link Thinking}, and a part.
 *
 * @param landscapes how many energy landscapes there are (2)
 * @param stepSize α, the initial one if it is learnt (1)
 * @param learnStepSize whether α is a parameter (false)
 * @param stepSizeRate factor on the learning rate of a learnt α (3α)
 * @param maximumStepSize upper bound of a learnt α (10α)
 * @param move what the gradient is taken of and subtracted from (digested)
 * @param clamp bound on each element of a candidate after every move; 0 for none (0)
 * @param sharpen what logits are divided by after every move; 0 for nothing (0)
 * @param optimizer how candidates move, given the gradient (gradient-descent)
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

  /** Fills in defaults and refuses what has no meaning. */
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

  /** Everything at its default. */
  public static ThinkingSettings defaults() {
    return new ThinkingSettings(null, null, null, null, null, null, null, null, null);
  }

  /** Returns these numbers, moved by gradient descent. */
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

  /** Returns the same with the choice of the optimizer changed. */
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

  /** Returns how candidates move, with the part that was made of the optimizer's settings. */
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
