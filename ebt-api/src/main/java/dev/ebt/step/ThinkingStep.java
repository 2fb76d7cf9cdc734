package dev.ebt.step;

import dev.ebt.energy.EnergyFunction;
import dev.ebt.error.UserException;
import dev.ebt.modality.HeldElements;
import dev.ebt.nn.Initializer;
import dev.ebt.nn.ParameterSpec;
import dev.ebt.nn.Parameters;
import dev.ebt.optimize.Optimizer;
import dev.ebt.optimize.StepNoise;
import dev.ebt.regularize.EnergyAndGradient;
import dev.ebt.regularize.HookContext;
import dev.ebt.regularize.Regularizer;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.Functions;
import dev.ebt.tensor.Gradients;
import dev.ebt.tensor.NamedTensors;
import dev.ebt.tensor.Philox;
import dev.ebt.tensor.Shape;
import dev.ebt.tensor.Tensor;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One thinking step, y ← y − α ∂E/∂y, as tensors. As published (arXiv 2507.02092 and its code):
 *
 * <ol>
 *   <li>regularizers may change the candidate before the step (Langevin noise): u;
 *   <li>p = toModelInput(u), for text softmax(u);
 *   <li>E(context, p), one energy per prediction, and its gradient g for p (see {@link
 *       ThinkingMethod.UpdateRule});
 *   <li>the new candidate is p − αg (or u − αg), clamped and sharpened if {@link ThinkingMethod}
 *       says so.
 * </ol>
 *
 * <p>Predictions have independent gradients: the sum of energies is differentiated, never a mean,
 * and no energy depends on another prediction's candidate.
 */
public final class ThinkingStep {
  /**
   * The random streams reserved per step: enough for three hooks of 999 regularizers and those of
   * the optimizer.
   */
  private static final long SITES_PER_STEP = 3000;

  /** The first of the optimizer's random streams, those of the last of the thousand. */
  private static final long OPTIMIZER_NUMBER = SITES_PER_STEP - StepNoise.STREAMS + 1;

  private final EnergyFunction energy;
  private final ThinkingMethod thinking;
  private final List<Regularizer> regularizers;
  private final boolean constantGradient;
  private final @Nullable HeldElements held;

  /** Creates a step on an energy, with regularizers in the given order. */
  public ThinkingStep(
      EnergyFunction energy, ThinkingMethod thinking, List<Regularizer> regularizers) {
    this(energy, thinking, regularizers, false, null);
  }

  private ThinkingStep(
      EnergyFunction energy,
      ThinkingMethod thinking,
      List<Regularizer> regularizers,
      boolean constantGradient,
      @Nullable HeldElements held) {
    this.energy = energy;
    this.thinking = thinking;
    this.regularizers = List.copyOf(regularizers);
    this.constantGradient = constantGradient;
    this.held = held;
  }

  /**
   * Returns the same step with ∂E/∂y treated as a constant in its result, so that gradients pass
   * only through α and the candidate before the step.
   */
  public ThinkingStep withConstantGradient() {
    return new ThinkingStep(energy, thinking, regularizers, true, held);
  }

  /**
   * Returns the same step in which some elements of candidates stay exactly at their values,
   * whatever regularizers, optimizer, clamp and temperature do.
   */
  public ThinkingStep holding(HeldElements elements) {
    return new ThinkingStep(energy, thinking, regularizers, constantGradient, elements);
  }

  /**
   * The result of a step.
   *
   * @param energy of the candidate before the step, [rows, predictions...]
   * @param state after the step
   * @param gradient of the energy, [rows, candidate...]
   * @param stepSize α, which broadcasts to the gradient
   */
  public record StepOutput(Tensor energy, CandidateState state, Tensor gradient, Tensor stepSize) {
    /** Returns the candidate after the step. */
    public Tensor candidate() {
      return state.candidate();
    }
  }

