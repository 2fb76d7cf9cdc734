package dev.ebt.think;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * The programs of thinking in one of their forms: as tensors, as templates, or bound to the
 * variables of a session.
 *
 * @param begin sets the initial candidates
 * @param firstStep takes the first step; the same object as {@code step} without regularizers
 * @param step takes a later step
 * @param score computes the energy of the current candidates
 * @param select computes the score that a selection among candidates is made by; the same object as
 *     {@code score} where that is the energy
 * @param assess computes loss and metrics of the current candidates
 */
record ThinkingProgramSet<P>(P begin, P firstStep, P step, P score, P select, P assess) {
  /** Returns the programs in another form. */
  <Q> ThinkingProgramSet<Q> map(Function<P, Q> function) {
    Q later = function.apply(step);
    Q energy = function.apply(score);
    return new ThinkingProgramSet<>(
        function.apply(begin),
        firstStep == step ? later : function.apply(firstStep),
        later,
        energy,
        select == score ? energy : function.apply(select),
        function.apply(assess));
  }

  /** Returns all programs, each once. */
  List<P> all() {
    Set<P> all = Collections.newSetFromMap(new IdentityHashMap<>());
    all.addAll(List.of(begin, firstStep, step, score, select, assess));
    return List.copyOf(all);
  }
}
