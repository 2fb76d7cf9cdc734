package dev.ebt.regularizers;

import static java.util.Objects.requireNonNullElse;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.ebt.error.UserException;
import dev.ebt.nn.Initializer;
import dev.ebt.nn.ParameterSpec;
import dev.ebt.nn.Parameters;
import dev.ebt.regularize.HookContext;
import dev.ebt.regularize.Regularizer;
import dev.ebt.tensor.Shape;
import dev.ebt.tensor.Tensor;

/**
 * Noise on the candidate before each gradient (arXiv 2507.02092, section 3.3):
 *
 * <pre>
 * u = y + σε,  ε ~ N(0, I)
 * </pre>
 *
 * <p>As published, σ is fixed: it is not the √(2α) that would sample from e^−E. The noise stays in
 * the candidate. On E = ½k|y − c|² the candidates' variance becomes a²σ²/(1 − a²), a = 1 − αk.
 *
 * @param sigma σ, the initial one if it is learnt; 3, as published for text
 * @param learnable whether σ is a parameter, learnt when the warm-up of learning rates is over;
 *     several of them are one parameter, which begins with the first one's σ; false
 * @param evaluating {@code inEvaluation}: whether a trained model thinks with the noise too; false
 * @param firstStepOnly whether only the first thinking step has the noise; false
 */
public record Langevin(
    Double sigma,
    Boolean learnable,
    @JsonProperty("inEvaluation") Boolean evaluating,
    Boolean firstStepOnly)
    implements Regularizer {

  /** The parameter's name, that of the published checkpoints. */
  public static final String PARAMETER = "langevin_dynamics_noise_std";

  /** A learnt σ never falls below this. */
  public static final double MINIMUM = 1e-6;

  /** Fills in defaults and refuses what has no meaning. */
  public Langevin {
    sigma = requireNonNullElse(sigma, 3.0);
    learnable = requireNonNullElse(learnable, false);
    evaluating = requireNonNullElse(evaluating, false);
    firstStepOnly = requireNonNullElse(firstStepOnly, false);
    if (!(sigma >= 0) || sigma.isInfinite()) {
      throw new UserException("sigma is " + sigma + "; a finite number, 0 or more, expected");
    }
    if (learnable && sigma < MINIMUM) {
      throw new UserException("sigma is " + sigma + "; if learnable, at least 1e-6 expected");
    }
  }

  @Override
  public boolean inEvaluation() {
    return evaluating;
  }

  @Override
  public Tensor beforeStep(Tensor candidate, HookContext site) {
    if (firstStepOnly && site.step() > 0) {
      return candidate;
    }
    return candidate.plus(site.normal(candidate.shape()).times(deviation(site.parameters())));
  }

  private Tensor deviation(Parameters parameters) {
    if (!learnable) {
      return Tensor.constant(sigma);
    }
    ParameterSpec.Traits traits =
        ParameterSpec.Traits.WEIGHT
            .undecayed()
            .between(MINIMUM, Double.POSITIVE_INFINITY)
            .afterWarmUp();
    return parameters.get(PARAMETER, Shape.scalar(), Initializer.constant(sigma), traits);
  }
}
