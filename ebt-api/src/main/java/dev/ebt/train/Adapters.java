package dev.ebt.train;

import dev.ebt.backend.Backend;
import dev.ebt.backend.Executable;
import dev.ebt.nn.ParameterSpec;
import dev.ebt.step.ThinkingStep;
import dev.ebt.tensor.Program;
import dev.ebt.tensor.Tensor;
import dev.ebt.tensor.Variable;
import java.util.List;
import java.util.Map;

/** The low-rank adapters of a training, if it has any: see {@link AdapterSettings}. */
public final class Adapters {
  private final Backend backend;
  private final ParameterUpdateRule rule;
  private final List<ParameterSpec> specs;
  private final List<LowRankAdapter> all;

  Adapters(Backend backend, ParameterUpdateRule rule, List<ParameterSpec> specs) {
    this.backend = backend;
    this.rule = rule;
    this.specs = specs;
    this.all = TrainedFactors.adapters(rule, specs);
  }

  /** Takes the present weights as those that adapters are added to. */
  public void takeBase() {
    all.forEach(adapter -> backend.assign(adapter.base(), backend.read(adapter.spec().variable())));
  }

  /** Returns the weights that adapters are added to. */
  List<Variable> bases() {
    return all.stream().map(LowRankAdapter::base).toList();
  }

  /**
   * Computes weights from their base and the factors of their adapters as an update does, so that a
   * resumed training has the same weights to the last bit.
   */
  public void merge() {
    if (all.isEmpty()) {
      return;
    }
    Program.Builder program = Program.named("merge");
    for (LowRankAdapter adapter : all) {
      Tensor down = adapter.down().variable().read();
      Tensor up = adapter.up().variable().read();
      program.update(adapter.spec().variable(), adapter.merged(down, up));
    }
    try (Executable merge = backend.compile(program.build())) {
      merge.run(Map.of());
    }
  }

  /**
   * Returns the parameters that a checkpoint has to hold: all without adapters; else the step size,
   * which may be set by hand, as others stay as in the base or follow from the factors, which are
   * among the slots of the training.
   */
  public List<ParameterSpec> stored() {
    return rule.trained().adapter() == null
        ? specs
        : specs.stream().filter(spec -> spec.name().equals(ThinkingStep.STEP_SIZE)).toList();
  }

  /** Returns the number of scalars that are trained, with or without adapters. */
  public long trainedCount() {
    return TrainedFactors.trained(rule, specs).stream()
        .mapToLong(spec -> spec.shape().elements())
        .sum();
  }
}
