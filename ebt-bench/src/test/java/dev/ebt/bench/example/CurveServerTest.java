package dev.ebt.bench.example;

import static dev.ebt.bench.Commands.fine;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ebt.bench.TinyServer;
import dev.ebt.inference.Thinking;
import dev.ebt.plugin.Plugins;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A model of {@code docs/examples/curve}, served in the form that the plugin has. */
@Timeout(60)
class CurveServerTest {
  @TempDir static Path folder;
  private static TinyServer server;

  @BeforeAll
  static void start() {
    Path jar = ExamplePlugin.jar("curve", folder);
    Path run = folder.resolve("run");
    fine(
        "train",
        "--plugins",
        jar.toString(),
        "--recipe=curve",
        "--out",
        run.toString(),
        "--backend=reference",
        "--set=training.steps=20");
    server = TinyServer.of(Plugins.discover(List.of(jar)), run);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void anInputIsAnsweredByThinking() throws Exception {
    JsonNode answer =
        server.answer(
            "/v1/think",
            "{'input': 2.25, 'steps': 3, 'candidates': 2, 'seed': 4}".replace('\'', '"'));

    assertThat(answer.path("output").asDouble())
        .isEqualTo(
            server
                .model()
                .think(2.25, Double.class, Thinking.steps(3).candidates(2).seed(4))
                .answer());
    assertThat(answer.path("predictions")).hasSize(1);
    assertThat(answer.path("predictions").path(0).path("energies")).hasSize(4);
    assertThat(answer.path("evaluations").asInt()).isEqualTo(2 * 4);
  }

  @Test
  void givenAnswersHaveEnergies() throws Exception {
    JsonNode energy =
        server.answer("/v1/energy", "{'input': 2.25, 'candidate': 1.5}".replace('\'', '"'));
    JsonNode ranking =
        server.answer("/v1/verify", "{'input': 2.25, 'candidates': [9, 1.5]}".replace('\'', '"'));

    assertThat(energy.path("energy").asDouble())
        .isEqualTo(server.model().energy(2.25, Double.class, 1.5));
    assertThat(ranking.path("candidates"))
        .hasSize(2)
        .anySatisfy(
            each ->
                assertThat(each.path("total").asDouble())
                    .isEqualTo(energy.path("energy").asDouble()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "400 | /v1/think  | {}                                     | input is missing; expected: a number, x",
        "422 | /v1/think  | {'input': 'x'}                         | input is not a number",
        "400 | /v1/think  | {'input': 1, 'max_tokens': 3}          | max_tokens is not a field",
        "422 | /v1/think  | {'input': 1, 'adapter': 'other'}       | adapter is 'other'; curve expected",
        "422 | /v1/think  | {'input': 1, 'steps': 9}               | steps is 9",
        "422 | /v1/energy | {'input': 1, 'candidate': [1]}         | candidate is not a number",
        "400 | /v1/energy | {'input': 1}                           | candidate is missing",
        "400 | /v1/verify | {'input': 1, 'candidates': 2}          | candidates is no array",
        "422 | /v1/verify | {'input': 1, 'candidates': [1,2,3,4,5]} | candidates has 5 elements",
        "422 | /v1/completions | {'prompt': 'a'}                   | is not one of text"
      })
  void mistakesAreRefused(int status, String route, String body, String message) throws Exception {
    var response = server.post(route, body.replace('\'', '"'));

    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    assertThat(response.body()).contains(message);
  }
}
