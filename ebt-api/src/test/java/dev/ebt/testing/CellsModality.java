package dev.ebt.testing;

import dev.ebt.modality.Batch;
import dev.ebt.modality.Examples;
import dev.ebt.modality.FeatureSpec;
import dev.ebt.modality.HeldElements;
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
import java.util.Optional;

/**
 * A modality for tests: cells with one of several digits each, some of them given, as one
 * prediction. The context has a digit from 1 on for each cell, or 0 for one that is not given; the
 * target has the digits from 0 on.
 */
public record CellsModality(int cells, int digits) implements Modality {
  /** The name of the context feature. */
  public static final String GIVEN = "given";

  /** The logit of a given digit; others have its negative. */
  public static final double CERTAIN = 6;

  /** The name of the target feature. */
  public static final String TARGET = "target";

  @Override
  public List<FeatureSpec> context() {
    return List.of(new FeatureSpec(GIVEN, Shape.of(cells), ElementType.INTEGER));
  }

  @Override
  public FeatureSpec target() {
    return new FeatureSpec(TARGET, Shape.of(cells), ElementType.INTEGER);
  }

  @Override
  public Shape predictions() {
    return Shape.scalar();
  }

  @Override
  public Shape candidate() {
    return Shape.of(cells, digits);
  }

  @Override
  public Tensor initialCandidate(NamedTensors context, Tensor key, Shape shape) {
    return Functions.randomNormal(key, 0, shape);
  }

  @Override
  public Optional<HeldElements> held(NamedTensors context) {
    Tensor chosen = Functions.oneHot(context.get(GIVEN), digits + 1);
    Tensor given = Tensor.constant(0.5).greaterOrEqual(chosen.slice(2, 0, 1));
    Tensor logits = chosen.slice(2, 1, digits).times(2 * CERTAIN).minus(CERTAIN);
    return Optional.of(new HeldElements(given.broadcastTo(logits.shape()), logits));
  }

  @Override
  public Tensor toModelInput(Tensor candidate) {
    return Functions.softmax(candidate);
  }

  @Override
  public Tensor embedContext(NamedTensors context, int width, Parameters parameters) {
    Tensor digit =
        parameters.undecayed("given.weight", Shape.of(digits + 1, width), Initializer.normal(1));
    Tensor cell =
        parameters.undecayed("cell.weight", Shape.of(cells, width), Initializer.normal(1));
    return Functions.gather(digit, context.get(GIVEN)).plus(cell);
  }

  @Override
  public Tensor embedCandidate(Tensor modelInput, int width, Parameters parameters) {
    return Linear.apply(modelInput, "candidate", width, parameters);
  }

  @Override
  public Tensor decode(Tensor hidden, Parameters parameters) {
    return Linear.apply(hidden, "output", digits, parameters);
  }

  @Override
  public Tensor loss(Tensor candidate, Tensor target) {
    return Functions.logSoftmax(candidate)
        .times(Functions.oneHot(target, digits))
        .sum(-1)
        .mean(-1)
        .negate();
  }

  @Override
  public Tensor targetCandidate(Tensor target) {
    return Functions.oneHot(target, digits);
  }

  @Override
  public String describe(Map<String, Array> context, Array values) {
    return values.toString();
  }

  /**
   * Returns rows whose digits count upwards from the number of the row; every other cell is given.
   */
  public Examples examples(int size) {
    return new Counting(this, size);
  }

  private record Counting(CellsModality modality, int size) implements Examples {
    @Override
    public Batch batch(int... rows) {
      Shape shape = Shape.of(rows.length, modality.cells);
      long[] given = new long[shape.elements()];
      long[] target = new long[shape.elements()];
      for (int i = 0; i < given.length; i++) {
        int cell = i % modality.cells;
        target[i] = (rows[i / modality.cells] + cell) % modality.digits;
        given[i] = cell % 2 == 0 ? target[i] + 1 : 0;
      }
      return new Batch(
          Map.of(GIVEN, Array.of(shape, given)),
          Array.of(shape, target),
          Array.filled(Shape.of(rows.length), 1));
    }
  }
}
