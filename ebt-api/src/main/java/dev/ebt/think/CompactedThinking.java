package dev.ebt.think;

import dev.ebt.predict.Predictor;
import dev.ebt.predict.StepResult;
import dev.ebt.predict.ThinkingTrace;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Thinking that leaves out the predictions that have stopped. Whenever those that go on fit into
 * half the size, they move to a predictor of that size, with 1, 2, 4, … rows and positions; so easy
 * predictions cost less also in a batch with hard ones. What was observed of their rows moves with
 * them where there is a key/value cache, and is observed again otherwise. Each has the result that
 * it has without this.
 *
 * <p>Of a predictor of selected positions any predictions move, of another one whole rows, which go
 * on as long as one of their predictions does.
 */
public final class CompactedThinking {
  private final Predictor whole;
  private final int rows;
  private final int positions;
  private final Smaller smaller;
  private final Map<String, Array> context;
  private final Optional<Array> focus;
  private boolean[] continuing = {};
  private Predictor current;
  private CompactLayout layout;
  private boolean possible = true;

  /**
   * A source of predictors of the same model, with a key/value cache of the same capacity if the
   * whole one has one.
   */
  @FunctionalInterface
  public interface Smaller {
    /**
     * Returns a predictor, which stays the source's own and may be returned again.
     *
     * @param positions the number of selected positions of each row; 1 where whole rows move
     */
    Predictor of(int rows, int positions);
  }

  /**
   * Prepares thinking about selected positions.
   *
   * @param whole the predictor of all predictions, which has observed the context
   * @param context the features, [rows, ...] each
   * @param focus the positions, [rows, positions]
   */
  public CompactedThinking(
      Predictor whole, Map<String, Array> context, Array focus, Smaller smaller) {
    this(whole, context, Optional.of(focus), focus.shape().size(0), smaller);
  }

  /**
   * Prepares thinking about whole rows.
   *
   * @param whole the predictor of all rows, which has observed the context
   * @param context the features, [rows, ...] each
   */
  public static CompactedThinking ofRows(
      Predictor whole, Map<String, Array> context, int rows, Smaller smaller) {
    return new CompactedThinking(whole, context, Optional.empty(), rows, smaller);
  }

  private CompactedThinking(
      Predictor whole,
      Map<String, Array> context,
      Optional<Array> focus,
      int rows,
      Smaller smaller) {
    this.whole = whole;
    this.context = Map.copyOf(context);
    this.focus = focus;
    this.smaller = smaller;
    this.rows = rows;
    this.positions = focus.map(selected -> selected.shape().size(1)).orElse(1);
    this.current = whole;
    this.layout = CompactLayout.whole(rows, positions);
  }

  /**
   * Thinks as {@link Predictor#think} does. The predictor of all predictions has all candidates in
   * the end.
   *
   * @param wanted which predictions count, among those of all rows; others may stay as they are
   */
  public ThinkingTrace think(
      Array seeds, boolean[] wanted, int steps, double tolerance, boolean finalEnergy) {
    whole.beginEach(seeds);
    begin(wanted);
    List<StepResult> taken = new ArrayList<>();
    double scale = whole.stepSizeScale(steps);
    while (taken.size() < steps && continues()) {
      taken.add(step(scale, tolerance, steps - taken.size()));
    }
    putBack();
    whole.endThinking(steps);
    return new ThinkingTrace(taken, finalEnergy ? Optional.of(whole.energy()) : Optional.empty());
  }

  /**
   * Begins with the candidates of the predictor of all predictions, which were initialized.
   *
   * @param wanted which predictions, or rows, count; others may stay as they are
   */
  public void begin(boolean[] wanted) {
    current = whole;
    layout = CompactLayout.whole(rows, positions);
    continuing = wanted.clone();
  }

  /** Returns whether a prediction that counts goes on. */
  public boolean continues() {
    for (boolean mark : continuing) {
      if (mark) {
        return true;
      }
    }
    return false;
  }

  /**
   * Takes one step of the predictions that go on, at least one: see {@link Predictor#step}.
   *
   * @param left the number of steps until the budget is used, this one included
   * @return the result for all predictions; those that are left out were not updated
   */
  public StepResult step(double stepSizeScale, double tolerance, int left) {
    if (left > 1) {
      compact();
    }
    StepResult own = current.step(stepSizeScale, tolerance);
    StepResult step =
        current == whole
            ? own
            : layout.spread(
                own, focus.map(Array::shape).orElseGet(() -> own.energy().shape().with(0, rows)));
    int each = step.continuing().shape().elements() / continuing.length;
    for (int i = 0; i < continuing.length; i++) {
      boolean goesOn = false;
      for (int j = i * each; j < (i + 1) * each; j++) {
        goesOn |= step.continuing().real(j) != 0;
      }
      continuing[i] &= goesOn;
    }
    return step;
  }

  /** Makes a prediction, or a row, not count any more. */
  public void drop(int index) {
    continuing[index] = false;
  }

  /** Moves the predictions that go on to a smaller predictor, if they fit into half the size. */
  private void compact() {
    if (!possible || !continues()) {
      return;
    }
    CompactLayout next = CompactLayout.of(continuing, positions);
    if (2 * next.size() > layout.size()) {
      return;
    }
    putBack();
    Predictor predictor = smaller.of(next.rows(), next.positions());
    predictor.takeObservations(whole, next.sourceRows(positions), identity(next.rows()));
    predictor.observe(rows(next.sourceRows(positions)));
    focus.ifPresent(selected -> predictor.focus(focused(selected, next)));
    possible = predictor.takePredictions(whole, next.sources(), identity(next.size()));
    if (possible) {
      current = predictor;
      layout = next;
    }
  }

  /**
   * Copies what the smaller predictor has to the one of all predictions, also while a step waits to
   * be taken, and goes on with the smaller one.
   */
  public void copyBack() {
    if (current != whole) {
      int[] slots = layout.distinct();
      int[] targets = Arrays.stream(slots).map(slot -> layout.sources()[slot]).toArray();
      whole.takePredictions(current, slots, targets);
    }
  }

  /** Copies what the smaller predictor has to the one of all predictions, and goes on with that. */
  public void putBack() {
    copyBack();
    current = whole;
    layout = CompactLayout.whole(rows, positions);
  }

  private Map<String, Array> rows(int[] sources) {
    Map<String, Array> chosen = new LinkedHashMap<>();
    context.forEach(
        (name, values) ->
            chosen.put(
                name,
                Arrays.stream(sources)
                    .mapToObj(source -> values.slice(source, 1))
                    .reduce(Array::concat)
                    .orElseThrow()));
    return chosen;
  }

  private static Array focused(Array focus, CompactLayout next) {
    long[] all = focus.longs();
    return Array.of(
        Shape.of(next.rows(), next.positions()),
        Arrays.stream(next.sources()).mapToLong(source -> all[source]).toArray());
  }

  private static int[] identity(int count) {
    int[] numbers = new int[count];
    Arrays.setAll(numbers, i -> i);
    return numbers;
  }
}
