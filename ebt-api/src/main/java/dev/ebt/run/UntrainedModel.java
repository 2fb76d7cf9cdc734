package dev.ebt.run;

import dev.ebt.error.UserException;
import dev.ebt.nn.ParameterSpec;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.Variable;
import dev.ebt.train.TrainingStepper;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A model as it was before its first update. Initial values are a function of the seed and the name
 * of a parameter, or the weights of the run that the training started from.
 */
public final class UntrainedModel {
  private UntrainedModel() {}

  /**
   * Computes something with the parameters that the model had before its first update, which are
   * those of the checkpoint again afterwards.
   *
   * @return empty, and nothing was computed, if the weights that the training started from are gone
   */
  public static <T> Optional<T> compute(RunParts parts, Supplier<T> computation) {
    List<ParameterSpec> specs = parts.parameters();
    Map<Variable, Array> trained = new LinkedHashMap<>();
    specs.forEach(spec -> trained.put(spec.variable(), parts.backend().read(spec.variable())));
    try {
      TrainingStepper.initialize(parts.backend(), specs, parts.configuration().seed());
      WarmStart.assign(parts);
    } catch (UserException e) {
      trained.forEach(parts.backend()::assign);
      return Optional.empty();
    }
    try {
      return Optional.of(computation.get());
    } finally {
      trained.forEach(parts.backend()::assign);
    }
  }
}
