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
import dev.ebt.tensor.Gradients;
import dev.ebt.tensor.NamedTensors;
import dev.ebt.tensor.Shape;
import dev.ebt.tensor.Tensor;
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
   * @param gamma one per prediction, [rows, predictions..., 1...]
   */
  public ObjectiveOutput output(ObjectiveInputs task, Tensor gamma) {
    EnergyModel model = checked(task);
    EnergyFunction energy = new EnergyFunction(task.modality(), model, task.parameters());
    Tensor noise = task.initialCandidate();
    Tensor target = task.target();
    Tensor rest = gamma.negate().plus(1);
    Tensor between = target.times(gamma).plus(noise.times(rest));
    Tensor factor =
        minimum(Tensor.constant(1), rest.divide(1 - settings.decayFrom()))
            .times(settings.multiplier());
    Tensor landscape = Tensor.constant(Array.scalar(0L));
    NamedTensors observed = energy.observe(task.context(), landscape);
    checkOneLandscape(task, observed, landscape);
    Optional<HeldElements> held = energy.held(observed);
    Tensor y = stopGradient(held.map(elements -> elements.in(between)).orElse(between));
    Tensor energies = energy.energy(observed, y, landscape);
    Tensor difference = Gradients.of(energies, y).minus(noise.minus(target).times(factor));
    Tensor error = held.map(elements -> elements.free(difference)).orElse(difference);
    int[] elements =
        IntStream.range(1 + task.modality().predictions().rank(), y.shape().rank()).toArray();
    Tensor loss = error.square().mean(elements);
    return new ObjectiveOutput(loss, Map.of("energy", energies), List.of());
  }

  private static EnergyModel checked(ObjectiveInputs task) {
    if (!(task.model() instanceof EnergyModel model)) {
      throw new UserException(
          String.format(
              Locale.ROOT,
              "this objective trains energy models, and model '%s' is not one; choose another"
                  + " model.name, or objective.name=diffusion for a diffusion model",
              task.model().description()));
    }
    ContinuousTargets.check(
        task,
        "matching, which moves from noise to the target on a straight line, but targets of"
            + " this modality are discrete and its candidates are logits: there is no line"
            + " between them");
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

  /** Checks that the one energy that is learned is that of all steps. */
  private static void checkOneLandscape(
      ObjectiveInputs task, NamedTensors observed, Tensor landscape) {
    if (task.thinking().landscapes() > 1 && EnergyFunction.dependsOn(observed, landscape)) {
      throw new SettingException(
          "thinking.landscapes",
          "is "
              + task.thinking().landscapes()
              + ", but objective.name=matching learns one energy for all steps; 1 expected");
    }
  }

  private static Tensor filled(double value, Shape shape) {
    return Tensor.filled(shape, value);
  }
}
