package dev.ebt.bench.conformance;

import dev.ebt.backend.Backend;
import dev.ebt.backend.Executable;
import dev.ebt.bench.conformance.Agreement.Quantity;
import dev.ebt.diffusion.DenoisingFunction;
import dev.ebt.diffusion.DiffusionObjective;
import dev.ebt.diffusion.NoiseSchedule;
import dev.ebt.error.Required;
import dev.ebt.model.BidirectionalSettings;
import dev.ebt.model.DiffusionTransformer;
import dev.ebt.nn.Parameters;
import dev.ebt.nn.SineCosinePositions;
import dev.ebt.objective.Objective;
import dev.ebt.step.ThinkingHyperparameters;
import dev.ebt.step.ThinkingMethod;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.ElementType;
import dev.ebt.tensor.NamedTensors;
import dev.ebt.tensor.Program;
import dev.ebt.tensor.Shape;
import dev.ebt.tensor.Tensor;
import dev.ebt.train.TrainingProblem;
import dev.ebt.vision.DenoisingModality;
import dev.ebt.vision.DenoisingSettings;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A reference case of kind {@code diffusion-transformer}: network outputs, both terms of the loss,
 * gradients.
 */
final class DiffusionCase {
  static final String KIND = "diffusion-transformer";

  private static final String TIMES = "timesteps";
  private static final String NOISE = "noise";
  private static final String CLEAN = "x";
  private static final String NOISY = "x_t";
  private static final String PREDICTED = "output";

  private final ReferenceCase reference;
  private final Backend backend;
  private final Shape images;
  private final DenoisingModality modality;
  private final DiffusionTransformer model;

  /** Creates a case that is computed on the given backend. */
  DiffusionCase(ReferenceCase plain, Backend backend) {
    this.reference = plain.within("transformer.");
    this.backend = backend;
    this.images = reference.tensor(CLEAN).shape();
    this.modality =
        new DenoisingModality(
            new DenoisingSettings(
                argument("input_size"),
                argument("in_channels"),
                argument("patch_size"),
                1.0,
                null,
                null));
    this.model =
        new DiffusionTransformer(
            new BidirectionalSettings(
                null,
                argument("depth"),
                argument("num_heads"),
                argument("hidden_size"),
                reference.argument("mlp_ratio").asDouble()));
  }

  private int argument(String name) {
    return reference.argument(name).asInt();
  }

  /** The published objective with given times and noise. */
  private record GivenNoise(Shape target) implements Objective {
    @Override
    public List<Integer> stepPlan(ThinkingMethod thinking) {
      return List.of();
    }

    @Override
    public Objective.ObjectiveOutput output(Objective.ObjectiveInputs task) {
      Tensor times = Tensor.input(TIMES, target.slice(0, 1), ElementType.INTEGER);
      return DiffusionObjective.output(task, times, Tensor.input(NOISE, target, ElementType.REAL));
    }
  }

  /** Computes and compares all values of the case. */
  Agreement compute() {
    Agreement agreement = new Agreement();
    Array positions = reference.tensor("pos_embed");
    int side = argument("input_size") / argument("patch_size");
    double[] grid = SineCosinePositions.grid(side, side, model.width()).doubles();
    agreement.compare(Quantity.STATES, "pos_embed", positions, Array.of(positions.shape(), grid));
    compareNoise(agreement);
    int rows = images.size(0);
    TrainingProblem problem =
        new TrainingProblem(
            modality,
            model,
            new GivenNoise(images),
            ThinkingMethod.of(ThinkingHyperparameters.defaults()),
            List.of());
    Map<String, Array> inputs = new HashMap<>();
    inputs.put(DenoisingModality.CLEAN, reference.tensor(CLEAN));
    inputs.put(ObjectiveCheck.WEIGHT, Array.filled(Shape.of(rows), 1));
    inputs.put(TIMES, reference.tensor(TIMES));
    inputs.put(NOISE, reference.tensor(NOISE));
    try (ObjectiveCheck check = new ObjectiveCheck(reference, backend, problem, rows, "image")) {
      Map<String, Array> found = check.run(inputs);
      check.compareSteps(agreement, found);
      compareMean(agreement, "term.mse", Required.of(found, "noiseError"));
      compareMean(agreement, "term.vb", Required.of(found, "bound"));
      check.compareGradients(agreement, found, 1);
      comparePredicted(agreement);
    }
    return agreement;
  }

  /** Compares √ᾱ x + √(1−ᾱ) ε, computed on the host by the dataset. */
  private void compareNoise(Agreement agreement) {
    Array clean = reference.tensor(CLEAN);
    double[] noisy = new double[clean.shape().elements()];
    int size = noisy.length / images.size(0);
    for (int i = 0; i < noisy.length; i++) {
      double signal = NoiseSchedule.signal((int) reference.tensor(TIMES).real(i / size));
      noisy[i] =
          Math.sqrt(signal) * clean.real(i)
              + Math.sqrt(1 - signal) * reference.tensor(NOISE).real(i);
    }
    agreement.compare(
        Quantity.STATES, NOISY, reference.tensor(NOISY), Array.of(clean.shape(), noisy));
  }

  private void compareMean(Agreement agreement, String name, Array found) {
    double[] each = reference.tensor(name).doubles();
    double mean = java.util.Arrays.stream(each).average().orElseThrow();
    agreement.compare(Quantity.LOSS, name, mean, found.item());
  }

  /** Compares the predicted clean images. */
  private void comparePredicted(Agreement agreement) {
    Tensor clean = Tensor.input(CLEAN, images, ElementType.REAL);
    Tensor times = Tensor.input(TIMES, images.slice(0, 1), ElementType.INTEGER);
    Tensor predicted =
        DenoisingFunction.of(modality, model, new Parameters())
            .predictNoise(clean, times, NamedTensors.empty());
    Program program = Program.named("predict").output(PREDICTED, predicted).build();
    try (Executable executable = backend.compile(program)) {
      Array found = Required.of(executable.run(reference.tensors()), PREDICTED);
      agreement.compare(Quantity.STATES, PREDICTED, reference.tensor(PREDICTED), found);
    }
  }
}
