package dev.ebt.bench.example;

import static dev.ebt.bench.Commands.fine;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.ebt.config.Overrides;
import dev.ebt.error.UserException;
import dev.ebt.inference.EbtModel;
import dev.ebt.inference.InferenceAdapter;
import dev.ebt.inference.InferenceLimits;
import dev.ebt.inference.InferencePlugin;
import dev.ebt.inference.InferenceSession;
import dev.ebt.inference.PredictionSession;
import dev.ebt.inference.PredictionTask;
import dev.ebt.inference.Thinking;
import dev.ebt.inference.TypedThought;
import dev.ebt.interact.Verification;
import dev.ebt.plugin.Catalog;
import dev.ebt.plugin.Plugins;
import dev.ebt.run.TrainedModel;
import dev.ebt.select.GaussianRepulsion;
import dev.ebt.select.Selection;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.Shape;
import dev.ebt.tensor.Tensor;
import dev.ebt.testing.InferenceAdapterContract;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Calls of a model of {@code docs/examples/curve} from a program, in the types of the plugin. */
class CurveInferenceTest {
  @TempDir static Path folder;
  private static Path run;
  private static Catalog catalog;
  private static EbtModel model;

  @BeforeAll
  static void train() {
    Path jar = ExamplePlugin.jar("curve", folder);
    run = folder.resolve("run");
    fine(
        "train",
        "--plugins",
        jar.toString(),
        "--recipe=curve",
        "--out",
        run.toString(),
        "--backend=reference",
        "--set=training.steps=120");
    catalog = Plugins.discover(List.of(jar));
    model = EbtModel.load(catalog, run, "latest", Overrides.none(), InferenceLimits.defaults());
  }

  @AfterAll
  static void close() {
    model.close();
  }

  @Test
  void anAnswerHasTheTypeOfThePlugin() {
    TypedThought<Double> thought = model.think(2.25, Double.class, Thinking.steps(6).candidates(4));

    assertThat(Math.abs(thought.answer())).isBetween(1.0, 2.0);
    assertThat(thought.text()).matches("-?[0-9.]+");
    assertThat(thought.energies()).hasSize(1).allMatch(energies -> energies.size() == 7);
    assertThat(thought.evaluations()).isEqualTo(4 * 7);
  }

  @Test
  void callsOfSeveralThreadsHaveTheirOwnAnswers() {
    List<Double> inputs = Stream.iterate(1.0, x -> x + 0.25).limit(10).toList();
    Thinking thinking = Thinking.steps(4);
    List<CompletableFuture<TypedThought<Double>>> calls =
        inputs.stream().map(x -> model.thinkAsync(x, Double.class, thinking)).toList();

    InferenceAdapterContract.assertSame(
        calls.stream().map(CompletableFuture::join).toList(),
        inputs.stream().map(x -> model.think(x, Double.class, thinking)).toList());
  }

  /** Selects the candidate of the highest energy. */
  private record Highest() implements Selection {
    @Override
    public Tensor score(Inputs candidate) {
      return candidate.energy().negate();
    }
  }

  @Test
  void candidatesMayRepelEachOther() {
    Thinking four = Thinking.steps(6).candidates(4);
    Thinking highest = four.selection(new Highest());
    Thinking repelled = highest.repulsion(new GaussianRepulsion(1.0, 2.0, 3));
    Overrides repel =
        Overrides.of("thinking.repel={name: gaussian, strength: 1, width: 2, steps: 3}");

    TypedThought<Double> found = model.think(2.25, Double.class, repelled);

    assertThat(found).isNotEqualTo(model.think(2.25, Double.class, highest));
    try (EbtModel loaded =
        EbtModel.load(catalog, run, "latest", repel, InferenceLimits.defaults())) {
      assertThat(loaded.think(2.25, Double.class, highest)).isEqualTo(found);
    }
    assertThatThrownBy(
            () ->
                model.think(
                    1.0,
                    Double.class,
                    Thinking.steps(2).repulsion(new GaussianRepulsion(null, null, null))))
        .isInstanceOf(UserException.class)
        .hasMessage("candidates is 1; at least 2 with a repulsion between them expected");
  }

