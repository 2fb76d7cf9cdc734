package dev.ebt.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ebt.config.Overrides;
import dev.ebt.error.UserException;
import dev.ebt.inference.FinishReason;
import dev.ebt.inference.InferenceAdapter;
import dev.ebt.inference.InferenceSession;
import dev.ebt.inference.Prediction;
import dev.ebt.inference.Thinking;
import dev.ebt.inference.TypedThought;
import dev.ebt.plugin.Plugins;
import dev.ebt.run.TrainedModel;
import dev.ebt.testing.InferenceAdapterContract;
import dev.ebt.text.TextInference;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The continuation of texts by a program. */
class TextInferenceTest extends InferenceAdapterContract<String, String> {
  private static final TextInference ADAPTER = new TextInference();

  @TempDir static Path folder;
  private static TrainedModel model;

  @BeforeAll
  static void train() throws IOException {
    Path run = Tiny.in(folder).trained("run");
    model = TrainedModel.open(Plugins.discover(List.of()), run, "latest", Overrides.none());
  }

  @AfterAll
  static void close() {
    model.close();
  }

  @Override
  protected InferenceAdapter<String, String> adapter() {
    return ADAPTER;
  }

  @Override
  protected TrainedModel model() {
    return model;
  }

  @Override
  protected List<String> inputs() {
    return List.of("", "line 1", "a text that is longer than the window");
  }

  @Override
  protected Thinking thinking() {
    return Thinking.steps(3).maxTokens(4).temperature(3).truncatePrompt();
  }

  private static TypedThought<String> continued(String prompt, Thinking thinking) {
    try (InferenceSession<String, String> session = ADAPTER.open(model, 1)) {
      InferenceSession.Request<String> request = session.add(prompt, thinking, each -> {});
      while (!request.done()) {
        session.advance();
      }
      return request.thought();
    }
  }

  @Test
  void aStopStringEndsTheTextBeforeIt() {
    TypedThought<String> whole = continued("line", thinking().maxTokens(12));
    String stop = whole.text().substring(4, 6);

    TypedThought<String> stopped = continued("line", thinking().maxTokens(12).stop(stop));

    assertThat(whole.finish()).isEqualTo(FinishReason.LENGTH);
    assertThat(stopped.finish()).isEqualTo(FinishReason.STOP);
    assertThat(stopped.text()).isEqualTo(whole.text().substring(0, whole.text().indexOf(stop)));
    assertThat(String.join("", stopped.predictions().stream().map(Prediction::text).toList()))
        .isEqualTo(stopped.text());
  }

  /** Of 400 tokens drawn from nearly 257 equal ones, one ends the text with this seed. */
  @Test
  void aTextThatIgnoresItsEndGoesOn() {
    Thinking thinking = Thinking.steps(1).maxTokens(400).temperature(1e6);

    TypedThought<String> ended = continued("line", thinking);
    TypedThought<String> whole = continued("line", thinking.ignoreEnd());

    assertThat(ended.finish()).isEqualTo(FinishReason.COMPLETE);
    assertThat(whole.finish()).isEqualTo(FinishReason.LENGTH);
    assertThat(whole.predictions()).hasSize(400).hasSizeGreaterThan(ended.predictions().size());
    assertThat(whole.text()).startsWith(ended.text());
  }

  @Test
  void noTokenAtAllIsAnEmptyText() {
    TypedThought<String> nothing = continued("line", thinking().maxTokens(0));

    assertThat(nothing.text()).isEmpty();
    assertThat(nothing.finish()).isEqualTo(FinishReason.LENGTH);
  }

  @Test
  void aPromptThatIsTooLongIsRefusedUnlessItMayBeTruncated() {
    assertThatThrownBy(() -> continued("a long line", Thinking.steps(2)))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "the prompt has 11 tokens, but the model sees 8 (modality.length); shorten it, or have"
                + " its beginning left out (truncatePrompt)");
    assertThat(continued("a long line", thinking()).predictions()).hasSize(4);
  }

  @Test
  void tooManyTokensAreRefused() {
    assertThatThrownBy(() -> continued("line", Thinking.steps(2).maxTokens(1_000_001)))
        .isInstanceOf(UserException.class)
        .hasMessage("maxTokens is 1000001; at most 1000000 expected");
  }

  @Test
  void tokensHaveTheirProbabilities() {
    assertThat(continued("line", thinking()).predictions())
        .allSatisfy(
            token -> {
              assertThat(token.element()).isNotEmpty();
              assertThat(token.logProbability().orElseThrow()).isNegative();
              assertThat(token.likeliest()).hasSize(5);
              assertThat(token.likeliest().get(0).logProbability())
                  .isGreaterThanOrEqualTo(token.logProbability().orElseThrow());
            });
  }

  @Test
  void budgetOfEvaluationsIsForTheWholeAnswer() {
    Thinking thinking = Thinking.defaults().maxTokens(5).seed(2).ignoreEnd();
    TypedThought<String> answer = continued("line", thinking.tolerance(1e-30).evaluations(17));
    assertThat(answer.predictions().stream().mapToInt(Prediction::evaluations).sum()).isEqualTo(17);
    assertThatThrownBy(() -> continued("line", thinking.evaluations(4)))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "evaluations is 4; at least 5, one step for each of 5 tokens, or a smaller maxTokens,"
                + " expected");
  }
}
