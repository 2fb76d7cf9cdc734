package dev.ebt.train;

import dev.ebt.backend.ProcessGroup;
import dev.ebt.error.Required;
import dev.ebt.monitor.StepMetrics;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.Shape;
import dev.ebt.train.UpdatePrograms.Totals;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The sums of a training step over its batches and processes, from which its metrics follow. */
final class StepSums {
  private final Map<String, Double> sums = new LinkedHashMap<>();

  /** Adds the outputs of a batch. */
  void add(Map<String, Array> outputs) {
    outputs.forEach((name, value) -> sums.merge(name, value.item(), Double::sum));
  }

  /** Returns a copy with values of the whole step. */
  StepSums with(Map<String, Array> values) {
    StepSums all = new StepSums();
    all.sums.putAll(sums);
    values.forEach((name, value) -> all.sums.put(name, value.item()));
    return all;
  }

  /** Replaces sums by those over processes, in the order of their names. */
  void sumOver(ProcessGroup processes) {
    if (processes.size() > 1) {
      List<String> names = sums.keySet().stream().sorted().toList();
      double[] own = names.stream().mapToDouble(name -> Required.of(sums, name)).toArray();
      Array all = processes.sum(Array.of(Shape.of(own.length), own));
      for (int i = 0; i < own.length; i++) {
        sums.put(names.get(i), all.real(i));
      }
    }
  }

  /** Returns the metrics: means by weight, and the norm of the gradient. */
  StepMetrics metrics() {
    double weight = Required.of(sums, Totals.WEIGHT);
    double norm = Required.of(sums, UpdatePrograms.NORM);
    double loss = Required.of(sums, Totals.LOSS) / weight;
    Map<String, Double> rest = new LinkedHashMap<>(sums);
    rest.keySet().removeAll(List.of(Totals.WEIGHT, UpdatePrograms.NORM, Totals.LOSS));
    rest.replaceAll((name, sum) -> sum / weight);
    return new StepMetrics(loss, norm, rest);
  }
}
