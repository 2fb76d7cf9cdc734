package dev.ebt.bench.code;

import static java.util.Objects.requireNonNullElse;

import dev.ebt.error.Required;
import dev.ebt.error.SettingException;
import dev.ebt.modality.FeatureSpec;
import dev.ebt.modality.Modality;
import dev.ebt.modality.Relations;
import dev.ebt.nn.Initializer;
import dev.ebt.nn.Linear;
import dev.ebt.nn.Parameters;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.ElementType;
import dev.ebt.tensor.Functions;
import dev.ebt.tensor.NamedTensors;
import dev.ebt.tensor.Shape;
import dev.ebt.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The prediction of bits from as many other bits, all together: a candidate is a number for each
 * bit, whose sign is the bit. Bits are embedded by their sign and place, and attention knows which
 * places are neighbours.
 *
 * @param bits number of bits of both (12)
 */
public record CodeModality(Integer bits) implements Modality {
  /** The name of modality and dataset. */
  static final String NAME = "bits";

  /** The context feature: the given bits, 1 or −1 each. */
  static final String GIVEN = "given";

  private static final String ANSWER = "answer";
  private static final int MOST = 16;

  /** Fills in the default and rejects invalid values. */
  public CodeModality {
    bits = requireNonNullElse(bits, 12);
    if (bits < 2 || bits > MOST) {
      throw SettingException.of("bits", bits, "2 to " + MOST);
    }
  }

  @Override
  public String fingerprint() {
    return NAME + " " + bits;
  }

  @Override
  public List<FeatureSpec> context() {
    return List.of(new FeatureSpec(GIVEN, Shape.of(bits), ElementType.REAL));
  }

  @Override
  public FeatureSpec target() {
    return new FeatureSpec(ANSWER, candidate(), ElementType.REAL);
  }

  @Override
  public Shape predictions() {
    return Shape.scalar();
  }

  @Override
  public String predictionUnit() {
    return "words";
  }

  @Override
  public Shape candidate() {
    return Shape.of(bits, 1);
  }

  @Override
  public Tensor initialCandidate(NamedTensors context, Tensor key, Shape shape) {
    return Functions.randomNormal(key, 0, shape);
  }

  /** Returns that of places: the same, the next lower, the next higher, or another. */
  @Override
  public Optional<Relations> relations() {
    return Optional.of(
        Relations.of(
            bits, 4, (from, to) -> Math.abs(from - to) > 1 ? 0 : 2 + Integer.signum(to - from)));
  }

  @Override
  public Tensor embedContext(NamedTensors context, int width, Parameters parameters) {
    Tensor given = context.get(GIVEN);
    Tensor place =
        parameters.undecayed("embed.place", Shape.of(bits, width), Initializer.normal(1));
    return Linear.apply(given.reshape(given.shape().plus(1)), "embed.given", width, parameters)
        .plus(place);
  }

  @Override
  public Tensor embedCandidate(Tensor modelInput, int width, Parameters parameters) {
    return Linear.apply(modelInput, "embed.candidate", width, parameters);
  }

  @Override
  public Tensor decode(Tensor hidden, Parameters parameters) {
    return Linear.apply(hidden, "output", 1, parameters);
  }

  /** Returns the mean squared distance of a bit's number from 1 or −1. */
  @Override
  public Tensor loss(Tensor candidate, Tensor target) {
    return candidate.minus(target).square().sum(-1).mean(-1);
  }

  /** Returns the share of right bits; and 1 where all are right, else 0. */
  @Override
  public Map<String, Tensor> metrics(Tensor candidate, Tensor target) {
    Tensor wrong =
        Functions.real(Tensor.constant(0).greaterOrEqual(candidate.times(target))).sum(1, 2);
    Map<String, Tensor> metrics = new LinkedHashMap<>();
    metrics.put("solved", Functions.real(Tensor.constant(0.5).greaterOrEqual(wrong)));
    metrics.put("right", wrong.divide(bits).negate().plus(1));
    return metrics;
  }

  @Override
  public Map<String, Integer> progressMetrics() {
    return Map.of("solved", 3, "right", 3);
  }

  /** Returns the given bits and those of the values, the highest first. */
  @Override
  public String describe(Map<String, Array> context, Array values) {
    return text(Required.of(context, GIVEN)) + " -> " + text(values);
  }

  private String text(Array values) {
    StringBuilder text = new StringBuilder();
    for (int i = bits - 1; i >= 0; i--) {
      text.append(values.real(i) > 0 ? '1' : '0');
    }
    return text.toString();
  }
}
