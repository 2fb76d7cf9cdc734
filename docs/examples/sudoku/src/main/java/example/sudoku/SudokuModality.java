package example.sudoku;

import static dev.ebt.tensor.Functions.log;
import static dev.ebt.tensor.Functions.logSoftmax;
import static dev.ebt.tensor.Functions.maximum;
import static dev.ebt.tensor.Functions.oneHot;

import dev.ebt.modality.FeatureSpec;
import dev.ebt.modality.HeldElements;
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
import java.util.Set;
import java.util.function.IntUnaryOperator;

/**
 * The solution of a Sudoku puzzle, one prediction per board. The context has the digit of each
 * given cell and 0 for an empty one; the candidate has logits over the N digits for each cell, and
 * those of given cells are held fixed. All cells have one energy together: a cell can only be
 * decided with the others.
 *
 * <p>A cell of the context is embedded as a row of a table of digits, and a cell of the candidate
 * as p·W for its distribution p = softmax(logits). Where a cell is, attention learns from its
 * relation to others (same row, column, box), or, with {@code places}, from further tables of rows,
 * columns and boxes whose rows are added.
 */
public record SudokuModality(SudokuSettings settings) implements Modality {
  static final String GIVEN = "given";
  static final String SOLUTION = "solution";

  /** The logit of the digit of a given cell; its other digits have the negative. */
  static final double CERTAIN = 6;

  /** The random stream of the initial noise. */
  private static final long INITIAL_SITE = 0;

  /** Below every probability representable in single precision; it keeps the logarithm finite. */
  private static final double LEAST = 1e-37;

  @Override
  public List<FeatureSpec> context() {
    return List.of(new FeatureSpec(GIVEN, Shape.of(cells()), ElementType.INTEGER));
  }

  /** Returns the digits of the solution, as classes from 0 on. */
  @Override
  public FeatureSpec target() {
    return new FeatureSpec(SOLUTION, Shape.of(cells()), ElementType.INTEGER);
  }

  /** Boards of another size have other digits and cells. */
  @Override
  public String fingerprint() {
    return "sudoku " + settings.size();
  }

  private int cells() {
    return settings.layout().cells();
  }

  private int digits() {
    return settings.size();
  }

  @Override
  public Shape predictions() {
    return Shape.scalar();
  }

  @Override
  public String predictionUnit() {
    return "boards";
  }

  @Override
  public Shape candidate() {
    return Shape.of(cells(), digits());
  }

  @Override
  public Tensor initialCandidate(NamedTensors context, Tensor key, Shape shape) {
    return Functions.randomNormal(key, INITIAL_SITE, shape).times(settings.spread());
  }

  @Override
  public Set<String> settingsOfThinking() {
    return Set.of("temperature", "spread");
  }

  @Override
  public Optional<HeldElements> held(NamedTensors context) {
    Tensor digit = oneHot(context.get(GIVEN), digits() + 1);
    Tensor given = Tensor.constant(0.5).greaterOrEqual(digit.slice(2, 0, 1));
    Tensor logits = digit.slice(2, 1, digits()).times(2 * CERTAIN).minus(CERTAIN);
    return Optional.of(new HeldElements(given.broadcastTo(logits.shape()), logits));
  }

  @Override
  public Tensor toModelInput(Tensor candidate) {
    return Functions.softmax(candidate);
  }

  /**
   * Returns which of row, column and box two cells share. None but the row, column or box is kind
   * 0, a cell itself kind 7.
   */
  @Override
  public Optional<Relations> relations() {
    return settings.relations()
        ? Optional.of(Relations.of(cells(), 8, settings.layout()::shared))
        : Optional.empty();
  }

  @Override
  public Tensor embedContext(NamedTensors context, int width, Parameters parameters) {
    Layout layout = settings.layout();
    Tensor digit =
        Functions.gather(table("digit", digits() + 1, width, parameters), context.get(GIVEN));
    if (!settings.places()) {
      return digit;
    }
    return digit
        .plus(place("row", layout::row, width, parameters))
        .plus(place("column", layout::column, width, parameters))
        .plus(place("box", layout::box, width, parameters));
  }

  /** Returns the vector of each cell's row, column or box, [cells, width]. */
  private Tensor place(String name, IntUnaryOperator number, int width, Parameters parameters) {
    long[] numbers = new long[cells()];
    for (int cell = 0; cell < numbers.length; cell++) {
      numbers[cell] = number.applyAsInt(cell);
    }
    Tensor indices = Tensor.constant(Array.of(Shape.of(numbers.length), numbers));
    return Functions.gather(table(name, digits(), width, parameters), indices);
  }

