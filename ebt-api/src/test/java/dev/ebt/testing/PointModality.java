package dev.ebt.testing;

import dev.ebt.modality.FeatureSpec;
import dev.ebt.modality.Modality;
import dev.ebt.nn.Parameters;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.ElementType;
import dev.ebt.tensor.Functions;
import dev.ebt.tensor.NamedTensors;
import dev.ebt.tensor.Shape;
import dev.ebt.tensor.Tensor;
import java.util.List;
import java.util.Map;

/**
 * A modality for tests: points near a centre. The context is the centre, the candidate a point, the
 * loss its squared distance from the target; nothing is embedded.
 *
 * @param width number of coordinates of a point
 */
public record PointModality(Shape predictions, int width) implements Modality {
  /** The name of the context feature. */
  public static final String CENTRE = "centre";

  /** The name of the target feature. */
  public static final String TARGET = "target";

  @Override
  public List<FeatureSpec> context() {
    return List.of(new FeatureSpec(CENTRE, candidate(), ElementType.REAL));
  }

  @Override
  public FeatureSpec target() {
    return new FeatureSpec(TARGET, candidate(), ElementType.REAL);
  }

  @Override
  public Shape candidate() {
    return predictions.plus(width);
  }

  @Override
  public Tensor initialCandidate(NamedTensors context, Tensor key, Shape shape) {
    return Functions.randomNormal(key, 0, shape);
  }

  @Override
  public Tensor embedContext(NamedTensors context, int modelWidth, Parameters parameters) {
    return context.get(CENTRE);
  }

  @Override
  public Tensor embedCandidate(Tensor modelInput, int modelWidth, Parameters parameters) {
    return modelInput;
  }

  @Override
  public Tensor loss(Tensor candidate, Tensor target) {
    return candidate.minus(target).square().sum(-1);
  }

  @Override
  public String describe(Map<String, Array> context, Array values) {
    return values.toString();
  }
}
