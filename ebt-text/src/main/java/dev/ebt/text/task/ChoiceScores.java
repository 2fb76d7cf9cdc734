package dev.ebt.text.task;

import dev.ebt.text.task.TaskRows.Sequence;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** The scores of the most likely choices of records with choices. */
final class ChoiceScores {
  private ChoiceScores() {}

  /**
   * Returns one score for each record with choices, in their order. If several choices are equally
   * likely, the mean of their scores counts: 1/k if one of k is right.
   *
   * @param loss the negative log-likelihood of a choice
   */
  static double[] of(TextTask task, List<Sequence> sequences, ToDoubleFunction<Sequence> loss) {
    Map<Integer, List<Sequence>> likeliest = new LinkedHashMap<>();
    for (Sequence sequence : sequences) {
      if (!task.records().get(sequence.record()).choices().isEmpty()) {
        List<Sequence> best =
            likeliest.computeIfAbsent(sequence.record(), record -> new ArrayList<>());
        int order =
            best.isEmpty()
                ? 0
                : Double.compare(loss.applyAsDouble(sequence), loss.applyAsDouble(best.get(0)));
        if (order < 0) {
          best.clear();
        }
        if (order <= 0) {
          best.add(sequence);
        }
      }
    }
    return likeliest.values().stream()
        .mapToDouble(best -> best.stream().mapToDouble(Sequence::score).average().orElseThrow())
        .toArray();
  }
}
