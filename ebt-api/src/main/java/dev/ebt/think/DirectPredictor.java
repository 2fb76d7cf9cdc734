package dev.ebt.think;

import dev.ebt.backend.Backend;
import dev.ebt.backend.Executable;
import dev.ebt.backend.ThreadGuard;
import dev.ebt.backend.VariableScope;
import dev.ebt.energy.DirectModel;
import dev.ebt.error.UserException;
import dev.ebt.modality.FeatureSpec;
import dev.ebt.modality.Modality;
import dev.ebt.nn.ParameterSpec;
import dev.ebt.nn.Parameters;
import dev.ebt.predict.CandidateMetrics;
import dev.ebt.predict.Interruption;
import dev.ebt.predict.Predictor;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.NamedTensors;
import dev.ebt.tensor.Program;
import dev.ebt.tensor.Shape;
import dev.ebt.tensor.Tensor;
import dev.ebt.tensor.Variable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A predictor for models that predict in one forward pass: {@link #begin} computes the candidates.
 */
public final class DirectPredictor implements Predictor {
  private final ThreadGuard guard = new ThreadGuard(DirectPredictor.class);
  private final Backend backend;
  private final VariableScope scope;
  private final Variable candidate;
  private final Executable predict;
  private final CandidateMetrics assess;
  private Map<String, Array> context = Map.of();
  private @Nullable Array positions;

  /** Creates a predictor for {@code rows} rows at once. */
  public DirectPredictor(Backend backend, Modality modality, DirectModel model, int rows) {
    this.backend = backend;
    this.scope = backend.scope("predictor");
    Map<String, Tensor> inputs = new LinkedHashMap<>();
    for (FeatureSpec feature : modality.context()) {
      inputs.put(feature.name(), feature.input(rows));
    }
    Tensor made = candidates(modality, model, NamedTensors.of(inputs), new Parameters());
    this.candidate = scope.real("candidate", made.shape());
    this.predict = backend.compile(Program.named("predict").update(candidate, made).build());
    this.assess = new CandidateMetrics(backend, modality, candidate);
  }

  /**
   * Returns the candidates that a model predicts from a context, with those elements that the
   * context gives: [rows, candidate...].
   */
  public static Tensor candidates(
      Modality modality, DirectModel model, NamedTensors context, Parameters parameters) {
    Tensor embedded = modality.embedContext(context, model.width(), parameters);
    Tensor decoded = modality.decode(model.predict(embedded, parameters), parameters);
    return modality.held(context).map(elements -> elements.in(decoded)).orElse(decoded);
  }

  /** Returns the parameters of a model and its modality, found by tracing one row. */
  public static List<ParameterSpec> parameters(Modality modality, DirectModel model) {
    Map<String, Tensor> features = new LinkedHashMap<>();
    modality.context().forEach(feature -> features.put(feature.name(), feature.input(1)));
    Parameters parameters = new Parameters();
    candidates(modality, model, NamedTensors.of(features), parameters);
    return parameters.specs();
  }

  @Override
  public int evaluations(int steps) {
    return 1;
  }

  @Override
  public void check(int steps) {
    checkSteps(steps);
  }

  /**
   * Checks that no thinking steps are requested of a model that predicts in one pass.
   *
   * @throws UserException if {@code steps} is not 0
   */
  public static void checkSteps(int steps) {
    if (steps != 0) {
      throw new UserException(
          String.format(
              Locale.ROOT,
              "this model predicts without thinking steps: %d steps requested, only 0 is"
                  + " possible",
              steps));
    }
  }

  @Override
  public void reach(int steps, double tolerance) {
    check(steps);
  }

  @Override
  public void observe(Map<String, Array> features) {
    try (ThreadGuard.Use use = guard.claim()) {
      context = features;
      positions = null;
    }
  }

  /** Selects the positions of each row's predictions that {@link #candidate} returns. */
  @Override
  public void focus(Array selected) {
    try (ThreadGuard.Use use = guard.enterClaimed()) {
      positions = selected;
    }
  }

  @Override
  public void begin(long withSeed) {
    try (ThreadGuard.Use use = guard.enterClaimed()) {
      Interruption.check();
      predict.run(context);
    }
  }

  @Override
  public Array candidate() {
    try (ThreadGuard.Use use = guard.enterClaimed()) {
      Array all = backend.read(candidate);
      return positions == null ? all : selected(all, positions);
    }
  }

  /** Returns [rows, positions, ...]. */
  private static Array selected(Array all, Array positions) {
    Shape shape = all.shape();
    int length = shape.size(1);
    int size = shape.elements() / shape.size(0) / length;
    int count = positions.shape().size(1);
    float[] values = all.floats();
    float[] selected = new float[positions.shape().elements() * size];
    for (int i = 0; i < positions.shape().elements(); i++) {
      int from = (i / count * length + (int) positions.longs()[i]) * size;
      System.arraycopy(values, from, selected, i * size, size);
    }
    return Array.of(shape.with(1, count), selected);
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
      predict.close();
      assess.close();
      scope.close();
    }
  }
}