  private static Tensor table(String name, int rows, int width, Parameters parameters) {
    return parameters.undecayed("embed." + name, Shape.of(rows, width), Initializer.normal(1));
  }

  @Override
  public Tensor embedCandidate(Tensor modelInput, int width, Parameters parameters) {
    return Linear.apply(modelInput, "embed.candidate", width, parameters);
  }

  /** Returns −τH(p) = τ Σ p ln p over all cells and digits, with 0 ln 0 = 0. */
  @Override
  public Optional<Tensor> analyticEnergy(Tensor modelInput) {
    if (settings.temperature() == 0) {
      return Optional.empty();
    }
    Tensor logarithm = log(maximum(modelInput, Tensor.constant(LEAST)));
    return Optional.of(modelInput.times(logarithm).sum(1, 2).times(settings.temperature()));
  }

  @Override
  public Tensor decode(Tensor hidden, Parameters parameters) {
    return Linear.apply(hidden, "output", digits(), parameters);
  }

  /** Returns the mean over cells of −ln p(digit of the solution). */
  @Override
  public Tensor loss(Tensor candidate, Tensor target) {
    return logSoftmax(candidate).times(oneHot(target, digits())).sum(-1).mean(-1).negate();
  }

  @Override
  public Tensor targetCandidate(Tensor target) {
    return oneHot(target, digits());
  }

  /**
   * Returns the share of empty cells that got the right digit, 1 if there are none; 1 for a board
   * that is solved, else 0; and the number of violated constraints: digits too many in rows,
   * columns and boxes.
   */
  @Override
  public Map<String, Tensor> metrics(Tensor candidate, Tensor target) {
    Tensor digit = Functions.argMax(candidate);
    Tensor wrong = Functions.real(digit.equalTo(target)).negate().plus(1).sum(-1);
    Tensor empty = isGiven(candidate).negate().plus(1).sum(-1);
    Map<String, Tensor> metrics = new LinkedHashMap<>();
    metrics.put("solved", Functions.real(Tensor.constant(0.5).greaterOrEqual(wrong)));
    metrics.put("cells", wrong.divide(maximum(empty, Tensor.constant(1))).negate().plus(1));
    metrics.put("violations", violations(oneHot(digit, digits())));
    return metrics;
  }

  /** Returns 1 for cells with the logits of {@link #held}, which no other cell has exactly. */
  private static Tensor isGiven(Tensor candidate) {
    Tensor certain = Tensor.constant(CERTAIN);
    Tensor largest = Functions.real(candidate.maxKeeping(-1).equalTo(certain)).sum(-1);
    Tensor smallest = Functions.real(candidate.negate().maxKeeping(-1).equalTo(certain)).sum(-1);
    return largest.times(smallest);
  }

  /**
   * Returns Σ max(n − 1, 0) over units and digits, where a digit is n times in a unit.
   *
   * @param chosen the digit of each cell, one-hot, [rows, cells, N]
   */
  private Tensor violations(Tensor chosen) {
    List<Layout.Unit> units = settings.layout().units();
    double[] members = new double[units.size() * cells()];
    for (int unit = 0; unit < units.size(); unit++) {
      for (int cell : units.get(unit).cells()) {
        members[unit * cells() + cell] = 1;
      }
    }
    int rows = chosen.shape().size(0);
    Tensor matrix =
        Tensor.constant(Array.of(Shape.of(1, units.size(), cells()), members))
            .broadcastTo(Shape.of(rows, units.size(), cells()));
    Tensor counts = Functions.matMul(matrix, chosen);
    return maximum(counts.minus(1), Tensor.constant(0)).sum(1, 2);
  }

  @Override
  public Map<String, Integer> progressMetrics() {
    return Map.of("solved", 3, "cells", 3);
  }

  @Override
  public Map<String, String> units() {
    return Map.of("loss", "nats");
  }

  /** Returns the puzzle and its board as lines of digits. */
  @Override
  public String describe(Map<String, Array> context, Array values) {
    Array given = context.get(GIVEN);
    int[] digits = new int[cells()];
    for (int cell = 0; cell < digits.length; cell++) {
      digits[cell] = (int) given.longs()[cell];
    }
    Board puzzle = new Board(settings.layout(), digits);
    for (int cell = 0; cell < digits.length; cell++) {
      digits[cell] =
          values.type() == ElementType.INTEGER
              ? (int) values.longs()[cell] + 1
              : CellBelief.of(values, cell, digits()).digit();
    }
    return puzzle.line() + " -> " + new Board(settings.layout(), digits).line();
  }
}
