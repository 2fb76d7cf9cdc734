package dev.ebt.think;

import com.google.common.math.IntMath;
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
 * half the size, they move to a predictor of that size, with 1, 2, 4, … rows and positions, and
 * what was observed of their rows moves with them; so easy predictions cost less also in a batch
 * with hard ones. Each has the result that it has without this.
 */
public final class CompactedThinking {
  private final Predictor whole;
  private final int rows;
  private final int positions;
  private final Smaller smaller;
  private final Map<String, Array> context;
  private final Array focus;
  private Predictor current;
  private Layout layout;
  private boolean possible = true;

  /** A source of predictors of the same model that have a key/value cache of the same capacity. */
  @FunctionalInterface
  public interface Smaller {
    /** Returns a predictor, which stays the source's own and may be returned again. */
    Predictor of(int rows, int positions);
  }

  /**
   * Prepares thinking about one context.
   *
   * @param whole the predictor of all predictions, which has observed the context
   * @param context the features, [rows, ...] each
   * @param focus the positions, [rows, positions]
   */
  public CompactedThinking(
      Predictor whole, Map<String, Array> context, Array focus, Smaller smaller) {
    this.whole = whole;
    this.context = Map.copyOf(context);
    this.focus = focus;
    this.smaller = smaller;
    this.rows = focus.shape().size(0);
    this.positions = focus.shape().size(1);
    this.current = whole;
    this.layout = Layout.whole(rows, positions);
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
    boolean[] continuing = wanted.clone();
    List<StepResult> taken = new ArrayList<>();
    double scale = whole.stepSizeScale(steps);
    while (taken.size() < steps && any(continuing)) {
      if (steps - taken.size() > 1) {
        compact(continuing);
      }
      StepResult step = layout.spread(current.step(scale, tolerance), focus.shape());
      for (int i = 0; i < continuing.length; i++) {
        continuing[i] &= step.continuing().real(i) != 0;
      }
      taken.add(step);
    }
    putBack();
    whole.endThinking(steps);
    return new ThinkingTrace(taken, finalEnergy ? Optional.of(whole.energy()) : Optional.empty());
  }

  private static boolean any(boolean[] marks) {
    for (boolean mark : marks) {
      if (mark) {
        return true;
      }
    }
    return false;
  }

  /** Moves the predictions that go on to a smaller predictor, if they fit into half the size. */
  private void compact(boolean[] continuing) {
    Layout next = Layout.of(continuing, positions);
    if (!possible || 2 * next.size() > layout.size()) {
      return;
    }
    putBack();
    Predictor predictor = smaller.of(next.rows(), next.positions());
    predictor.takeObservations(whole, next.sourceRows(positions), identity(next.rows()));
    predictor.observe(rows(next.sourceRows(positions)));
    predictor.focus(focused(next));
    possible = predictor.takePredictions(whole, next.sources(), identity(next.size()));
    if (possible) {
      current = predictor;
      layout = next;
    }
  }

  /** Copies what the smaller predictor has to the one of all predictions. */
  private void putBack() {
    if (current != whole) {
      int[] slots = layout.distinct();
      int[] targets = Arrays.stream(slots).map(slot -> layout.sources()[slot]).toArray();
      whole.takePredictions(current, slots, targets);
      current = whole;
      layout = Layout.whole(rows, positions);
    }
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

  private Array focused(Layout next) {
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

  /**
   * Which predictions a predictor has.
   *
   * @param sources for each of its predictions, of all rows, the index in the whole batch; those
   *     that fill up a row repeat an earlier one
   */
  private record Layout(int rows, int positions, int[] sources) {
    static Layout whole(int rows, int positions) {
      return new Layout(rows, positions, identity(rows * positions));
    }

    /** Returns the smallest layout of the marked predictions, at least one. */
    static Layout of(boolean[] marked, int positions) {
      List<List<Integer>> groups = new ArrayList<>();
      for (int first = 0; first < marked.length; first += positions) {
        List<Integer> group = new ArrayList<>();
        for (int i = first; i < first + positions; i++) {
          if (marked[i]) {
            group.add(i);
          }
        }
        if (!group.isEmpty()) {
          groups.add(group);
        }
      }
      int rows = IntMath.ceilingPowerOfTwo(groups.size());
      int most =
          IntMath.ceilingPowerOfTwo(groups.stream().mapToInt(List::size).max().orElseThrow());
      int[] sources = new int[rows * most];
      for (int i = 0; i < sources.length; i++) {
        List<Integer> group = groups.get(i / most < groups.size() ? i / most : 0);
        sources[i] = group.get(i % most < group.size() ? i % most : 0);
      }
      return new Layout(rows, most, sources);
    }

    int size() {
      return sources.length;
    }

    /** Returns the row of the whole batch for each row. */
    int[] sourceRows(int wholePositions) {
      int[] numbers = new int[rows];
      Arrays.setAll(numbers, row -> sources[row * positions] / wholePositions);
      return numbers;
    }

    /** Returns the first prediction here of each of the whole batch that there is. */
    int[] distinct() {
      Map<Integer, Integer> slots = new LinkedHashMap<>();
      for (int slot = 0; slot < sources.length; slot++) {
        slots.putIfAbsent(sources[slot], slot);
      }
      return slots.values().stream().mapToInt(Integer::intValue).toArray();
    }

    /** Returns a result for the whole batch: predictions that are not here were not updated. */
    StepResult spread(StepResult step, Shape all) {
      return new StepResult(
          spread(step.energy(), all), spread(step.updated(), all), spread(step.continuing(), all));
    }

    private Array spread(Array values, Shape all) {
      if (sources.length == all.elements()) {
        return values;
      }
      double[] spread = new double[all.elements()];
      for (int slot : distinct()) {
        spread[sources[slot]] = values.real(slot);
      }
      return Array.of(all, spread);
    }
  }
}
