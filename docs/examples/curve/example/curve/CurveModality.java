package example.curve;

import static java.util.Objects.requireNonNullElse;

import dev.ebt.error.SettingException;
import dev.ebt.modality.FeatureSpec;
import dev.ebt.modality.Modality;
import dev.ebt.nn.Linear;
import dev.ebt.nn.Parameters;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.ElementType;
import dev.ebt.tensor.Functions;
import dev.ebt.tensor.NamedTensors;
import dev.ebt.tensor.Shape;
import dev.ebt.tensor.Tensor;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A number y for a number x, one prediction per row. The candidate is y itself, and thinking begins
 * at normal noise.
 *
 * <p>Where two answers are right, squared error is least at their mean, where no point ever was.
 * The loss here is that of a Cauchy distribution around the candidate, whose tails forgive the
 * other branch, so that to be right about one branch beats being between them:
 *
 * <pre>
 * loss = ln(1 + (y − t)²/s²)   in nats, above the loss of y = t
 * </pre>
 *
 * <p>With points at ±m alone, its mean has its two minima at y² = m² − s².
 *
 * @param scale s, how near to a point counts as right (0.2)
 * @param spread standard deviation of the noise that thinking begins at (1)
 */
public record CurveModality(Double scale, Double spread) implements Modality {
  static final String X = "x";
  static final String Y = "y";

  /** The random stream of the initial noise. */
  private static final long INITIAL_SITE = 0;

  /** Fills in defaults and rejects invalid values. */
  public CurveModality {
    scale = requireNonNullElse(scale, 0.2);
    spread = requireNonNullElse(spread, 1.0);
    if (!(scale > 0)) {
      throw new SettingException("modality.scale", "is " + scale + "; a positive number expected");
    }
    if (!(spread >= 0)) {
      throw new SettingException("modality.spread", "is " + spread + "; 0 or more expected");
    }
  }

  @Override
  public List<FeatureSpec> context() {
    return List.of(new FeatureSpec(X, Shape.of(1), ElementType.REAL));
  }

  @Override
  public FeatureSpec target() {
    return new FeatureSpec(Y, Shape.of(1), ElementType.REAL);
  }

  @Override
  public Shape predictions() {
    return Shape.scalar();
  }

  @Override
  public Shape candidate() {
    return Shape.of(1);
  }

  @Override
  public Tensor initialCandidate(NamedTensors context, Tensor key, Shape shape) {
    return Functions.randomNormal(key, INITIAL_SITE, shape).times(spread);
  }

  @Override
  public Tensor embedContext(NamedTensors context, int width, Parameters parameters) {
    return Linear.apply(context.get(X), "embed.x", width, parameters);
  }

  @Override
  public Tensor embedCandidate(Tensor modelInput, int width, Parameters parameters) {
    return Linear.apply(modelInput, "embed.y", width, parameters);
  }

  @Override
  public Tensor loss(Tensor candidate, Tensor target) {
    Tensor distance = candidate.minus(target).divide(scale);
    return Functions.log(distance.square().plus(1)).sum(-1);
  }

  /** Returns the distance to the point or its mirror image, whichever is nearer. */
  @Override
  public Map<String, Tensor> metrics(Tensor candidate, Tensor target) {
    Tensor sizes = Functions.absolute(candidate).minus(Functions.absolute(target));
    return Map.of("distance", Functions.absolute(sizes).sum(-1));
  }

  @Override
  public String describe(Map<String, Array> context, Array values) {
    double x = context.get(X).item();
    return String.format(Locale.ROOT, "x = %.3f -> y = %+.3f", x, values.item());
  }
}
