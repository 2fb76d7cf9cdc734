package dev.ebt.train;

import static dev.ebt.tensor.Functions.minimum;
import static dev.ebt.tensor.Functions.randomUniform;
import static dev.ebt.tensor.Functions.select;
import static dev.ebt.tensor.Functions.stopGradient;

import dev.ebt.energy.EnergyFunction;
import dev.ebt.energy.EnergyModel;
import dev.ebt.error.SettingException;
import dev.ebt.error.UserException;
import dev.ebt.modality.HeldElements;
import dev.ebt.modality.Modality;
import dev.ebt.objective.Objective;
import dev.ebt.objective.RowPairing;
import dev.ebt.optimize.Optimizer;
import dev.ebt.step.ThinkingMethod;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.ElementType;
import dev.ebt.tensor.Functions;
import dev.ebt.tensor.Gradients;
import dev.ebt.tensor.NamedTensors;
import dev.ebt.tensor.Shape;
import dev.ebt.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Equilibrium matching (Wang and Du, arXiv 2510.02300): the gradient of the energy is learned at
 * all points between an initial candidate ε and the target y*, so that descent ends at one of many
 * right answers instead of their mean. With γ drawn per prediction, uniform in [0, 1):
 *
 * <pre>
 * y = γ y* + (1 − γ) ε
 * c(γ) = λ min(1, (1 − γ) / (1 − a))
 * loss = mean over elements of (∂E/∂y − c(γ) (ε − y*))²
 * </pre>
 *
 * <p>The gradient vanishes at the target: targets are minima of one energy that does not depend on
 * γ, and thinking is descent on it with any optimizer and any number of small steps. The first
 * phase of Energy Matching (Balcerak et al., arXiv 2504.10612) has the same loss with c constant.
 *
 * <p>y, y* and ε are model inputs: images as they are, or distributions, between which the line is
 * one of mixtures.
 *
 * <p>With landscapes that differ (such as {@code model.conditioning=time_embed}), landscape k of K
 * learns the part of the way with γ in [k/K, (k + 1)/K), each from its share of the rows: an energy
 * per noise level, which thinking descends one after the other as in IRED (Du et al., arXiv
 * 2406.11179).
 *
 * <p>For a = 0 this is System 1 of one step of size α = 1/λ whose initial candidate is y instead of
 * ε: ‖y − α ∂E/∂y − y*‖² = α² ‖∂E/∂y − (1 − γ)/α · (ε − y*)‖². Training from γ = 0 alone learns the
 * mean of all targets.
 *
 * @param settings λ, a, the shares of rows at both ends, and the pairing
 */
public record MatchingObjective(MatchingSettings settings) implements Objective {
  private static final long GAMMA_SITE = 1L << 50;
  private static final long SHARE_SITE = GAMMA_SITE + 1;

  @Override
  public List<Integer> stepPlan(ThinkingMethod thinking) {
    return List.of();
  }

  @Override
  public List<Integer> predictionPlan(ThinkingMethod thinking) {
    return thinking.plan(settings.steps());
  }

  @Override
  public boolean judgedByLoss(Modality modality) {
    return false;
  }

  /** Every landscape is trained with rows of its own. */
  @Override
  public int leastRows(ThinkingMethod thinking) {
    return thinking.landscapes();
  }

  @Override
  public Optional<RowPairing> pairing() {
    return settings.pairing() == MatchingSettings.Pairing.OPTIMAL
        ? Optional.of(new OptimalPairing())
        : Optional.empty();
  }

  @Override
  public ObjectiveOutput output(ObjectiveInputs task) {
    Shape shape =
        Optimizer.perPrediction(
            task.initialCandidate().shape(), 1 + task.modality().predictions().rank());
    Tensor uniform = randomUniform(task.key(), GAMMA_SITE, shape);
    Tensor share = randomUniform(task.key(), SHARE_SITE, shape);
    Tensor atTarget = share.less(filled(settings.noiseShare() + settings.targetShare(), shape));
    Tensor atNoise = share.less(filled(settings.noiseShare(), shape));
    return output(
        task, select(atNoise, filled(0, shape), select(atTarget, filled(1, shape), uniform)));
  }