  /** Returns the state before the first step. */
  public CandidateState begin(Tensor candidate) {
    return CandidateState.initial(
        thinking.optimizer(), candidate, 1 + energy.modality().predictions().rank());
  }

  /** The parameter name of α, learned or not. */
  public static final String STEP_SIZE = "alpha";

  /** Returns α, the parameter or the fixed number: a scalar, before regularizers. */
  public static Tensor stepSize(ThinkingMethod thinking, Parameters parameters) {
    ParameterSpec.Traits traits = ParameterSpec.Traits.WEIGHT.undecayed();
    Double rate = thinking.hyperparameters().stepSizeRate();
    Double most = thinking.hyperparameters().maximumStepSize();
    return parameters.get(
        STEP_SIZE,
        Shape.scalar(),
        Initializer.constant(thinking.hyperparameters().stepSize()),
        rate == null || most == null
            ? traits.withRate(0)
            : traits.withRate(rate).between(ThinkingHyperparameters.MINIMUM_STEP_SIZE, most));
  }

  /** The step sizes of one thinking session. */
  @FunctionalInterface
  public interface StepSizes {
    /** Returns the size of a step at a local energy: a scalar or [rows, predictions...]. */
    Tensor on(EnergyAndGradient slope);

    /** Returns these step sizes times a factor. */
    default StepSizes times(Tensor factor) {
      return slope -> on(slope).times(factor);
    }
  }

  /**
   * Returns the step sizes of one thinking session: α as the regularizers change it. The part that
   * does not depend on the local energy is one tensor for all steps.
   */
  public StepSizes stepSizes(Shape predictions, Tensor key) {
    Tensor alpha = stepSize(thinking, energy.parameters());
    Map<List<Object>, Tensor> common = new HashMap<>();
    return slope -> {
      Tensor size = alpha;
      for (int i = 0; i < regularizers.size(); i++) {
        Regularizer regularizer = regularizers.get(i);
        HookContext site = site(0, i, Hook.STEP_SIZE, predictions, key);
        Tensor before = size;
        Tensor drawn =
            common.computeIfAbsent(
                List.of(i, before), absent -> regularizer.stepSize(before, site));
        size = regularizer.stepSize(drawn, slope, site);
      }
      return size;
    };
  }

  /**
   * Takes one step.
   *
   * @param observed the model's observation of the context in this landscape
   * @param state before the step
   * @param stepSizes of this thinking session
   * @param step number of the step, from 0
   */
  public StepOutput take(
      NamedTensors observed,
      CandidateState state,
      Tensor landscape,
      StepSizes stepSizes,
      int step,
      Tensor key) {
    // Recomputation would otherwise go back through all steps before.
    Tensor candidate = Functions.layerBoundary(state.candidate());
    Shape predictions = predictions(candidate.shape());
    Tensor entering = candidate;
    for (int i = 0; i < regularizers.size(); i++) {
      entering =
          regularizers.get(i).beforeStep(entering, site(step, i, Hook.ENTER, predictions, key));
    }
    List<HeldElements> fixed = fixed(observed);
    entering = held(fixed, entering);
    Tensor modelInput = energy.modality().toModelInput(entering);
    Tensor energies = energy.energy(observed, modelInput, landscape);
    Tensor moving =
        thinking.hyperparameters().updateRule() == ThinkingMethod.UpdateRule.MODEL_INPUT
            ? modelInput
            : entering;
    Tensor at =
        thinking.hyperparameters().updateRule() == ThinkingMethod.UpdateRule.CANDIDATE
            ? entering
            : modelInput;
    Tensor gradient = free(fixed, Gradients.of(energies, at));
    Tensor stepSize =
        inLandscape(stepSizes, landscape).on(new EnergyAndGradient(energies, at, gradient));
    if (constantGradient) {
      gradient = Functions.stopGradient(gradient);
    }
    Tensor size = overCandidate(stepSize, candidate.shape());
    for (int i = 0; i < regularizers.size(); i++) {
      gradient =
          regularizers
              .get(i)
              .gradient(gradient, size, site(step, i, Hook.GRADIENT, predictions, key));
    }
    gradient = free(fixed, gradient);
    Tensor steps = state.steps().plus(1);
    Optimizer.Update move =
        thinking
            .optimizer()
            .move(
                new Optimizer.Inputs(
                    moving,
                    gradient,
                    predictions.rank(),
                    overCandidate(energies, candidate.shape()),
                    state.slots(),
                    size,
                    steps,
                    true,
                    new StepNoise(key, OPTIMIZER_NUMBER + SITES_PER_STEP * step)));
    Tensor left = held(fixed, bounded(move.value(), modelInput == entering));
    return new StepOutput(energies, new CandidateState(left, move.slots(), steps), gradient, size);
  }

