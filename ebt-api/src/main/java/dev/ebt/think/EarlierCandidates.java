package dev.ebt.think;

import dev.ebt.backend.Backend;
import dev.ebt.backend.Executable;
import dev.ebt.backend.VariableScope;
import dev.ebt.optimize.Optimizer;
import dev.ebt.select.Repulsion;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.ElementType;
import dev.ebt.tensor.Program;
import dev.ebt.tensor.Tensor;
import dev.ebt.tensor.Variable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The candidates that a thinking session has made for its context so far, which displace the next
 * one by a {@link Repulsion}. Two small programs do so, whatever their number: one adds the
 * displacement by one of them to a sum, the other moves the current candidates by it.
 */
final class EarlierCandidates {
  private static final String EARLIER = "earlier";

  private final List<Array> candidates = new ArrayList<>();
  private final Repulsion repulsion;
  private final Executable add;
  private final Executable move;

  /** Compiles the programs for a session, which has no earlier candidates yet. */
  EarlierCandidates(
      Backend backend, Repulsion repulsion, BoundThinking bound, VariableScope scope) {
    this.repulsion = repulsion;
    Variable candidate = bound.candidate();
    Tensor current = candidate.read();
    Tensor moving = bound.moving().read();
    int leading = moving.shape().rank();
    Variable sum = scope.real("displacement", candidate.shape());
    Tensor zeros = Tensor.zeros(candidate.shape());
    backend.assign(sum, Array.filled(candidate.shape(), 0));
    Tensor earlier = Tensor.input(EARLIER, candidate.shape(), ElementType.REAL);
    this.add =
        backend.compile(
            Program.named("addDisplacement")
                .update(sum, sum.read().plus(repulsion.displacement(current, earlier, leading)))
                .build());
    Tensor goes = moving.reshape(Optimizer.perPrediction(candidate.shape(), leading));
    Tensor whole = sum.read().times(goes);
    Tensor free = bound.held().map(held -> held.read().free(whole)).orElse(whole);
    this.move =
        backend.compile(
            Program.named("displace")
                .update(candidate, current.plus(free))
                .update(sum, zeros)
                .build());
  }

  /** Forgets all candidates: the context is another one. */
  void clear() {
    candidates.clear();
  }

  /** Adds what thinking made of a candidate. */
  void add(Array reached) {
    candidates.add(reached);
  }

  /**
   * Displaces the current candidates that are still thought about.
   *
   * @param step the number of the step that follows, from 0
   */
  void displace(int step) {
    if (!candidates.isEmpty() && repulsion.acts(step)) {
      candidates.forEach(earlier -> add.run(Map.of(EARLIER, earlier)));
      move.run(Map.of());
    }
  }

  void close() {
    add.close();
    move.close();
  }
}
