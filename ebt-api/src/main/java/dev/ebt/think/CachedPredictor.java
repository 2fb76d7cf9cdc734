package dev.ebt.think;

import dev.ebt.backend.Backend;
import dev.ebt.backend.Executable;
import dev.ebt.backend.ThreadGuard;
import dev.ebt.backend.VariableScope;
import dev.ebt.energy.IncrementalPredictionModel;
import dev.ebt.error.Required;
import dev.ebt.modality.Modality;
import dev.ebt.nn.Parameters;
import dev.ebt.predict.CandidateMetrics;
import dev.ebt.predict.Interruption;
import dev.ebt.predict.Predictor;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.ElementType;
import dev.ebt.tensor.Functions;
import dev.ebt.tensor.NamedTensors;
import dev.ebt.tensor.Program;
import dev.ebt.tensor.Shape;
import dev.ebt.tensor.ShapeException;
import dev.ebt.tensor.Sources;
import dev.ebt.tensor.Tensor;
import dev.ebt.tensor.Variable;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A predictor for models that predict in one forward pass, on a key/value cache: it computes each
 * element of a sequence once, and predicts at one position of each row.
 */
public final class CachedPredictor implements Predictor {
  private static final String OFFSETS = "offsets";

  private final ThreadGuard guard = new ThreadGuard(CachedPredictor.class);
  private final Backend backend;
  private final VariableScope scope;
  private final int rows;
  private final int capacity;
  private final Variable candidate;
  private final NamedTensors cache;
  private final Executable empty;
  private final Map<Integer, Executable> append = new LinkedHashMap<>();
  private final CandidateMetrics assess;
  private final AppendedElements elements;
  private final RowCopies copies;
  private Map<String, Array> context = Map.of();
  private int[] lengths = {};

  /**
   * Creates a predictor.
   *
   * @param modality one whose contexts give no elements of candidates: see {@link Modality#held}
   * @param capacity the greatest number of elements of a row; contexts are [rows, capacity, ...]
   */
  public CachedPredictor(
      Backend backend,
      Modality modality,
      IncrementalPredictionModel model,
      int rows,
      int capacity) {
    this.backend = backend;
    this.rows = rows;
    this.capacity = capacity;
    this.scope = backend.scope("predictor");
    this.elements = new AppendedElements(rows, capacity);
    Parameters parameters = new Parameters();
    NamedTensors nothing = model.emptyCache(rows, capacity, parameters);
    this.cache =
        nothing.map((name, t) -> scope.variable("cache." + name, t.shape(), t.type()).read());
    this.candidate =
        scope.real("candidate", Shape.of(rows).plus(modality.candidate().toIntArray()).with(1, 1));
    this.empty =
        backend.compile(
            updated(Program.named("clear"), nothing)
                .update(candidate, Tensor.zeros(candidate.shape()))
                .build());
    for (int count : ElementFeatures.pieces(capacity)) {
      NamedTensors features = ElementFeatures.inputs(modality, rows, count);
      IncrementalPredictionModel.Extended extended =
          model.append(
              cache,
              modality.embedContext(features, model.width(), parameters),
              ElementFeatures.starts(rows),
              parameters);
      Program.Builder program =
          updated(Program.named("append" + count), extended.cache())
              .update(candidate, predicted(modality, extended.hidden(), count, parameters));
      append.put(count, backend.compile(program.build()));
    }
    this.copies = new RowCopies(backend, variables());
    this.assess = new CandidateMetrics(backend, modality, candidate);
  }

  private List<Variable> variables() {
    return cache.toMap().values().stream()
        .map(read -> ((Sources.Read) read.op()).variable())
        .toList();
  }

  private Program.Builder updated(Program.Builder program, NamedTensors tensors) {
    cache
        .toMap()
        .forEach(
            (name, read) ->
                program.update(((Sources.Read) read.op()).variable(), tensors.get(name)));
    return program;
  }

