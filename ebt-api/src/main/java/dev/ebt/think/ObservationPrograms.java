package dev.ebt.think;

import dev.ebt.backend.VariableScope;
import dev.ebt.tensor.NamedTensors;
import dev.ebt.tensor.Sources;
import dev.ebt.tensor.Tensor;
import dev.ebt.tensor.Variable;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The compiled programs of an observation, which stays in variables on the device. */
interface ObservationPrograms {
  /** Returns the features that initial candidates may depend on, as program inputs. */
  NamedTensors candidateFeatures();

  /** Returns whether these features are those of the selected positions only, in their order. */
  boolean featuresAtPositions();

  /** Returns the observation as programs read it. */
  NamedTensors observed();

  /** Returns the number of separate observations, one per landscape if landscapes differ, or 1. */
  int kept();

  /** Returns whether observations depend on the landscape. */
  boolean landscapesDiffer();

  /** Returns the observation of one more element of each row; empty without a cache. */
  default Optional<GrownObservation> grown() {
    return Optional.empty();
  }

  /** Opens the observation of a session, on variables of its scope. */
  Observation open(VariableScope scope);

  /** Returns the free variables of the observation. */
  default Set<Variable> variables() {
    return observed().toMap().values().stream()
        .filter(tensor -> tensor.op() instanceof Sources.Read)
        .map(tensor -> ((Sources.Read) tensor.op()).variable())
        .collect(Collectors.toSet());
  }

  /** Returns how programs read a tensor of an observation: constants as they are. */
  static Tensor resident(String name, Tensor tensor) {
    return tensor.op() instanceof Sources.Constant ? tensor : variable(name, tensor).read();
  }

  /** Returns the free variable of a tensor of an observation. */
  static Variable variable(String name, Tensor tensor) {
    return new Variable("observed." + name, tensor.shape(), tensor.type());
  }
}
