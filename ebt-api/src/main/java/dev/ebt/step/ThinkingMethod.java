package dev.ebt.step;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.ebt.energy.EnergyTerms;
import dev.ebt.energy.WeightedEnergy;
import dev.ebt.error.FormerName;
import dev.ebt.error.UserException;
import dev.ebt.optimize.GradientDescent;
import dev.ebt.optimize.Optimizer;
import dev.ebt.select.LowestEnergy;
import dev.ebt.select.Repulsion;
import dev.ebt.select.Selection;
import dev.ebt.stop.StoppingRule;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The way of thinking: its numbers, and the parts that it is made of. Models without an energy
 * ignore it.
 *
 * @param hyperparameters the numbers
 * @param optimizer computes the update of a candidate from the gradient
 * @param stop ends thinking about a prediction; null for none but the number of steps. Training
 *     ignores it
 * @param select chooses among several candidates
 * @param repel displaces a candidate from those before it; null for independent candidates.
 *     Training ignores it
 * @param energies terms that are added to the energy of a trained model; training refuses them
 */
public record ThinkingMethod(
    ThinkingHyperparameters hyperparameters,
    Optimizer optimizer,
    @Nullable StoppingRule stop,
    Selection select,
    @Nullable Repulsion repel,
    List<WeightedEnergy> energies) {

  /** Makes an unmodifiable copy of the list. */
  public ThinkingMethod {
    energies = List.copyOf(energies);
  }

  /** Creates thinking whose candidates are independent. */
  public ThinkingMethod(
      ThinkingHyperparameters hyperparameters,
      Optimizer optimizer,
      @Nullable StoppingRule stop,
      Selection select,
      List<WeightedEnergy> energies) {
    this(hyperparameters, optimizer, stop, select, null, energies);
  }

  /** Creates thinking without further energies. */
  public ThinkingMethod(
      ThinkingHyperparameters hyperparameters,
      Optimizer optimizer,
      @Nullable StoppingRule stop,
      Selection select) {
    this(hyperparameters, optimizer, stop, select, List.of());
  }

  /** Creates thinking without a stopping rule, and the selection by the lowest energy. */
  public ThinkingMethod(ThinkingHyperparameters hyperparameters, Optimizer optimizer) {
    this(hyperparameters, optimizer, null, new LowestEnergy());
  }

  /** Returns a copy with a stopping rule. */
  public ThinkingMethod stoppedBy(StoppingRule rule) {
    return new ThinkingMethod(hyperparameters, optimizer, rule, select, repel, energies);
  }

  /** Returns a copy with a selection among candidates. */
  public ThinkingMethod selectedBy(Selection selection) {
    return new ThinkingMethod(hyperparameters, optimizer, stop, selection, repel, energies);
  }

  /** Returns a copy with a repulsion between candidates; null for none. */
  public ThinkingMethod repelledBy(@Nullable Repulsion repulsion) {
    return new ThinkingMethod(hyperparameters, optimizer, stop, select, repulsion, energies);
  }

  /** Returns a copy with terms that are added to the energy of the model, and to no others. */
  public ThinkingMethod withEnergies(List<WeightedEnergy> terms) {
    return new ThinkingMethod(hyperparameters, optimizer, stop, select, repel, terms);
  }

  /** Returns the terms that are added to the energy of the model, and its guidance. */
  public EnergyTerms terms() {
    return new EnergyTerms(landscapes(), energies, hyperparameters.guidance());
  }

  /**
   * The update rule: the tensor that the gradient is taken for, and the one that α times it is
   * subtracted from.
   */
  public enum UpdateRule {
    /**
     * y ← p − α ∂E/∂p with p = toModelInput(y): the published text step (softmax(y) minus the
     * gradient).
     */
    @FormerName("digested")
    @JsonProperty("model-input")
    MODEL_INPUT,
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

  /** Creates plain gradient descent with these numbers, without clamping and sharpening. */
  @SuppressWarnings("NullAway") // A setting that is null gets its default.
  public ThinkingMethod(
      @Nullable Integer landscapes,
      @Nullable Double stepSize,
      @Nullable Boolean learnStepSize,
      @Nullable Double stepSizeRate,
      @Nullable Double maximumStepSize,
      @Nullable UpdateRule updateRule) {
    this(
        ThinkingHyperparameters.builder()
            .landscapes(landscapes)
            .stepSize(stepSize)
            .learnStepSize(learnStepSize)
            .stepSizeRate(stepSizeRate)
            .maximumStepSize(maximumStepSize)
            .updateRule(updateRule)
            .build(),
        new GradientDescent());
  }

  /** Returns plain gradient descent with these numbers. */
  public static ThinkingMethod of(ThinkingHyperparameters hyperparameters) {
    return new ThinkingMethod(hyperparameters, new GradientDescent());
  }

  /** Returns the evaluations of the network in a step: two with guidance. */
  public int evaluationsPerStep() {
    return hyperparameters.guidance() == 1 ? 1 : 2;
  }

  /**
   * Checks that candidates are a result after a number of steps.
   *
   * @throws UserException if the optimizer then has not finished a sample
   */
  public void checkSteps(int steps) {
    int each = optimizer.stepsPerSample();
    if (steps % each != 0) {
      throw new UserException(
          String.format(
              Locale.ROOT,
              "%d steps of thinking end within a sample: thinking.optimizer takes %d steps for"
                  + " each; a multiple of %2$d expected, such as %d",
              steps,
              each,
              Math.max(1, steps / each) * each));
    }
  }

  /** Returns the number of energy landscapes. */
  public int landscapes() {
    return hyperparameters.landscapes();
  }

  /** Returns the landscape of a step, from 0, among a number of landscapes. */
  public int landscape(int step, int among) {
    return Math.min(step / hyperparameters.stepsPerLandscape(), among - 1);
  }

  /**
   * Returns the landscape of each of {@code steps} steps: n times 0, n times 1, …, then M−1
   * repeatedly, where n is {@code stepsPerLandscape}.
   */
  public List<Integer> plan(int steps) {
    return IntStream.range(0, steps).mapToObj(i -> landscape(i, landscapes())).toList();
  }
}
