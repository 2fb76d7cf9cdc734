package example.curve;

import dev.ebt.backend.Backend;
import dev.ebt.backend.Executable;
import dev.ebt.backend.VariableScope;
import dev.ebt.error.UserException;
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
import dev.ebt.tensor.Tensor;
import dev.ebt.tensor.Variable;
import java.util.HashMap;
import java.util.Map;

/** A predictor that draws one of both answers of {@link TwoAnswers} for each row, by the seed. */
public final class TwoAnswersPredictor implements Predictor {
  private static final String KEY = "key";

  private final Backend backend;
  private final VariableScope scope;
  private final Variable candidates;
  private final Executable predict;
  private final CandidateMetrics assessment;
  private Map<String, Array> context = Map.of();

  /** Compiles the program of a prediction of {@code rows} rows. */
  public TwoAnswersPredictor(Backend backend, Modality modality, TwoAnswers model, int rows) {
    this.backend = backend;
    this.scope = backend.scope("two-answers");
    Map<String, Tensor> features = new HashMap<>();
    modality.context().forEach(feature -> features.put(feature.name(), feature.input(rows)));
    Parameters parameters = new Parameters();
    Tensor embedded = modality.embedContext(NamedTensors.of(features), model.width(), parameters);
    Tensor answers = model.answers(embedded, parameters);
    Tensor key = Tensor.input(KEY, Shape.of(2), ElementType.INTEGER);
    Tensor draw = Functions.randomUniform(key, 0, Shape.of(rows, 1));
    Tensor drawn =
        Functions.select(
            draw.greaterOrEqual(Tensor.constant(0.5)),
            answers.slice(-1, 0, 1),
            answers.slice(-1, 1, 1));
    this.candidates = scope.real("candidate", drawn.shape());
    this.predict = backend.compile(Program.named("predict").update(candidates, drawn).build());
    this.assessment = new CandidateMetrics(backend, modality, candidates);
  }

  @Override
  public boolean candidatesDiffer() {
    return true;
  }

  @Override
  public void check(int steps) {
    if (steps != 0) {
      throw new UserException("steps is " + steps + "; 0 expected: this model takes no steps");
    }
  }

  @Override
  public int evaluations(int steps) {
    return 1;
  }

  @Override
  public void observe(Map<String, Array> features) {
    context = features;
  }

  @Override
  public void begin(long withSeed) {
    Map<String, Array> inputs = new HashMap<>(context);
    inputs.put(KEY, Array.of(Shape.of(2), withSeed, 0L));
    Interruption.check();
    predict.run(inputs);
  }

  @Override
  public void reach(int steps, double tolerance) {
    check(steps);
  }

  @Override
  public Array candidate() {
    return backend.read(candidates);
  }

  @Override
  public Variable candidates() {
    return candidates;
  }

  @Override
  public Map<String, Array> assess(String targetName, Array target) {
    return assessment.of(targetName, target);
  }

  @Override
  public void close() {
    assessment.close();
    predict.close();
    scope.close();
  }
}
