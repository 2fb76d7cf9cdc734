package dev.ebt.predict;

import dev.ebt.backend.Backend;
import dev.ebt.backend.Executable;
import dev.ebt.modality.FeatureSpec;
import dev.ebt.modality.Modality;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.Program;
import dev.ebt.tensor.Shape;
import dev.ebt.tensor.Tensor;
import dev.ebt.tensor.Variable;
import java.util.Map;

/** A program for the loss and the modality's metrics of candidates in a variable. */
public final class CandidateMetrics implements AutoCloseable {
  private final Executable program;

  /**
   * Compiles the program.
   *
   * @param candidates [rows, candidate...]
   */
  public CandidateMetrics(Backend backend, Modality modality, Variable candidates) {
    this.program = backend.compile(program(modality, candidates));
  }

  /**
   * Returns the program, named "assess": its input is the target, its outputs are "loss" and the
   * metrics by name, each [rows, predictions...].
   *
   * @param candidates [rows, candidate...]
   */
  public static Program program(Modality modality, Variable candidates) {
    FeatureSpec feature = modality.target();
    Shape shape = feature.shape(candidates.shape().size(0));
    Tensor target =
        Tensor.input(
            feature.name(),
            modality.predictions().rank() > 0 ? shape.with(1, candidates.shape().size(1)) : shape,
            feature.type());
    Tensor candidate = candidates.read();
    Program.Builder assess =
        Program.named("assess").output("loss", modality.loss(candidate, target));
    modality.metrics(candidate, target).forEach(assess::output);
    return assess.build();
  }

  /** Returns loss and metrics of the current candidates, by name, each [rows, predictions...]. */
  public Map<String, Array> of(String targetName, Array target) {
    return program.run(Map.of(targetName, target));
  }

  @Override
  public void close() {
    program.close();
  }
}