  @Test
  void givenAnswersAreRankedByTheirEnergy() {
    Verification ranking = model.verify(2.25, Double.class, List.of(9.0, 1.5));

    assertThat(ranking.answers()).hasSize(2);
    assertThat(model.energy(2.25, Double.class, 1.5))
        .isEqualTo(ranking.answers().get(ranking.answers().get(0).number() == 2 ? 0 : 1).total());
  }

  @Test
  void whatThePluginDoesNotUseIsRefused() {
    assertThatThrownBy(() -> model.think(1.0, Double.class, Thinking.steps(2).maxTokens(3)))
        .isInstanceOf(UserException.class)
        .hasMessage("maxTokens has no effect on curves; leave it out");
    assertThatThrownBy(() -> model.think(Double.NaN, Double.class, Thinking.steps(2)))
        .isInstanceOf(UserException.class)
        .hasMessage("x is NaN; a finite number expected");
    assertThatThrownBy(() -> model.think("1", Thinking.steps(2)))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "a run of modality 'curve' does not answer String with String; it answers Double with"
                + " Double");
  }

  /** A task whose context cannot be made. */
  private record Failing(RuntimeException failure) implements PredictionTask<Double> {
    @Override
    public boolean complete() {
      return false;
    }

    @Override
    public Map<String, Array> context() {
      throw failure;
    }

    @Override
    public void add(Array candidate) {
      throw new AssertionError("there is no prediction to add");
    }

    @Override
    public Double answer() {
      throw new AssertionError("there is no answer");
    }

    @Override
    public String text() {
      return "";
    }
  }

  @Test
  void aTaskWithoutAContextFailsItsOwnRequestOnly() {
    IllegalStateException failure = new IllegalStateException("no context");
    Map<String, Array> context = Map.of("x", Array.of(Shape.of(1, 1), 2.25));

    model.compute(
        trained -> {
          try (PredictionSession<Boolean, Double> session =
              new PredictionSession<>(
                  trained,
                  2,
                  fails ->
                      fails
                          ? new Failing(failure)
                          : PredictionTask.once(context, Array::item, y -> "y = " + y))) {
            InferenceSession.Request<Double> failing =
                session.add(true, Thinking.steps(1), prediction -> {});
            InferenceSession.Request<Double> other =
                session.add(false, Thinking.steps(1), prediction -> {});
            session.advance();

            assertThat(failing.done()).isTrue();
            assertThatThrownBy(failing::thought).isSameAs(failure);
            assertThat(other.thought().predictions()).hasSize(1);
          }
          return true;
        });
  }

  @Test
  void whatThereIsSoFarIsTheBestCandidateThatIsComplete() {
    TypedThought<Double> first = model.think(2.25, Double.class, Thinking.steps(3));
    Map<String, Array> context = Map.of("x", Array.of(Shape.of(1, 1), 2.25));

    TypedThought<Double> soFar =
        model.compute(
            trained -> {
              try (PredictionSession<Double, Double> session =
                  new PredictionSession<>(
                      trained,
                      1,
                      x -> PredictionTask.once(context, Array::item, y -> "y = " + y))) {
                InferenceSession.Request<Double> request =
                    session.add(2.25, Thinking.steps(3).candidates(2), prediction -> {});
                for (int i = 0; i < 4; i++) {
                  session.advance(); // Three steps, and the first one of the second candidate.
                }
                return request.soFar().orElseThrow();
              }
            });

    assertThat(soFar.answer()).isCloseTo(first.answer(), within(1e-6));
    assertThat(soFar.evaluations()).isEqualTo(3 + 1 + 1);
  }

  @Nested
  class Contract extends InferenceAdapterContract<Double, Double> {
    private static TrainedModel trained;

    @BeforeAll
    static void open() {
      trained = TrainedModel.open(catalog, run, "latest", Overrides.none());
    }

    @AfterAll
    static void closeModel() {
      trained.close();
    }

    @Override
    @SuppressWarnings("unchecked") // The only adapter of the plugin.
    protected InferenceAdapter<Double, Double> adapter() {
      return (InferenceAdapter<Double, Double>)
          catalog
              .provided(InferencePlugin.class, "adapters", InferencePlugin::inferenceAdapters)
              .stream()
              .filter(each -> each.plugin().name().equals("curve"))
              .findFirst()
              .orElseThrow()
              .part();
    }

    @Override
    protected TrainedModel model() {
      return trained;
    }

    @Override
    protected List<Double> inputs() {
      return List.of(1.0, 2.0, 3.5);
    }
  }
}
