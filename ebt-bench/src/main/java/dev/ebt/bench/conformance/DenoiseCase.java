package dev.ebt.bench.conformance;

import dev.ebt.backend.Backend;
import dev.ebt.bench.conformance.Agreement.Quantity;
import dev.ebt.model.BidirectionalEnergy;
import dev.ebt.nn.SineCosinePositions;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.Shape;
import dev.ebt.train.TrainingProblem;
import dev.ebt.vision.DenoisingModality;
import dev.ebt.vision.DenoisingSettings;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A reference case of kind {@code bidirectional-ebt-denoise}: energies, images, loss, gradients.
 */
final class DenoiseCase {
  static final String KIND = "bidirectional-ebt-denoise";

  private static final String NOISY = "noised";
  private static final String CLEAN = "real";

  private final ReferenceCase reference;
  private final Backend backend;
  private final Shape images;

  /** Creates a case that is computed on the given backend. */
  DenoiseCase(ReferenceCase reference, Backend backend) {
    this.reference = reference;
    this.backend = backend;
    this.images = reference.tensor(NOISY).shape();
  }

  /** Returns the flags with unsupported values, or empty if the case is supported. */
  static Optional<String> unknown(ReferenceCase reference) {
    Map<String, String> only = new LinkedHashMap<>();
    only.put("image_task", "denoising");
    only.put("clamp_futures_grad", "false");
    only.put("absolute_clamp", "0");
    only.put("langevin_dynamics_noise", "0");
    only.put("reconstruction_coeff", "1");
    List<String> others = reference.others(only);
    return others.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", others));
  }

  /** Computes and compares all values of the case. */
  Agreement compute() {
    Agreement agreement = new Agreement();
    comparePositions(agreement);
    TrainingProblem problem =
        new TrainingProblem(
            new DenoisingModality(
                new DenoisingSettings(images.size(2), images.size(1), patch(), null, null, null)),
            new BidirectionalEnergy(reference.parts().bidirectional()),
            reference.objective(),
            reference.thinking(),
            List.of());
    int rows = images.size(0);
    try (ObjectiveCheck check = new ObjectiveCheck(reference, backend, problem, rows, "image")) {
      Map<String, Array> found = check.run(inputs());
      check.compareSteps(agreement, found);
      check.compareGradients(agreement, found, 1);
    }
    return agreement;
  }

  private void comparePositions(Agreement agreement) {
    Array expected = reference.tensor("pos_embed");
    int width = reference.flag("embedding_dim").asInt();
    Array grid =
        SineCosinePositions.grid(images.size(2) / patch(), images.size(3) / patch(), width);
    Array found = Array.of(expected.shape(), grid.doubles());
    agreement.compare(Quantity.STATES, "pos_embed", expected, found);
  }

  private int patch() {
    return reference.flag("patch_size").asInt();
  }

  private Map<String, Array> inputs() {
    Map<String, Array> inputs = new HashMap<>();
    inputs.put(DenoisingModality.NOISY, reference.tensor(NOISY));
    inputs.put(DenoisingModality.CLEAN, reference.tensor(CLEAN));
    inputs.put(ObjectiveCheck.WEIGHT, Array.filled(Shape.of(images.size(0)), 1));
    return inputs;
  }
}