  /** Returns the candidates, new where the predicted element is among the appended ones. */
  private Tensor predicted(Modality modality, Tensor hidden, int count, Parameters parameters) {
    Tensor offsets = Tensor.input(OFFSETS, Shape.of(rows), ElementType.INTEGER);
    Tensor first = Tensor.range(rows).times(Tensor.constant(Array.scalar((long) count)));
    int width = hidden.shape().size(2);
    Tensor inside = offsets.greaterOrEqual(Tensor.constant(Array.scalar(0L)));
    Tensor place = Functions.select(inside, offsets, Tensor.constant(Array.scalar(0L)));
    Tensor selected =
        Functions.gather(hidden.reshape(rows * count, width), first.plus(place))
            .reshape(rows, 1, width);
    Tensor fresh = modality.decode(selected, parameters);
    int[] ones = new int[candidate.shape().rank()];
    Arrays.fill(ones, 1);
    ones[0] = rows;
    return Functions.select(inside.reshape(ones), fresh, candidate.read());
  }

  @Override
  public int evaluations(int steps) {
    return 1;
  }

  @Override
  public void check(int steps) {
    DirectPredictor.checkSteps(steps);
  }

  @Override
  public void reach(int steps, double tolerance) {
    check(steps);
  }

  @Override
  public void observe(Map<String, Array> features) {
    try (ThreadGuard.Use use = guard.claim()) {
      context = ElementFeatures.copy(features);
    }
  }

  @Override
  public void forget() {
    try (ThreadGuard.Use use = guard.enter()) {
      elements.clear();
    }
  }

  @Override
  public void takeObservations(Predictor from, int[] sources, int[] targets) {
    try (ThreadGuard.Use use = guard.enter()) {
      if (from instanceof CachedPredictor other
          && other.capacity == capacity
          && other.elements.isUsed()) {
        if (elements.isNew()) {
          empty.run(Map.of());
        }
        copies.copy(other.variables(), variables(), sources, targets);
        elements.take(other.elements, sources, targets);
      }
    }
  }

  @Override
  public void focus(Array positions) {
    try (ThreadGuard.Use use = guard.enterClaimed()) {
      Shape expected = Shape.of(rows, 1);
      if (!positions.shape().equals(expected)) {
        throw new ShapeException("positions", expected + " expected, found " + positions.shape());
      }
      lengths = new int[rows];
      Arrays.setAll(lengths, row -> (int) positions.longs()[row] + 1);
    }
  }

  @Override
  public void begin(long withSeed) {
    try (ThreadGuard.Use use = guard.enterClaimed()) {
      // The last element of every row is computed again where it is already in the cache.
      elements.context(context, lengths, 1);
      if (elements.isNew()) {
        empty.run(Map.of());
      }
      while (elements.missing() > 0) {
        Interruption.check();
        Map<String, Array> inputs = elements.next(append.keySet());
        int count = elements.piece();
        long[] offsets = Required.of(inputs, ElementFeatures.STARTS).longs().clone();
        for (int row = 0; row < rows; row++) {
          long offset = lengths[row] - 1 - offsets[row];
          offsets[row] = offset < count ? offset : -1;
        }
        inputs.put(OFFSETS, Array.of(Shape.of(rows), offsets));
        Required.of(append, count).run(inputs);
        elements.appended();
      }
    }
  }

  /** Returns the candidates, [rows, 1, ...]. */
  @Override
  public Array candidate() {
    try (ThreadGuard.Use use = guard.enterClaimed()) {
      return backend.read(candidate);
    }
  }

  @Override
  public Variable candidates() {
    return candidate;
  }

  @Override
  public Map<String, Array> assess(String targetName, Array target) {
    try (ThreadGuard.Use use = guard.enterClaimed()) {
      return assess.of(targetName, target);
    }
  }

  @Override
  public void close() {
    try (ThreadGuard.Use use = guard.enter()) {
      empty.close();
      append.values().forEach(Executable::close);
      assess.close();
      scope.close();
    }
  }
}
