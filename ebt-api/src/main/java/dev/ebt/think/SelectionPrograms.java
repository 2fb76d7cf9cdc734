package dev.ebt.think;

import dev.ebt.energy.EnergyFunction;
import dev.ebt.select.Selection;
import dev.ebt.step.ThinkingMethod;
import dev.ebt.step.ThinkingStep;
import dev.ebt.tensor.Functions;
import dev.ebt.tensor.NamedTensors;
import dev.ebt.tensor.Program;
import dev.ebt.tensor.Tensor;
import dev.ebt.tensor.Variable;
import java.util.stream.IntStream;

/**
 * The programs that compute the energies of the current candidates, and the scores by which one of
 * several is selected: the same program where that is the energy.
 *
 * @param energy the output {@link ThinkingPrograms#ENERGY}
 * @param score the output {@code score}, or the energy
 */
record SelectionPrograms(Program energy, Program score) {
  /**
   * What the programs read.
   *
   * @param candidates the current candidates
   * @param initialEnergy the energies before the first step
   */
  record Source(
      NamedTensors observed,
      CandidateVariables candidates,
      Variable initialEnergy,
      Tensor landscape,
      Tensor beginKey,
      Tensor key) {}

  /**
   * Creates the programs.
   *
   * @param plain a step without regularizers
   */
  static SelectionPrograms of(
      EnergyFunction function, ThinkingMethod thinking, ThinkingStep plain, Source source) {
    Tensor modelInput = function.modality().toModelInput(source.candidates().candidate().read());
    Tensor energy = function.energy(source.observed(), modelInput, source.landscape());
    Program energies = Program.named("score").output(ThinkingPrograms.ENERGY, energy).build();
    if (thinking.select().byEnergy()) {
      return new SelectionPrograms(energies, energies);
    }
    Selection.Inputs inputs =
        new Selection.Inputs(
            energy,
            source.initialEnergy().read(),
            () -> residual(plain, energy.shape().rank(), source),
            source.beginKey());
    Tensor score = thinking.select().score(inputs);
    return new SelectionPrograms(energies, Program.named("select").output("score", score).build());
  }

  /** Returns ‖α ∂E/∂y‖ of the current candidates. */
  private static Tensor residual(ThinkingStep plain, int leading, Source source) {
    ThinkingStep.StepSizes sizes =
        plain.stepSizes(source.initialEnergy().shape(), source.beginKey());
    ThinkingStep.StepOutput step =
        plain.take(
            source.observed(),
            source.candidates().read(),
            source.landscape(),
            sizes,
            1,
            source.key());
    Tensor move = step.gradient().times(step.stepSize());
    int[] axes = IntStream.range(leading, move.shape().rank()).toArray();
    return Functions.sqrt(axes.length == 0 ? move.square() : move.square().sum(axes));
  }

  /** Returns whether the selection depends on the energies before the first step. */
  boolean readsInitialEnergy(Variable initialEnergy) {
    return score.reads().contains(initialEnergy);
  }
}
