package dev.ebt.think;

import dev.ebt.backend.Backend;
import dev.ebt.backend.Executable;
import dev.ebt.backend.VariableScope;
import dev.ebt.error.Required;
import dev.ebt.modality.Batch;
import dev.ebt.modality.Modality;
import dev.ebt.predict.Predictor;
import dev.ebt.predict.TargetEnergies;
import dev.ebt.predict.ThinkingEffect;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.ElementType;
import dev.ebt.tensor.Functions;
import dev.ebt.tensor.Program;
import dev.ebt.tensor.Shape;
import dev.ebt.tensor.Tensor;
import dev.ebt.tensor.Variable;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/**
 * The measurement, in one evaluation, of what thinking does: see {@link ThinkingEffect}. Candidates
 * stay on the backend.
 */
public final class ThinkingDiagnostics implements AutoCloseable {
  private static final String MOVED = "moved";

  /** What this has opened, the last first. */
  private final Deque<Runnable> closings = new ArrayDeque<>();

  private final Executable begin;
  private final Executable distance;
  private final Optional<TargetEnergies> energies;
  private double compared;
  private double lower;

  /**
   * Compiles the programs.
   *
   * @param predictor the predictor that is evaluated
   * @param energies the energies of targets, for as many rows; closed with this, or if this
   *     constructor fails
   */
  public ThinkingDiagnostics(
      Backend backend, Modality modality, Predictor predictor, Optional<TargetEnergies> energies) {
    this.energies = energies;
    energies.ifPresent(programs -> closings.push(programs::close));
    try {
      VariableScope scope = backend.scope("diagnostics");
      closings.push(scope::close);
      Tensor current = modality.toModelInput(predictor.candidates().read());
      Variable initial = scope.real("initial", current.shape());
      this.begin = compiled(backend, Program.named("remember").update(initial, current).build());
      this.distance = compiled(backend, distance(modality, current, initial));
    } catch (RuntimeException | Error e) {
      close();
      throw e;
    }
  }

  private Executable compiled(Backend backend, Program program) {
    Executable executable = backend.compile(program);
    closings.push(executable::close);
    return executable;
  }

  private static Program distance(Modality modality, Tensor current, Variable initial) {
    Tensor square = current.minus(initial.read()).square();
    int leading = 1 + modality.predictions().rank();
    int[] axes = IntStream.range(leading, square.shape().rank()).toArray();
    Tensor sum = axes.length == 0 ? square : square.sum(axes);
    return Program.named(MOVED).output(MOVED, Functions.sqrt(sum)).build();
  }

  /** Records the candidates as the initial ones. */
  void begun() {
    begin.run(Map.of());
  }

  /** Returns the distance of each prediction from its initial candidate, [rows, predictions...]. */
  Array moved() {
    return Required.of(distance.run(Map.of()), MOVED);
  }

  /**
   * Compares the energy of each target with that of a wrong answer: the target of the next row or,
   * if there is only one row, of another position in it. Predictions whose targets are equal do not
   * count.
   *
   * @param weights of the predictions; one of weight 0 is left out
   */
  void compareTargets(Batch batch, float[] weights) {
    if (energies.isEmpty() || weights.length < 2) {
      return;
    }
    int perRow = weights.length / batch.rows();
    int shift = batch.rows() > 1 ? perRow : Math.max(1, perRow / 2);
    Array right = energies.get().of(batch.context(), batch.target());
    Array wrong = energies.get().of(batch.context(), shifted(batch.target(), weights, shift));
    int elements = batch.target().shape().elements() / weights.length;
    for (int i = 0; i < weights.length; i++) {
      int other = (i + shift) % weights.length;
      if (weights[i] != 0 && weights[other] != 0 && differ(batch.target(), i, other, elements)) {
        compared += weights[i];
        lower += wrong.real(i) < right.real(i) ? weights[i] : 0;
      }
    }
  }

  /** Returns targets in which each prediction has that of a later one. */
  private static Array shifted(Array targets, float[] weights, int shift) {
    Shape shape = targets.shape();
    int size = shape.elements();
    int by = size / weights.length * shift;
    if (targets.type() == ElementType.INTEGER) {
      long[] values = targets.longs();
      return Array.of(
          shape, IntStream.range(0, size).mapToLong(i -> values[(i + by) % size]).toArray());
    }
    return Array.of(
        shape, IntStream.range(0, size).mapToDouble(i -> targets.real((i + by) % size)).toArray());
  }

  private static boolean differ(Array targets, int one, int other, int elements) {
    return IntStream.range(0, elements)
        .anyMatch(i -> targets.real(one * elements + i) != targets.real(other * elements + i));
  }

  /** Returns the share of the compared predictions whose wrong answer has the lower energy. */
  OptionalDouble wrongLower() {
    return compared == 0 ? OptionalDouble.empty() : OptionalDouble.of(lower / compared);
  }

  /** Frees the programs and variables. */
  @Override
  public void close() {
    while (!closings.isEmpty()) {
      closings.pop().run();
    }
  }
}
