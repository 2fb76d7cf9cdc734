package dev.ebt.bench;

import static dev.ebt.bench.Commands.fine;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ebt.config.Overrides;
import dev.ebt.error.UserException;
import dev.ebt.inference.EbtModel;
import dev.ebt.inference.InferenceAdapter;
import dev.ebt.inference.Thinking;
import dev.ebt.plugin.Plugins;
import dev.ebt.run.TrainedModel;
import dev.ebt.testing.InferenceAdapterContract;
import dev.ebt.text.GapInference;
import dev.ebt.text.TextWithGap;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
    return FEW;
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
          "{'adapter': 'filled-text', 'input': {'before': 'li', 'after': 'e'}, 'steps': 2,"
              + " 'max_tokens': 3, 'temperature': 2, 'seed': 3}";
      assertThat(server.answer("/v1/think", request.replace('\'', '"')).path("output").asText())
          .isEqualTo(
              server.model().think(new TextWithGap("li", "e"), String.class, FEW.seed(3)).text());
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
