package example.control;

import dev.ebt.error.SettingException;
import dev.ebt.modality.DiffusionModality;
import dev.ebt.modality.FeatureSpec;
import dev.ebt.nn.Initializer;
import dev.ebt.nn.Linear;
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
import java.util.stream.IntStream;

/**
 * A policy: the next {@value #MOVES} moves of an agent from where it is, in units of {@link
 * Plane#REACH}. Thinking and diffusion begin at normal noise. An energy, a denoiser and a
 * regression are all trained on it.
 *
 * <p>The loss is the squared error, which is least at the mean of all right answers, or, with a
 * scale s, that of a Cauchy distribution, whose tails forgive the other answers:
 *
 * <pre>
 * loss = |y − t|²     or     ln(1 + |y − t|²/s²)
 * </pre>
 *
 * <p>with |y − t|² the mean over the numbers of a sequence.
 *
 * @param scale s, how near to a demonstration counts as right (absent: the squared error)
 */
public record ControlModality(Double scale) implements DiffusionModality {
  static final String POSITION = "position";
  static final String TARGET = "moves";
  static final int MOVES = 8;

  /** Time 999 of 1000, pure noise. */
  private static final int LATEST = 999;

  /** Rejects a scale that is not positive. */
  public ControlModality {
    if (scale != null && !(scale > 0)) {
      throw new SettingException("modality.scale", "is " + scale + "; a positive number expected");
    }
  }

  @Override
  public List<FeatureSpec> context() {
    return List.of(new FeatureSpec(POSITION, Shape.of(2), ElementType.REAL));
  }

  @Override
  public FeatureSpec target() {
    return new FeatureSpec(TARGET, candidate(), ElementType.REAL);
  }

  @Override
  public Shape predictions() {
    return Shape.scalar();
  }

  @Override
  public Shape candidate() {
    return Shape.of(MOVES, 2);
  }

  @Override
  public Tensor initialCandidate(NamedTensors context, Tensor key, Shape shape) {
    return Functions.randomNormal(key, 0, shape);
  }

  /** Returns the embedded position, the same for each move, [rows, moves, width]. */
  @Override
  public Tensor embedContext(NamedTensors context, int width, Parameters parameters) {
    Tensor position = condition(context, width, parameters);
    int rows = position.shape().size(0);
    return position.reshape(rows, 1, width).plus(moveEmbedding("context.place", width, parameters));
  }

  @Override
  public Tensor embedCandidate(Tensor modelInput, int width, Parameters parameters) {
    return Linear.apply(modelInput, "embed.moves", width, parameters)
        .plus(moveEmbedding("candidate.place", width, parameters));
  }

  /** Returns a learned vector for each move of the sequence, [moves, width]. */
  private static Tensor moveEmbedding(String name, int width, Parameters parameters) {
    return parameters.undecayed(name, Shape.of(MOVES, width), Initializer.normal(1));
  }

  @Override
  public Tensor decode(Tensor hidden, Parameters parameters) {
    return Linear.apply(hidden, "decode.moves", 2, parameters);
  }

  @Override
  public Tensor condition(NamedTensors context, int width, Parameters parameters) {
    return Linear.apply(context.get(POSITION), "embed.position", width, parameters);
  }

  @Override
  public int latestTime() {
    return LATEST;
  }

  @Override
  public long[] times(Map<String, Array> context, int rows) {
    long[] times = new long[rows];
    Arrays.fill(times, LATEST);
    return times;
  }

  @Override
  public int noiseSize() {
    return 4;
  }

  @Override
  public Tensor decodeNoise(Tensor output) {
    return Functions.concat(1, List.of(output.slice(-1, 0, 2), output.slice(-1, 2, 2)));
  }

  @Override
  public Tensor loss(Tensor candidate, Tensor target) {
    Tensor square = candidate.minus(target).square().mean(1, 2);
    return scale == null ? square : Functions.log(square.divide(scale * scale).plus(1));
  }

  /** Returns the moves of a candidate, no longer than the agent can go. */
  static List<Point> moves(Array candidate) {
    return IntStream.range(0, MOVES)
        .mapToObj(i -> new Point(candidate.real(2 * i), candidate.real(2 * i + 1)))
        .map(move -> Plane.within(move.times(Plane.REACH)))
        .toList();
  }

  @Override
  public String describe(Map<String, Array> context, Array values) {
    Array position = context.get(POSITION);
    Point from = new Point(position.real(0), position.real(1));
    Point to = moves(values).stream().reduce(from, Point::plus);
    return String.format(
        Locale.ROOT, "(%.2f, %.2f) -> (%.2f, %.2f)", from.x(), from.y(), to.x(), to.y());
  }
}
