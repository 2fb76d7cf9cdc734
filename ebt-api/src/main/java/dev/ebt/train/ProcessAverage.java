package dev.ebt.train;

import dev.ebt.backend.Backend;
import dev.ebt.backend.Executable;
import dev.ebt.backend.ProcessGroup;
import dev.ebt.error.Required;
import dev.ebt.nn.ParameterSpec;
import dev.ebt.tensor.Program;
import dev.ebt.tensor.Tensor;
import dev.ebt.tensor.Variable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The average over processes of all that a training changes, after updates that each has made by
 * itself (local SGD, arXiv 1805.09767):
 *
 * <pre>
 * v ← (v₁ + … + v_N) / N
 * </pre>
 *
 * <p>for every v among the trained parameters, the optimizer's slots and the moving averages of the
 * parameters. Slots are averaged as in Local Adam (arXiv 2409.13155), so that all processes are
 * alike afterwards and a checkpoint of one of them is complete. A moving average is linear: the
 * average of those of the processes is that of the averaged parameters. Of low-rank adapters the
 * factors are averaged, and weights are computed from them.
 */
final class ProcessAverage implements AutoCloseable {
  private final ProcessGroup processes;
  private final List<Variable> averaged;
  private final Executable mean;

  ProcessAverage(
      ProcessGroup processes,
      Backend backend,
      ParameterUpdateRule rule,
      List<ParameterSpec> specs) {
    this.processes = processes;
    this.averaged = new ArrayList<>(UpdatePrograms.initialSlots(rule, specs).keySet());
    TrainedFactors.trained(rule, specs).forEach(spec -> averaged.add(spec.variable()));
    this.mean = backend.compile(mean(rule, specs));
  }

  /** Returns the program that divides sums by the number of processes. */
  private Program mean(ParameterUpdateRule rule, List<ParameterSpec> specs) {
    Program.Builder program = Program.named("mean");
    Map<Variable, Tensor> means = new LinkedHashMap<>();
    for (Variable variable : averaged) {
      means.put(variable, variable.read().divide(Tensor.constant(processes.size())));
    }
    means.forEach(program::update);
    for (LowRankAdapter adapter : TrainedFactors.adapters(rule, specs)) {
      Tensor down = Required.of(means, adapter.down().variable());
      Tensor up = Required.of(means, adapter.up().variable());
      program.update(adapter.spec().variable(), adapter.merged(down, up));
    }
    return program.build();
  }

  /**
   * Replaces variables by their averages. Every process has to call this.
   *
   * @throws dev.ebt.backend.LostProcessException if a process is lost; the values of this one are
   *     then of no use
   */
  void take() {
    processes.sum(averaged);
    mean.run(Map.of());
  }

  @Override
  public void close() {
    mean.close();
  }
}