  /** Returns step sizes with the factor of a landscape. */
  public StepSizes inLandscape(StepSizes stepSizes, Tensor landscape) {
    StepSizeFactors factors = new StepSizeFactors(thinking.hyperparameters().stepSizeFactors());
    return slope -> factors.in(landscape, thinking.terms().landscapes(), stepSizes.on(slope));
  }

  /** Returns the elements that stay as they are: of the context, and then of the session. */
  private List<HeldElements> fixed(NamedTensors observed) {
    return Stream.concat(energy.held(observed).stream(), Stream.ofNullable(held)).toList();
  }

  private static Tensor held(List<HeldElements> fixed, Tensor candidate) {
    Tensor result = candidate;
    for (HeldElements elements : fixed) {
      result = elements.in(result);
    }
    return result;
  }

  private static Tensor free(List<HeldElements> fixed, Tensor gradient) {
    Tensor result = gradient;
    for (HeldElements elements : fixed) {
      result = elements.free(result);
    }
    return result;
  }

  /** Returns min(max(y, −clamp), clamp) / temperature, each if it is enabled. */
  private Tensor bounded(Tensor candidate, boolean plain) {
    double clamp = thinking.hyperparameters().clamp();
    Tensor bounded = clamp == 0 ? candidate : Functions.clamp(candidate, -clamp, clamp);
    if (thinking.hyperparameters().logitTemperature() == 1) {
      return bounded;
    }
    if (plain) {
      throw new UserException(
          "thinking.logitTemperature needs candidates that represent a distribution, such as the"
              + " logits of text; this modality has other candidates");
    }
    return bounded.divide(thinking.hyperparameters().logitTemperature());
  }

  /** Returns the row and prediction axes of a candidate: its leading axes. */
  private Shape predictions(Shape candidate) {
    return candidate.slice(0, 1 + energy.modality().predictions().rank());
  }

  /**
   * Reshapes one number per prediction to broadcast over a candidate: axes of size 1 for the
   * others.
   */
  private static Tensor overCandidate(Tensor number, Shape candidate) {
    if (number.shape().rank() == 0) {
      return number;
    }
    return number.reshape(Optimizer.perPrediction(candidate, number.shape().rank()));
  }

  /**
   * Returns the key with which the program of a step draws the same numbers as {@code later} steps
   * after it with the given key: a Philox key offsets the random streams.
   */
  public static Array key(Array key, int later) {
    long[] pair = key.longs();
    return Array.of(Shape.of(2), Philox.key(pair[0], SITES_PER_STEP * later), pair[1]);
  }

  private enum Hook {
    STEP_SIZE(0),
    ENTER(1),
    GRADIENT(2);

    /** The offset of its random stream. */
    final int stream;

    Hook(int stream) {
      this.stream = stream;
    }
  }

  /**
   * Returns the context of a hook. Its random stream is unique to step, regularizer and hook;
   * stream 0 is used for the initial candidate.
   */
  private HookContext site(int step, int regularizer, Hook hook, Shape predictions, Tensor key) {
    long number = 1 + hook.stream + 3L * regularizer + SITES_PER_STEP * step;
    return new HookContext(step, predictions, key, number, energy.parameters());
  }
}
