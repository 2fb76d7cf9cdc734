package dev.ebt.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ebt.config.Overrides;
import dev.ebt.energy.EnergyTerm;
import dev.ebt.error.UserException;
import dev.ebt.inference.EbtModel;
import dev.ebt.inference.InferenceAdapter;
import dev.ebt.inference.InferenceLimits;
import dev.ebt.inference.InferenceSession;
import dev.ebt.inference.ModelClosedException;
import dev.ebt.inference.Prediction;
import dev.ebt.inference.Thinking;
import dev.ebt.inference.Thought;
import dev.ebt.modality.Modality;
import dev.ebt.nn.Parameters;
import dev.ebt.plugin.Plugins;
import dev.ebt.run.TrainedModel;
import dev.ebt.select.LargestFall;
import dev.ebt.stop.EvaluationBudget;
import dev.ebt.stop.GradientSmall;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.NamedTensors;
import dev.ebt.tensor.Shape;
import dev.ebt.tensor.Tensor;
import dev.ebt.testing.InferenceAdapterContract;
import dev.ebt.text.TextInference;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a call changes about the thinking of its model: the same as if loaded with it. */
@Timeout(60)
class ThinkingVariationTest {
  private static final Thinking THINKING =
      Thinking.steps(3).candidates(3).maxTokens(4).temperature(2).seed(5);

  @TempDir static Path folder;
  private static Path run;
  private static EbtModel model;

  @BeforeAll
  static void load() throws IOException {
    run = Tiny.in(folder).trained("run");
    model = EbtModel.load(run);
  }

  @AfterAll
  static void close() {
    model.close();
  }

  private static Thought loadedWith(String setting, Thinking thinking) {
    try (EbtModel loaded =
        EbtModel.load(
            Plugins.discover(List.of()),
            run,
            "latest",
            Overrides.of(setting),
            InferenceLimits.defaults())) {
      return loaded.think("line ", thinking);
    }
  }

  @Test
  void stepsAreScaled() {
    Thought doubled = loadedWith("thinking.stepSize=0.25", THINKING.stepSizeScale(2));

    InferenceAdapterContract.assertSame(doubled, loadedWith("thinking.stepSize=0.5", THINKING));
    assertThat(doubled.energies())
        .isNotEqualTo(loadedWith("thinking.stepSize=0.25", THINKING).energies());
  }

  @Test
  void anotherRuleStops() {
    Thought stopped = model.think("line ", THINKING.stoppingRule(new EvaluationBudget(2)));

    assertThat(stopped)
        .isEqualTo(loadedWith("thinking.stop={name: budget, evaluations: 2}", THINKING));
    assertThat(stopped.evaluations()).isLessThan(model.think("line ", THINKING).evaluations());
  }

  @Test
  void anotherSelectionChooses() {
    assertThat(model.think("line ", THINKING.selection(new LargestFall())))
        .isEqualTo(loadedWith("thinking.select=largest-fall", THINKING));
  }

  /** Makes one token unlikely. */
  private record Unlikely(int token) implements EnergyTerm {
    @Override
    public Tensor energy(
        NamedTensors observed, Tensor modelInput, Tensor landscape, Parameters parameters) {
      int last = modelInput.shape().rank() - 1;
      double[] which = new double[modelInput.shape().size(last)];
      which[token] = 1;
      return modelInput.times(Tensor.constant(Array.of(Shape.of(which.length), which))).sum(last);
    }
  }

  @Test
  void anAddedEnergyMakesTextUnlikely() {
    Thinking greedy = Thinking.steps(3).maxTokens(8).temperature(0);
    String wanted = model.think("line ", greedy.energy(new Unlikely('t'), -1000)).text();
    String other = model.think("line ", greedy.energy(new Unlikely('o'), -1000)).text();

    assertThat(wanted).isEqualTo("tttttttt");
    assertThat(other).isEqualTo("oooooooo");
    assertThat(model.think("line ", greedy.energy(new Unlikely('t'), 0)).text())
        .isEqualTo(model.think("line ", greedy).text());
  }

  @Test
  void whatHasNoEffectIsRefused() {
    assertThatThrownBy(() -> model.think("a", Thinking.steps(1).selection(new LargestFall())))
        .isInstanceOf(UserException.class)
        .hasMessage("candidates is 1; at least 2 with a selection among them expected");
    assertThatThrownBy(
            () ->
                model.think("a", Thinking.steps(1).tolerance(1).stoppingRule(new GradientSmall(1))))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("use one of them");
  }

