package dev.ebt.train;

import dev.ebt.backend.Backend;
import dev.ebt.nn.ParameterSpec;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.Variable;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** The moving averages of a training's parameters, as parameters to predict with. */
public final class WeightAverages {
  private final Backend backend;
  private final Map<Variable, Variable> averages = new LinkedHashMap<>();

  /**
   * Finds the average of each parameter that has one.
   *
   * @param slots the variables of the training beside its parameters
   */
  WeightAverages(Backend backend, List<ParameterSpec> specs, List<Variable> slots) {
    this.backend = backend;
    Set<Variable> all = new HashSet<>(slots);
    for (ParameterSpec spec : specs) {
      Variable average = MovingAverage.variable(spec);
      if (all.contains(average)) {
        averages.put(spec.variable(), average);
      }
    }
  }

  /** Assigns the averages to the parameters, for predictions after training. */
  public void take() {
    averages.forEach((parameter, average) -> backend.assign(parameter, backend.read(average)));
  }

  /**
   * Returns the result of a computation with the averages as parameters. The parameters have their
   * own values again afterwards.
   */
  public <T> T during(Supplier<T> computation) {
    Map<Variable, Array> last = new LinkedHashMap<>();
    averages.keySet().forEach(parameter -> last.put(parameter, backend.read(parameter)));
    try {
      take();
      return computation.get();
    } finally {
      last.forEach(backend::assign);
    }
  }
}
