package dev.ebt.train.density;

import static dev.ebt.tensor.Functions.logSoftmax;
import static dev.ebt.tensor.Functions.real;
import static java.util.Objects.requireNonNullElse;

import dev.ebt.error.SettingException;
import dev.ebt.error.TrainingOnly;
import dev.ebt.error.UserException;
import dev.ebt.modality.ClassLabel;
import dev.ebt.step.ThinkingMethod;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.Shape;
import dev.ebt.tensor.Tensor;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A joint energy of data and classes (Grathwohl et al., "Your classifier is secretly an energy
 * based model and you should treat it like one", arXiv 1912.03263): a classifier and a generator in
 * one,
 *
 * <pre>
 * p(c | y) = e^−E(y, c) / Σ_k e^−E(y, k)
 * loss = −γ ln p(c* | y*) + E(y*, c*) − E(y_k, c*)
 * </pre>
 *
 * <p>with contrastive divergence for p(y | c): chains keep the class of their row, where those of
 * the paper sample p(y). Both have their minimum at E(y, c) = −ln p(y, c) + a constant.
 *
 * @param classification γ, the weight of the classifier (1)
 * @param chainSteps k (10)
 * @param start where chains start, data or noise (data)
 * @param steps the number of thinking steps of a prediction after training (100)
 */
public record JointEnergyObjective(
    @TrainingOnly Double classification,
    @TrainingOnly Integer chainSteps,
    @TrainingOnly ContrastiveDivergence.Start start,
    Integer steps)
    implements DensityObjective {
  private static final String NAME = "joint-energy";

  /** Fills in defaults and rejects invalid values. */
  public JointEnergyObjective {
    classification = requireNonNullElse(classification, 1.0);
    ContrastiveDivergence divergence = new ContrastiveDivergence(chainSteps, start, 0.0, steps);
    chainSteps = divergence.chainSteps();
    start = divergence.start();
    steps = divergence.steps();
    if (!(classification > 0) || classification.isInfinite()) {
      throw SettingException.of("classification", classification, "a positive number");
    }
  }

  private ContrastiveDivergence divergence() {
    return new ContrastiveDivergence(chainSteps, start, 0.0, steps);
  }

  @Override
  public List<Integer> stepPlan(ThinkingMethod thinking) {
    return divergence().stepPlan(thinking);
  }

  @Override
  public boolean startsAtTargets() {
    return divergence().startsAtTargets();
  }

  @Override
  public ObjectiveOutput output(ObjectiveInputs inputs) {
    ClassLabel label =
        inputs
            .modality()
            .classLabel()
            .orElseThrow(
                () ->
                    new UserException(
                        "objective.name=joint-energy classifies, and the context of this modality"
                            + " has no class; set modality.classes to the number of classes of the"
                            + " data"));
    ObjectiveOutput generator = divergence().output(inputs);
    Tensor energies = new DensityProblem(inputs, NAME).energies(inputs.target(), label);
    Tensor scores = energies.transpose(1, 0).negate();
    Tensor right = real(classes(label).equalTo(real(inputs.context().get(label.feature()))));
    // A row whose class is left out, as for guidance, has no right one and does not count here.
    Tensor wrong = logSoftmax(scores).times(right.transpose(1, 0)).sum(-1).negate();
    Map<String, Tensor> metrics = new HashMap<>(generator.metrics());
    metrics.put("classLoss", wrong);
    return new ObjectiveOutput(
        generator.loss().plus(wrong.times(classification)), metrics, generator.stepOutputs());
  }

  private static Tensor classes(ClassLabel label) {
    double[] numbers = new double[label.classes()];
    Arrays.setAll(numbers, i -> i);
    return Tensor.constant(Array.of(Shape.of(label.classes(), 1), numbers));
  }
}
