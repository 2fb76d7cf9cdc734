package dev.ebt.testing;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ebt.backend.Executable;
import dev.ebt.backend.reference.ReferenceBackend;
import dev.ebt.energy.EnergyModel;
import dev.ebt.modality.Batch;
import dev.ebt.modality.Examples;
import dev.ebt.modality.FeatureSpec;
import dev.ebt.nn.ParameterSpec;
import dev.ebt.nn.Parameters;
import dev.ebt.objective.Objective;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.Gradients;
import dev.ebt.tensor.Program;
import dev.ebt.tensor.Shape;
import dev.ebt.tensor.Tensor;
import dev.ebt.think.ThinkingParameterSpecs;
import dev.ebt.train.TrainingProblem;
import dev.ebt.train.TrainingStepper;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * The contract tests of objectives: one finite loss per prediction, a function of the batch and the
 * key, whose gradient reaches the parameters. The test of an objective extends this class and
 * inherits all tests.
 */
public abstract class ObjectiveContract {
  private static final int ROWS = 3;
  private static final String LOSS = "loss";
  private static final String GRADIENT = "gradient.";

  /** Returns the objective with a model and a modality that it is for. */
  protected abstract TrainingProblem problem();

  /** Returns at least three rows of data. */
  protected abstract Examples examples();

  @Test
  final void oneFiniteLossAndMetricPerPrediction() {
    Shape predictions = Shape.of(ROWS).plus(problem().modality().predictions().toIntArray());

    run(1)
        .forEach(
            (name, value) -> {
              assertThat(Arrays.stream(value.doubles())).as(name).allMatch(Double::isFinite);
              if (!name.startsWith(GRADIENT)) {
                assertThat(value.shape()).as(name).isEqualTo(predictions);
              }
            });
  }

  @Test
  final void theLossIsAFunctionOfBatchAndKey() {
    assertThat(run(1).get(LOSS).doubles()).isEqualTo(run(1).get(LOSS).doubles());
  }

  @Test
  final void theGradientReachesTheParameters() {
    assertThat(run(1).entrySet())
        .filteredOn(entry -> entry.getKey().startsWith(GRADIENT))
        .anySatisfy(
            entry -> assertThat(Arrays.stream(entry.getValue().doubles())).anyMatch(d -> d != 0));
  }

  @Test
  final void anObjectiveThatRequestsAllParametersRequestsThoseOfThinking() {
    TrainingProblem problem = problem();
    if (problem.objective().requestsAllParameters()
        && problem.model() instanceof EnergyModel model) {
      Parameters parameters = new Parameters();
      problem.trace(1, problem.objective().stepPlan(problem.thinking()), parameters);
      List<ParameterSpec> ofThinking =
          ThinkingParameterSpecs.of(
              problem.modality(), model, problem.thinking(), problem.regularizers());
      assertThat(parameters.specs())
          .extracting(ParameterSpec::name)
          .containsAll(ofThinking.stream().map(ParameterSpec::name).toList());
    }
  }

  private Map<String, Array> run(long key) {
    TrainingProblem problem = problem();
    Parameters parameters = new Parameters();
    List<Integer> plan = problem.objective().stepPlan(problem.thinking());
    Objective.ObjectiveOutput output = problem.trace(ROWS, plan, parameters);
    List<ParameterSpec> trained =
        parameters.specs().stream().filter(spec -> spec.traits().rate() > 0).toList();
    List<Tensor> gradients =
        Gradients.of(
            output.loss().sum(),
            trained.stream().map(spec -> parameters.tensors().get(spec.name())).toList());
    Program.Builder builder = Program.named("objective").output(LOSS, output.loss());
    output.metrics().forEach(builder::output);
    for (int i = 0; i < trained.size(); i++) {
      builder.output(GRADIENT + trained.get(i).name(), gradients.get(i));
    }
    Program program = builder.build();
    Batch batch = examples().batch(new int[] {0, 1, 2});
    Map<String, Array> inputs = new HashMap<>(batch.context());
    FeatureSpec target = problem.modality().target();
    inputs.put(target.name(), batch.target());
    inputs.put("key", Array.of(Shape.of(2), key, 0L));
    if (problem.objective().startsFromData()) {
      inputs.put("initialCandidates", requireNonNull(batch.initialCandidates()));
    }
    inputs.keySet().retainAll(program.inputs().keySet());
    try (ReferenceBackend backend = new ReferenceBackend();
        Executable executable = backend.compile(program)) {
      TrainingStepper.initialize(backend, parameters.specs(), 1);
      return executable.run(inputs);
    }
  }
}
