package dev.ebt.regularizers;

import static java.util.Objects.requireNonNullElse;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.ebt.error.SettingException;
import dev.ebt.nn.Initializer;
import dev.ebt.nn.ParameterSpec;
import dev.ebt.nn.Parameters;
import dev.ebt.regularize.HookContext;
import dev.ebt.regularize.Regularizer;
import dev.ebt.tensor.Shape;
import dev.ebt.tensor.Tensor;

/**
 * Normal noise on the candidate before each gradient (arXiv 2507.02092, section 3.3):
 *
 * <pre>
 * u = y + σε,  ε ~ N(0, I)
 * </pre>
 *
 * <p>As published, σ is fixed: it is not the √(2α) that would sample from e^−E. The noise stays in
 * the candidate. On E = ½k|y − c|² the variance of the candidates becomes a²σ²/(1 − a²), where a =
 * 1 − αk.
 *
 * @param sigma σ, or its initial value if it is learned; 3, as published for text
 * @param learnable whether σ is a parameter, trained once the learning rate warm-up is over;
 *     several instances share one parameter, initialized with the σ of the first; false
 * @param evaluating {@code inEvaluation}: whether the noise is also added in evaluation; false
 * @param firstStepOnly whether the noise is added in the first thinking step only; false
 */
public record Langevin(
    Double sigma,
    Boolean learnable,
    @JsonProperty("inEvaluation") Boolean evaluating,
    Boolean firstStepOnly)
    implements Regularizer {

  /** The name of the parameter, as in the published checkpoints. */
  public static final String PARAMETER = "langevin_dynamics_noise_std";

  /** The lower bound of a learned σ. */
  public static final double MINIMUM = 1e-6;

  /** Fills in defaults and rejects invalid values. */
  public Langevin {
    sigma = requireNonNullElse(sigma, 3.0);
    learnable = requireNonNullElse(learnable, false);
    evaluating = requireNonNullElse(evaluating, false);
    firstStepOnly = requireNonNullElse(firstStepOnly, false);
    if (!(sigma >= 0) || sigma.isInfinite()) {
      throw new SettingException("sigma", "is " + sigma + "; a finite number, 0 or more, expected");
    }
    if (learnable && sigma < MINIMUM) {
      throw new SettingException("sigma", "is " + sigma + "; if learnable, at least 1e-6 expected");
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
