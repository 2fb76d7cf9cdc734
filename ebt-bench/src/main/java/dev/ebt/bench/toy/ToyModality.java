package dev.ebt.bench.toy;

import static java.util.Objects.requireNonNullElse;

import dev.ebt.error.SettingException;
import dev.ebt.modality.ClassLabel;
import dev.ebt.modality.FeatureSpec;
import dev.ebt.modality.Modality;
import dev.ebt.nn.Initializer;
import dev.ebt.nn.Parameters;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.ElementType;
import dev.ebt.tensor.Functions;
import dev.ebt.tensor.NamedTensors;
import dev.ebt.tensor.Shape;
import dev.ebt.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Plain vectors without a context, or with the class of each, of which many are right: the energy
 * is to become −ln p(x) + a constant. Only classes are embedded; models receive the vectors
 * themselves.
 *
 * <p>The loss, the squared distance from one of the right vectors, says nothing about a
 * distribution: training is judged by the metrics of the dataset.
 *
 * @param dimension number of coordinates (2)
 * @param spins whether coordinates are −1 or 1; initial candidates then are, too (false)
 * @param spread standard deviation of the normal noise that thinking begins at; unused for spins
 *     (2)
 * @param prior D, adds |x|² / 2D² to the energy of the model, which keeps it bounded below far from
 *     all data; 0 for nothing (0)
 * @param classes the number of classes to condition on, which are the modes of the distribution; 0
 *     for no class (0)
 */
public record ToyModality(
    Integer dimension, Boolean spins, Double spread, Double prior, Integer classes)
    implements Modality {
  /** The name of modality and dataset. */
  static final String NAME = "toy";

  /** The feature of the context, if there are classes. */
  static final String CLASS = "class";

  /** The target feature. */
  static final String POINT = "point";

  /** Fills in defaults and rejects invalid values. */
  public ToyModality {
    dimension = requireNonNullElse(dimension, 2);
    spins = requireNonNullElse(spins, false);
    spread = requireNonNullElse(spread, 2.0);
    prior = requireNonNullElse(prior, 0.0);
    classes = requireNonNullElse(classes, 0);
    if (dimension < 1) {
      throw SettingException.of("dimension", dimension, "at least 1");
    }
    if (!(spread > 0) || spread.isInfinite()) {
      throw SettingException.of("spread", spread, "a positive number");
    }
    if (!(prior >= 0) || prior.isInfinite()) {
      throw SettingException.of("prior", prior, "0 (none) or more");
    }
    if (classes < 0) {
      throw SettingException.of("classes", classes, "0 (none) or more");
    }
  }

  @Override
  public Set<String> settingsOfThinking() {
    return Set.of("spread");
  }

  @Override
  public String fingerprint() {
    String points = dimension + " " + spins + " " + prior;
    return classes == 0 ? points : points + " " + classes;
  }

  @Override
  public List<FeatureSpec> context() {
    return classes == 0
        ? List.of()
        : List.of(new FeatureSpec(CLASS, Shape.scalar(), ElementType.INTEGER));
  }

  @Override
  public Optional<ClassLabel> classLabel() {
    return classes == 0 ? Optional.empty() : Optional.of(new ClassLabel(CLASS, classes));
  }

  @Override
  public FeatureSpec target() {
    return new FeatureSpec(POINT, candidate(), ElementType.REAL);
  }

  @Override
  public Shape predictions() {
    return Shape.scalar();
  }

  @Override
  public boolean isBinary() {
    return spins;
  }

  @Override
  public String predictionUnit() {
    return "points";
  }

  @Override
  public Shape candidate() {
    return Shape.of(dimension);
  }

  @Override
  public Tensor initialCandidate(NamedTensors context, Tensor key, Shape shape) {
    Tensor noise = Functions.randomNormal(key, 0, shape);
    return spins ? Functions.sign(noise) : noise.times(spread);
  }

  @Override
  public Tensor embedContext(NamedTensors context, int width, Parameters parameters) {
    if (classes == 0) {
      return Tensor.zeros(Shape.of(1, width));
    }
    Shape table = Shape.of(classes, width);
    return Functions.gather(
        parameters.undecayed("class_embedding.weight", table, Initializer.normal(1)),
        context.get(CLASS));
  }

  @Override
  public Tensor embedCandidate(Tensor modelInput, int width, Parameters parameters) {
    return modelInput;
  }

  @Override
  public Optional<Tensor> analyticEnergy(Tensor modelInput) {
    return prior == 0
        ? Optional.empty()
        : Optional.of(modelInput.square().sum(-1).divide(2 * prior * prior));
  }

  @Override
  public Tensor loss(Tensor candidate, Tensor target) {
    return candidate.minus(target).square().sum(-1);
  }

  @Override
  public String describe(Map<String, Array> context, Array values) {
    StringBuilder text = new StringBuilder();
    Arrays.stream(values.doubles())
        .forEach(x -> text.append(text.isEmpty() ? "(" : ", ").append(coordinate(x)));
    return text.append(")").toString();
  }

  private String coordinate(double x) {
    return spins ? (x > 0 ? "+" : "−") : String.format(Locale.ROOT, "%.3f", x);
  }
}
