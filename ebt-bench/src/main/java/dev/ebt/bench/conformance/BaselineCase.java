package dev.ebt.bench.conformance;

import dev.ebt.backend.Backend;
import dev.ebt.backend.Executable;
import dev.ebt.bench.conformance.Agreement.Quantity;
import dev.ebt.bench.synthetic.PlaceholderTokenizer;
import dev.ebt.error.Required;
import dev.ebt.model.TransformerPlusPlus;
import dev.ebt.nn.Parameters;
import dev.ebt.step.ThinkingHyperparameters;
import dev.ebt.step.ThinkingMethod;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.NamedTensors;
import dev.ebt.tensor.Program;
import dev.ebt.tensor.Shape;
import dev.ebt.tensor.Tensor;
import dev.ebt.text.TextModality;
import dev.ebt.text.TextSettings;
import dev.ebt.think.DirectPredictor;
import dev.ebt.train.MaximumLikelihood;
import dev.ebt.train.TrainingProblem;
import java.util.List;
import java.util.Map;

/** A reference case of kind {@code transformer++-text}: logits, loss, gradients. */
final class BaselineCase {
  static final String KIND = "transformer++-text";

  private final ReferenceCase reference;
  private final Backend backend;

  /** Creates a case that is computed on the given backend. */
  BaselineCase(ReferenceCase reference, Backend backend) {
    this.reference = reference;
    this.backend = backend;
  }

  /** Computes and compares all values of the case. */
  Agreement compute() {
    Shape logits = reference.tensor("logits").shape();
    TextModality modality =
        new TextModality(
            new TextSettings(logits.size(1), null, null, null),
            new PlaceholderTokenizer(logits.size(2)));
    TransformerPlusPlus model = new TransformerPlusPlus(reference.parts().transformer());
    TrainingProblem problem =
        new TrainingProblem(
            modality,
            model,
            new MaximumLikelihood(),
            ThinkingMethod.of(ThinkingHyperparameters.defaults()),
            List.of());
    Map<String, Array> inputs = TokenInputs.of(reference);
    Agreement agreement = new Agreement();
    try (ObjectiveCheck check =
        new ObjectiveCheck(reference, backend, problem, logits.size(0), "logits")) {
      Map<String, Array> found = check.run(inputs);
      check.compareSteps(agreement, found);
      check.compareGradients(agreement, found, 1);
    }
    Tensor tokens = modality.context().get(0).input(logits.size(0));
    Tensor predicted =
        DirectPredictor.candidates(
            modality, model, NamedTensors.of(Map.of("tokens", tokens)), new Parameters());
    Program program = Program.named("predict").output("logits", predicted).build();
    try (Executable executable = backend.compile(program)) {
      agreement.compare(
          Quantity.STATES,
          "logits",
          reference.tensor("logits"),
          Required.of(executable.run(inputs), "logits"));
    }
    return agreement;
  }
}
