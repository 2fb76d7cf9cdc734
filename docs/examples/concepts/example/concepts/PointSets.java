package example.concepts;

import dev.ebt.modality.FeatureSpec;
import dev.ebt.modality.Modality;
import dev.ebt.nn.Initializer;
import dev.ebt.nn.Linear;
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
 * Sets of points, one prediction per set: the candidate has two coordinates for each point, and
 * thinking begins at normal noise. The context only says how many points there are.
 *
 * @param points number of points in a set
 */
public record PointSets(int points) implements Modality {
  static final String PRESENT = "present";

  @Override
  public List<FeatureSpec> context() {
    return List.of(new FeatureSpec(PRESENT, Shape.of(points, 1), ElementType.REAL));
  }

  @Override
  public FeatureSpec target() {
    return new FeatureSpec("points", candidate(), ElementType.REAL);
  }

  @Override
  public Shape predictions() {
    return Shape.scalar();
  }

  @Override
  public Shape candidate() {
    return Shape.of(points, 2);
  }

  @Override
  public Tensor initialCandidate(NamedTensors context, Tensor key, Shape shape) {
    return Functions.randomNormal(key, 0, shape);
  }

  /** Returns the same vector for each point, so that their order has no meaning. */
  @Override
  public Tensor embedContext(NamedTensors context, int width, Parameters parameters) {
    Tensor vector = parameters.undecayed("point", Shape.of(width), Initializer.normal(1));
    return context.get(PRESENT).times(vector);
  }

  @Override
  public Tensor embedCandidate(Tensor modelInput, int width, Parameters parameters) {
    return Linear.apply(modelInput, "coordinates", width, parameters);
  }

  @Override
  public Tensor loss(Tensor candidate, Tensor target) {
    return candidate.minus(target).square().mean(1, 2);
  }

  /** Returns the mean distance from the ring, and the number of pairs that are not apart. */
  @Override
  public Map<String, Tensor> metrics(Tensor candidate, Tensor target) {
    int rows = candidate.shape().size(0);
    Tensor radius = Functions.sqrt(candidate.square().sum(-1));
    Tensor from = candidate.reshape(rows, points, 1, 2);
    Tensor to = candidate.reshape(rows, 1, points, 2);
    Tensor near = from.minus(to).square().sum(-1).less(Tensor.constant(0.7 * 0.7));
    return Map.of(
        "offRing", Functions.absolute(radius.minus(0.8)).mean(-1),
        "nearPairs", Functions.real(near).sum(1, 2).minus(points).divide(2));
  }

  /** Draws the points in the square from −1 to 1 as text. */
  @Override
  public String describe(Map<String, Array> context, Array values) {
    StringBuilder square = new StringBuilder(("\n" + "· ".repeat(21)).repeat(21));
    for (int i = 0; i < points; i++) {
      long column = Math.round(10 + 10 * values.real(2 * i));
      long row = Math.round(10 - 10 * values.real(2 * i + 1));
      if (0 <= column && column <= 20 && 0 <= row && row <= 20) {
        square.setCharAt((int) (row * 43 + 1 + 2 * column), '●');
      }
    }
    return square.toString();
  }
}
