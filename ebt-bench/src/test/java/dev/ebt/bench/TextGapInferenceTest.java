package dev.ebt.bench;

import static dev.ebt.bench.Commands.fine;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ebt.config.Overrides;
import dev.ebt.energy.EnergyTerm;
import dev.ebt.error.UserException;
import dev.ebt.inference.EbtModel;
import dev.ebt.inference.InferenceAdapter;
import dev.ebt.inference.Thinking;
import dev.ebt.inference.TypedThought;
import dev.ebt.nn.Parameters;
import dev.ebt.plugin.Plugins;
import dev.ebt.run.TrainedModel;
import dev.ebt.tensor.NamedTensors;
import dev.ebt.tensor.Tensor;
import dev.ebt.testing.InferenceAdapterContract;
import dev.ebt.text.GapInference;
import dev.ebt.text.TextWithGap;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The filling of gaps in texts by a program. */
class TextGapInferenceTest extends InferenceAdapterContract<TextWithGap, String> {
  private static final Thinking FEW = Thinking.steps(2).maxTokens(3).temperature(2);

  @TempDir static Path folder;
  private static Path run;
  private static TrainedModel model;

  @BeforeAll
  static void train() throws IOException {
    run = Tiny.in(folder).trained("run");
    model = TrainedModel.open(Plugins.discover(List.of()), run, "latest", Overrides.none());
  }

  @AfterAll
  static void close() {
    model.close();
  }

  @Override
  protected InferenceAdapter<TextWithGap, String> adapter() {
    return new GapInference();
  }

  @Override
  protected TrainedModel model() {
    return model;
  }

  @Override
  protected List<TextWithGap> inputs() {
    return List.of(
        new TextWithGap("li", "e", 4), new TextWithGap("of", "x", 2), new TextWithGap("t", "1", 3));
  }

  @Override
  protected Thinking thinking() {
    return Thinking.steps(3).maxTokens(3).temperature(2);
  }

  @Test
  void theGapIsThatOfTheCommand() {
    String whole =
        fine(
                "think",
                run.toString(),
                "--prompt=li",
                "--suffix=e",
                "--steps=2",
                "--count=3",
                "--temperature=2",
                "--seed=3")
            .out();

    try (EbtModel calls = EbtModel.load(run)) {
      String gap = calls.think(new TextWithGap("li", "e"), String.class, FEW.seed(3)).text();
      assertThat(whole.strip()).isEqualTo(("li" + gap + "e").strip());
    }
  }

  @Test
  void aServerFillsGapsToo() throws Exception {
    try (TinyServer server = TinyServer.of(run)) {
      String request =
          "{'adapter': 'filled-text', 'input': {'before': 'li', 'after': 'e', 'fills': 4}, 'steps': 2,"
              + " 'max_tokens': 3, 'temperature': 2, 'seed': 3}";
      assertThat(server.answer("/v1/think", request.replace('\'', '"')).path("output").asText())
          .isEqualTo(
              server
                  .model()
                  .think(new TextWithGap("li", "e", 4), String.class, FEW.seed(3))
                  .text());
      assertThat(server.get("/metrics").body()).contains("ebt_prompt_tokens_total 3.0");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '|',
      value = {
        "400; input.before; {'before': 'line 1 of', 'after': 'e', 'fills': 2}",
        "400; input.after; {'before': 'li', 'after': 'line 1 of', 'fills': 2}",
        "422; input; {'before': 'li', 'after': 'e', 'fills': 5}",
        "422; input; {'before': 'li', 'after': 'e'}",
      })
  void aServerLimitsGaps(int status, String field, String input) throws Exception {
    try (TinyServer server = TinyServer.of(run)) {
      HttpResponse<String> refusal =
          server.post(
              "/v1/think",
              ("{'adapter': 'filled-text', 'input': " + input + "}").replace('\'', '"'));

      assertThat(refusal.statusCode()).as(refusal.body()).isEqualTo(status);
      assertThat(TinyServer.error(refusal).path("param").asText()).isEqualTo(field);
    }
  }

  /** An energy that cannot be evaluated for many rows, as when a device is out of memory. */
  private record FewRows() implements EnergyTerm {
    private static final int MOST = 5;

    @Override
    public Tensor energy(
        NamedTensors observed, Tensor modelInput, Tensor landscape, Parameters parameters) {
      if (modelInput.shape().size(0) > MOST && modelInput.shape().size(1) > 1) {
        throw new IllegalStateException("too many rows");
      }
      return modelInput.sum(modelInput.shape().rank() - 1);
    }
  }

  @Test
  void aGapThatCannotBeRankedFailsAlone() {
    Thinking few = FEW.energy(new FewRows(), 1);
    try (EbtModel calls = EbtModel.load(run)) {
      CompletableFuture<?> failing =
          calls.thinkAsync(new TextWithGap("li", "e", 8), String.class, few.maxTokens(4));
      CompletableFuture<TypedThought<String>> other =
          calls.thinkAsync(new TextWithGap("li", "e", 1), String.class, few.maxTokens(4));

      assertThatThrownBy(failing::join).hasRootCauseMessage("too many rows");
      assertThat(other.join().predictions()).hasSize(1);
    }
  }

  @Test
  void aGapIsNoLongerThanTheWindowHasRoomFor() {
    try (EbtModel calls = EbtModel.load(run)) {
      Thinking many = FEW.maxTokens(16).seed(3);
      assertThat(calls.think(new TextWithGap("line ", "x"), String.class, many).text())
          .hasSizeLessThanOrEqualTo(3);
      assertThat(
              calls
                  .think(
                      new TextWithGap("line 1 of the text", "line 1 x"),
                      String.class,
                      many.truncatePrompt())
                  .text())
          .isEmpty();
    }
  }

  @Test
  void gapsAreFilledOnceWithoutDrawing() {
    try (EbtModel calls = EbtModel.load(run)) {
      Thinking likeliest = FEW.temperature(0);
      assertThat(calls.think(new TextWithGap("li", "e"), String.class, likeliest))
          .isEqualTo(calls.think(new TextWithGap("li", "e", 1), String.class, likeliest));
    }
  }

  @Test
  void textsWithoutRoomAreRefused() {
    assertThatThrownBy(() -> new TextWithGap("a", "")).isInstanceOf(UserException.class);
    try (EbtModel calls = EbtModel.load(run)) {
      assertThatThrownBy(
              () -> calls.think(new TextWithGap("a", "line 1 of the text"), String.class, FEW))
          .isInstanceOf(UserException.class)
          .hasMessageContaining("the text after the gap has 18 tokens; at most 8 expected");
    }
  }
}