  @Test
  void anyNumberOfWaysIsPossibleOneAfterTheOther() {
    try (EbtModel varied = EbtModel.load(run)) {
      Thinking one = Thinking.steps(1).maxTokens(1);
      for (int i = 1; i <= 18; i++) {
        assertThat(varied.think("a", one.stoppingRule(new GradientSmall(i))).predictions())
            .hasSize(1);
      }
    }
  }

  @Test
  void tooManyWaysAtATimeAreRefused() {
    InferenceLimits limits = InferenceLimits.defaults().maxBatchSize(20);
    Thinking endless = Thinking.steps(1).maxTokens(1_000_000).ignoreEnd();
    EbtModel varied =
        EbtModel.load(Plugins.discover(List.of()), run, "latest", Overrides.none(), limits);
    try {
      List<CompletableFuture<?>> calls = new ArrayList<>();
      for (int i = 1; i <= 16; i++) {
        calls.add(varied.thinkAsync("a", endless.stoppingRule(new GradientSmall(i))));
      }
      Thinking another = Thinking.steps(1).maxTokens(1).stoppingRule(new GradientSmall(17));
      assertThatThrownBy(() -> varied.think("a", another))
          .isInstanceOf(UserException.class)
          .hasMessageContaining("16 combinations");

      calls.get(0).cancel(true);
      varied.compute(trained -> true);
      varied.compute(trained -> true); // Between the two, the cancelled call has left.
      assertThat(varied.think("a", another).predictions()).hasSize(1);
    } finally {
      varied.close(Duration.ZERO);
    }
  }

  /** Answers as another adapter does, but in sessions that cannot be closed. */
  private record Unclosable(InferenceAdapter<String, String> other)
      implements InferenceAdapter<String, String> {
    @Override
    public String name() {
      return "unclosable";
    }

    @Override
    public String summary() {
      return other.summary();
    }

    @Override
    public String subject() {
      return other.subject();
    }

    @Override
    public Class<String> input() {
      return String.class;
    }

    @Override
    public Class<String> output() {
      return String.class;
    }

    @Override
    public boolean supports(Modality modality) {
      return other.supports(modality);
    }

    @Override
    public Set<String> options() {
      return other.options();
    }

    @Override
    public String prepare(Modality modality, String input) {
      if (input.equals("unprepared")) {
        throw new AssertionError("a call that is refused is not prepared");
      }
      return input.isEmpty() ? "line " : input;
    }

    @Override
    public InferenceSession<String, String> open(TrainedModel trained, int maxBatchSize) {
      InferenceSession<String, String> session = other.open(trained, maxBatchSize);
      return new InferenceSession<>() {
        @Override
        public Request<String> add(
            String input, Thinking thinking, Consumer<? super Prediction> predictions) {
          return session.add(input, thinking, predictions);
        }

        @Override
        public void advance() {
          session.advance();
        }

        @Override
        public void remove(Request<String> request) {
          session.remove(request);
        }

        @Override
        public void close() {
          session.close();
          throw new IllegalStateException("cannot be closed");
        }
      };
    }
  }

  @Test
  void aSessionThatCannotBeClosedHarmsNobody() {
    EbtModel varied = EbtModel.load(run);
    Thinking one = Thinking.steps(1).maxTokens(1);
    InferenceAdapter<String, String> unclosable = new Unclosable(new TextInference());
    for (int i = 1; i <= 6; i++) {
      Thinking way = one.stepSizeScale(i);
      assertThat(varied.thinkAsync(unclosable, "a", way, prediction -> {}).join().predictions())
          .hasSize(1);
    }
    for (int i = 1; i <= 6; i++) {
      assertThat(varied.think("a", one.stepSizeScale(i)).predictions()).hasSize(1);
    }
    varied.close();
  }

  @Test
  void theInputOfARefusedCallIsNotPrepared() {
    EbtModel closed = EbtModel.load(run);
    closed.close();

    assertThatThrownBy(
            () ->
                closed.thinkAsync(
                    new Unclosable(new TextInference()), "unprepared", THINKING, prediction -> {}))
        .isInstanceOf(ModelClosedException.class);
  }

  @Test
  void anAdapterOfChoiceAnswers() {
    InferenceAdapter<String, String> another = new Unclosable(new TextInference());

    assertThat(model.thinkAsync(another, "", THINKING, prediction -> {}).join())
        .isEqualTo(model.think("line ", THINKING))
        .isNotEqualTo(model.think("", THINKING));
  }
}