  /**
   * Returns the objective output for given γ.
   *
   * @param gamma one per prediction, [rows, predictions..., 1...]; with landscapes, the place
   *     within the landscape's part of the way
   */
  public ObjectiveOutput output(ObjectiveInputs task, Tensor gamma) {
    EnergyFunction energy = new EnergyFunction(task.modality(), checked(task), task.parameters());
    int rows = task.target().shape().size(0);
    int landscapes = landscapes(task, energy);
    List<ObjectiveOutput> parts = new ArrayList<>();
    for (int i = 0; i < landscapes; i++) {
      int from = i * rows / landscapes;
      int count = (i + 1) * rows / landscapes - from;
      if (count == 0) {
        continue; // Fewer rows than landscapes: one row is traced for the parameters alone.
      }
      Tensor way = gamma.slice(0, from, count).plus(i).divide(landscapes);
      parts.add(compared(task.rows(from, count), energy, way, i));
    }
    return new ObjectiveOutput(
        joined(parts.stream().map(ObjectiveOutput::loss).toList()),
        Map.of("energy", joined(parts.stream().map(part -> part.metrics().get("energy")).toList())),
        List.of());
  }

  /** Compares the gradient of one landscape with the way from targets to initial candidates. */
  private ObjectiveOutput compared(
      ObjectiveInputs task, EnergyFunction energy, Tensor gamma, int index) {
    Tensor landscape = Tensor.constant(Array.scalar((long) index));
    NamedTensors observed = energy.observe(task.context(), landscape);
    Optional<HeldElements> held = energy.held(observed);
    Tensor candidate = task.initialCandidate();
    Tensor noise =
        task.modality().toModelInput(held.map(given -> given.in(candidate)).orElse(candidate));
    Tensor target = task.modality().targetCandidate(task.target());
    Tensor rest = gamma.negate().plus(1);
    Tensor y = stopGradient(target.times(gamma).plus(noise.times(rest)));
    Tensor factor =
        minimum(Tensor.constant(1), rest.divide(1 - settings.decayFrom()))
            .times(settings.multiplier());
    Tensor energies = energy.energy(observed, y, landscape);
    Tensor difference = Gradients.of(energies, y).minus(noise.minus(target).times(factor));
    Tensor error = held.map(given -> given.free(difference)).orElse(difference);
    int[] elements =
        IntStream.range(1 + task.modality().predictions().rank(), y.shape().rank()).toArray();
    return new ObjectiveOutput(
        error.square().mean(elements), Map.of("energy", energies), List.of());
  }

  /** Returns the number of energies to train: 1 where all landscapes are the same. */
  private static int landscapes(ObjectiveInputs task, EnergyFunction energy) {
    int landscapes = task.thinking().landscapes();
    return landscapes > 1 && energy.landscapesDiffer(task.context()) ? landscapes : 1;
  }

  private static Tensor joined(List<Tensor> parts) {
    return parts.size() == 1 ? parts.get(0) : Functions.concat(0, parts);
  }

  private EnergyModel checked(ObjectiveInputs task) {
    if (!(task.model() instanceof EnergyModel model)) {
      throw new UserException(
          String.format(
              Locale.ROOT,
              "this objective trains energy models, and model '%s' is not one; choose another"
                  + " model.name, or objective.name=diffusion for a diffusion model",
              task.model().description()));
    }
    checkWay(task);
    if (!task.regularizers().isEmpty()) {
      throw new UserException(
          "regularizers act on thinking, and objective.name=matching does not think in training; set"
              + " regularizers=[]");
    }
    if (task.thinking().hyperparameters().learnStepSize()) {
      throw new SettingException(
          "thinking.learnStepSize",
          "is true, but objective.name=matching takes no step in training, so that it has no effect;"
              + " false expected");
    }
    return model;
  }

  /** Checks that there is a straight way between model inputs, and that steps follow it. */
  private void checkWay(ObjectiveInputs task) {
    Tensor candidate = task.initialCandidate();
    Tensor input = task.modality().toModelInput(candidate);
    Tensor target = task.modality().targetCandidate(task.target());
    if (target.type() != ElementType.REAL || !target.shape().equals(input.shape())) {
      throw new SettingException(
          "objective.name",
          "is matching, which moves from noise to the target on a straight line, but this modality"
              + " does not give targets as inputs of the model; s1 or s2 expected");
    }
    if (target != task.target() && settings.pairing() == MatchingSettings.Pairing.OPTIMAL) {
      throw new SettingException(
          "objective.pairing",
          "is optimal, which measures distances of targets as they are in the data, and those of this"
              + " modality are not points; random expected");
    }
    boolean again =
        task.thinking().hyperparameters().updateRule() == ThinkingMethod.UpdateRule.MODEL_INPUT;
    if (input != candidate && again) {
      throw new SettingException(
          "thinking.updateRule",
          "is model-input, whose step begins again from the distribution that it left, so that small"
              + " steps do not add up; mirror expected with objective.name=matching");
    }
  }

  private static Tensor filled(double value, Shape shape) {
    return Tensor.filled(shape, value);
  }
}
