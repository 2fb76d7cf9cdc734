package dev.ebt.bench.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ebt.backend.Backend;
import dev.ebt.bench.conformance.Agreement.Quantity;
import dev.ebt.error.Required;
import dev.ebt.modality.Batch;
import dev.ebt.model.AutoregressiveEnergy;
import dev.ebt.monitor.StepMetrics;
import dev.ebt.nn.ParameterSpec;
import dev.ebt.optimize.AdamW;
import dev.ebt.optimize.CosineSchedule;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.Shape;
import dev.ebt.text.TextSettings.CandidateEmbedding;
import dev.ebt.train.ParameterUpdateRule;
import dev.ebt.train.TrainingProblem;
import dev.ebt.train.TrainingStepper;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A reference case of kind {@code autoregressive-ebt-text}: energies, states, loss, gradients,
 * training steps.
 */
final class TextCase {
  static final String KIND = "autoregressive-ebt-text";

  private final ReferenceCase reference;
  private final Backend backend;
  private final int rows;
  private final int length;
  private final int vocabulary;
  private final int landscapes;
  private final TrainingProblem problem;

  /** Creates a case that is computed on the given backend. */
  TextCase(ReferenceCase reference, Backend backend) {
    this.reference = reference;
    this.backend = backend;
    Shape initial = reference.tensor("initial_logits").shape();
    this.rows = initial.size(0);
    this.length = initial.size(1);
    this.vocabulary = initial.size(2);
    this.landscapes = reference.flag("mcmc_num_steps").asInt();
    this.problem = problem();
  }

  /** Returns the flags with unsupported values, or empty if the case is supported. */
  static Optional<String> unknown(ReferenceCase reference) {
    List<String> others = new ArrayList<>(reference.options().unsupported());
    others.addAll(reference.others(Map.of("langevin_dynamics_noise_learnable", "false")));
    return others.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", others));
  }

  private TrainingProblem problem() {
    boolean tied = reference.flag("vocab_to_embed_uses_prob_dist").asBoolean();
    return new TrainingProblem(
        new GivenStart(
            vocabulary, length, tied ? CandidateEmbedding.TIED : CandidateEmbedding.PROJECTION),
        new AutoregressiveEnergy(reference.parts().transformer(), landscapes),
        reference.objective(),
        reference.thinking(),
        reference.regularizers());
  }

  /** Computes and compares all values of the case. */
  Agreement compute() {
    try (ObjectiveCheck check = new ObjectiveCheck(reference, backend, problem, rows, "logits")) {
      Agreement agreement = compare(check, new Agreement());
      return agreement.passed()
          ? agreement
          : compare(check, Agreement.rounded(check.runRounded(inputs())));
    }
  }

  private Agreement compare(ObjectiveCheck check, Agreement agreement) {
    Map<String, Array> found = check.run(inputs());
    check.compareSteps(agreement, found);
    JsonNode trajectory = reference.document().path("trajectory");
    if (trajectory.isMissingNode()) {
      check.compareGradients(agreement, found, 1);
    } else {
      train(agreement, trajectory, check);
    }
    return agreement;
  }

  /**
   * Runs and compares the optimizer steps of the case's trajectory, on one batch with one initial
   * candidate. The gradients of such a case are those of its last step, after clipping.
   */
  private void train(Agreement agreement, JsonNode t, ObjectiveCheck check) {
    Batch batch = batch();
    double clip = t.path("clip").asDouble();
    int last = t.path("losses").size() - 1;
    try (TrainingStepper stepper = stepper(t)) {
      stepper.initialize();
      check.assign(stepper.parameters());
      for (int i = 0; i <= last; i++) {
        Map<String, Array> before = i == last ? check.run(inputs()) : Map.of();
        StepMetrics metrics = stepper.step(i + 1, List.of(batch));
        String step = "losses[" + i + "]";
        agreement.compare(Quantity.LOSS, step, t.path("losses").path(i).asDouble(), metrics.loss());
        double norm = t.path("grad_norms_before_clip").path(i).asDouble();
        agreement.compare(Quantity.GRADIENTS, "norm of " + step, norm, metrics.gradientNorm());
        if (i == last) {
          double scale = Math.min(1, clip / metrics.gradientNorm());
          check.compareGradients(agreement, before, scale);
        }
      }
      for (ParameterSpec spec : stepper.parameters()) {
        String name = "trained." + spec.name();
        agreement.compare(
            Quantity.TRAINED, name, reference.tensor(name), backend.read(spec.variable()));
      }
    }
  }

  private TrainingStepper stepper(JsonNode t) {
    CosineSchedule schedule =
        new CosineSchedule(
            t.path("warm_up_steps").asInt(),
            t.path("max_scheduling_steps").asInt(),
            1 / t.path("min_lr_scale").asDouble());
    AdamW optimizer =
        new AdamW(
            t.path("betas").path(0).asDouble(),
            t.path("betas").path(1).asDouble(),
            t.path("eps").asDouble(),
            t.path("weight_decay").asDouble());
    ParameterUpdateRule rule =
        ParameterUpdateRule.of(optimizer, schedule, t.path("peak_lr").asDouble())
            .clippedTo(t.path("clip").asDouble())
            .asPublished();
    return new TrainingStepper(problem, backend, rule, 0);
  }

  private Batch batch() {
    Map<String, Array> inputs = inputs();
    return new Batch(
        Map.of("tokens", inputs.get("tokens"), GivenStart.NAME, inputs.get(GivenStart.NAME)),
        Required.of(inputs, "target"),
        Required.of(inputs, "weight"));
  }

  private Map<String, Array> inputs() {
    Map<String, Array> inputs = TokenInputs.of(reference);
    inputs.put(GivenStart.NAME, reference.tensor("initial_logits"));
    reference.tensors().keySet().stream()
        .filter(name -> name.startsWith(GivenNoise.NAME))
        .forEach(name -> inputs.put(name, reference.tensor(name)));
    return inputs;
  }
}
