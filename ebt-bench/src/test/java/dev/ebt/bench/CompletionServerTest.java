package dev.ebt.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ebt.inference.Thinking;
import dev.ebt.inference.Thought;
import dev.ebt.run.TextScore;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The answers of all routes. */
@Timeout(60)
class CompletionServerTest {
  private static final String COMPLETIONS = "/v1/completions";

  @TempDir static Path folder;
  private static TinyServer server;

  @BeforeAll
  static void start() throws IOException {
    server = TinyServer.of(Tiny.in(folder).trained("run"));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static List<Double> numbers(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).map(JsonNode::asDouble).toList();
  }

  @Test
  void modelsAreListed() throws Exception {
    HttpResponse<String> list = server.get("/v1/models");
    assertThat(list.statusCode()).isEqualTo(200);
    assertThat(list.body()).contains("\"id\":\"tiny\"", "\"object\":\"list\"");
    assertThat(server.get("/v1/models/tiny").body()).contains("\"id\":\"tiny\"");
    assertThat(server.get("/v1/models/other").statusCode()).isEqualTo(404);
  }

  @Test
  void everyPromptHasItsChoices() throws Exception {
    JsonNode answer =
        server.answer(
            COMPLETIONS,
            "{\"prompt\": [\"line\", \"of\"], \"n\": 2, \"max_tokens\": 3, \"seed\": 5}");

    assertThat(answer.path("object").asText()).isEqualTo("text_completion");
    assertThat(answer.path("choices")).hasSize(4);
    IntStream.range(0, 4)
        .forEach(
            i -> {
              JsonNode choice = answer.path("choices").path(i);
              assertThat(choice.path("index").asInt()).isEqualTo(i);
              assertThat(choice.path("finish_reason").asText()).isEqualTo("length");
            });
    assertThat(answer.path("usage").path("prompt_tokens").asInt()).isEqualTo(6);
    assertThat(answer.path("usage").path("completion_tokens").asInt()).isEqualTo(12);
    assertThat(answer.path("usage").path("total_tokens").asInt()).isEqualTo(18);
  }

  @Test
  void sameSeedGivesTheSameAnswerAndOtherChoicesDiffer() throws Exception {
    String request = "{\"prompt\": \"line\", \"n\": 2, \"max_tokens\": 8, \"seed\": 7}";
    JsonNode first = server.answer(COMPLETIONS, request).path("choices");

    assertThat(server.answer(COMPLETIONS, request).path("choices")).isEqualTo(first);
    Thought expected =
        server.model().think("line", Thinking.defaults().seed(7).maxTokens(8).temperature(1));
    assertThat(first.path(0).path("text").asText()).isEqualTo(expected.text());
    assertThat(first.path(1).path("text")).isNotEqualTo(first.path(0).path("text"));
  }

  @Test
  void tokensAreAPromptToo() throws Exception {
    String rest = ", \"max_tokens\": 4, \"temperature\": 0, \"top_p\": 0.5}";
    JsonNode text = server.answer(COMPLETIONS, "{\"prompt\": \"of\"" + rest);
    for (String prompt : List.of("[111, 102]", "[[111, 102]]")) {
      JsonNode tokens = server.answer(COMPLETIONS, "{\"prompt\": " + prompt + rest);
      assertThat(tokens.path("choices")).isEqualTo(text.path("choices"));
    }
  }

  @Test
  void stopStringsEndAnAnswer() throws Exception {
    String greedy = "{\"prompt\": \"line\", \"max_tokens\": 12, \"temperature\": 0";
    String whole =
        server.answer(COMPLETIONS, greedy + "}").path("choices").path(0).path("text").asText();
    String stop = whole.substring(2, 3);
    JsonNode choice =
        server
            .answer(
                COMPLETIONS,
                greedy + ", \"stop\": [" + new ObjectMapper().writeValueAsString(stop) + "]}")
            .path("choices")
            .path(0);

    assertThat(choice.path("finish_reason").asText()).isEqualTo("stop");
    assertThat(choice.path("text").asText()).isEqualTo(whole.substring(0, whole.indexOf(stop)));
  }

  /** As evaluation harnesses score a text. */
  @Test
  void echoedPromptHasTheProbabilitiesOfItsTokens() throws Exception {
    JsonNode choice =
        server
            .answer(
                COMPLETIONS,
                "{\"prompt\": \"line of\", \"max_tokens\": 0, \"echo\": true, \"logprobs\": 0}")
            .path("choices")
            .path(0);

    TextScore score = server.model().compute(model -> model.score("line of"));
    JsonNode logprobs = choice.path("logprobs");
    assertThat(choice.path("text").asText()).isEqualTo("line of");
    assertThat(logprobs.path("tokens")).hasSize(7);
    assertThat(numbers(logprobs.path("text_offset"))).containsExactly(0., 1., 2., 3., 4., 5., 6.);
    double sum = 0;
    for (double log : numbers(logprobs.path("token_logprobs"))) {
      sum += log;
    }
    assertThat(sum).isCloseTo(score.logLikelihood(), within(1e-9));
  }

  /** The tokens of the tiny model are bytes; clients count in code points. */
  @Test
  void offsetsOfTokensCountCharacters() throws Exception {
    JsonNode logprobs =
        server
            .answer(
                COMPLETIONS,
                "{\"prompt\": \"a😀é\", \"max_tokens\": 1, \"echo\": true, \"logprobs\": 0}")
            .path("choices")
            .path(0)
            .path("logprobs");

    assertThat(numbers(logprobs.path("text_offset")))
        .containsExactly(0., 1., 1., 1., 1., 2., 2., 3.);
  }

  /** lm-evaluation-harness compares a token's value with the largest one for equality. */
  @Test
  void likeliestTokensAreListedBesideEachWithTheSameValues() throws Exception {
    JsonNode logprobs =
        server
            .answer(
                COMPLETIONS,
                "{\"prompt\": \"line\", \"max_tokens\": 2, \"logprobs\": 2, \"echo\": true,"
                    + " \"temperature\": 0}")
            .path("choices")
            .path(0)
            .path("logprobs");

    assertThat(logprobs.path("top_logprobs")).hasSize(6);
    for (int i = 0; i < 6; i++) {
      JsonNode top = logprobs.path("top_logprobs").path(i);
      String token = logprobs.path("tokens").path(i).asText();
      assertThat(top.size()).isBetween(1, 3); // Parts of characters are all U+FFFD.
      assertThat(top.path(token)).isEqualTo(logprobs.path("token_logprobs").path(i));
    }
    for (int i = 4; i < 6; i++) { // At temperature 0 the likeliest token is generated.
      double chosen = logprobs.path("token_logprobs").path(i).asDouble();
      assertThat(numbers(logprobs.path("top_logprobs").path(i))).allMatch(log -> log <= chosen);
    }
  }

  @Test
  void generatedTokensHaveProbabilities() throws Exception {
    JsonNode logprobs =
        server
            .answer(
                COMPLETIONS,
                "{\"prompt\": \"line\", \"max_tokens\": 3, \"logprobs\": 0, \"echo\": true}")
            .path("choices")
            .path(0)
            .path("logprobs");

    assertThat(logprobs.path("tokens")).hasSize(7);
    assertThat(numbers(logprobs.path("token_logprobs"))).hasSize(7).allMatch(log -> log <= 0);
    assertThat(logprobs.path("text_offset").path(4).asInt()).isEqualTo(4);
  }

  @Test
  void streamHasPartsOfEveryChoiceAndTheUsage() throws Exception {
    String request =
        "{\"prompt\": [\"line\", \"of\"], \"max_tokens\": 5, \"seed\": 3, \"echo\": true";
    JsonNode whole = server.answer(COMPLETIONS, request + "}");
    List<JsonNode> parts =
        server.stream(
            request + ", \"stream\": true, \"stream_options\": {\"include_usage\": true}}");

    StringBuilder[] texts = {new StringBuilder(), new StringBuilder()};
    for (JsonNode part : parts.subList(0, parts.size() - 1)) {
      JsonNode choice = part.path("choices").path(0);
      texts[choice.path("index").asInt()].append(choice.path("text").asText());
      assertThat(part.path("id")).isEqualTo(parts.get(0).path("id"));
      assertThat(part.path("usage").isNull()).isTrue();
    }
    for (int i = 0; i < texts.length; i++) {
      assertThat(texts[i]).hasToString(whole.path("choices").path(i).path("text").asText());
    }
    JsonNode end = parts.get(parts.size() - 1);
    assertThat(end.path("choices")).isEmpty();
    assertThat(end.path("usage")).isEqualTo(whole.path("usage"));
  }

  /** Each answer is a beginning of one of the continuations that the energy chose from. */
  @Test
  void suffixIsTheEndOfAGapThatIsFilled() throws Exception {
    String request = "{\"prompt\": \"li\", \"n\": 2, \"max_tokens\": 3, \"seed\": 3";
    JsonNode filled = server.answer(COMPLETIONS, request + ", \"suffix\": \"e\"}");
    JsonNode gap =
        server.answer(
            "/v1/think",
            "{\"adapter\": \"filled-text\", \"max_tokens\": 3, \"seed\": 3,"
                + " \"input\": {\"before\": \"li\", \"after\": \"e\", \"fills\": 2}}");

    assertThat(filled.path("choices")).hasSize(2);
    assertThat(filled.path("choices").path(0).path("text")).isEqualTo(gap.path("output"));
    JsonNode usage = filled.path("usage");
    assertThat(usage.path("prompt_tokens").asInt()).isEqualTo(3);
    assertThat(usage.path("completion_tokens").asInt())
        .isEqualTo(
            StreamSupport.stream(filled.path("choices").spliterator(), false)
                .mapToInt(choice -> choice.path("text").asText().length())
                .sum());
    StringBuilder streamed = new StringBuilder();
    server.stream(request + ", \"suffix\": \"e\", \"stream\": true}").stream()
        .map(part -> part.path("choices").path(0))
        .filter(choice -> choice.path("index").asInt() == 0)
        .forEach(choice -> streamed.append(choice.path("text").asText()));
    assertThat(streamed).hasToString(gap.path("output").asText());
  }

  @Test
  void usageHasTheEvaluationsOfAllTokensAndCandidates() throws Exception {
    JsonNode usage =
        server
            .answer(
                COMPLETIONS,
                "{\"prompt\": \"line\", \"n\": 2, \"max_tokens\": 3, \"steps\": 2, \"candidates\": 2}")
            .path("usage");
    // Each candidate takes two steps, and one evaluation of its final energy.
    assertThat(usage.path("completion_tokens_details").path("evaluations").asInt())
        .isEqualTo(2 * 3 * 2 * 3);
  }

  @Test
  void thoughtHasTheEnergiesOfEveryStep() throws Exception {
    JsonNode answer =
        server.answer(
            "/v1/think",
            "{\"prompt\": \"line\", \"steps\": 3, \"candidates\": 2, \"max_tokens\": 4,"
                + " \"temperature\": 0}");

    assertThat(answer.path("predictions"))
        .hasSize(4)
        .allSatisfy(each -> assertThat(each.path("energies")).hasSize(4));
    assertThat(answer.path("evaluations").asInt()).isEqualTo(4 * 2 * 4);
    assertThat(answer.path("text").asText())
        .isEqualTo(
            server
                .model()
                .think("line", Thinking.steps(3).candidates(2).maxTokens(4).temperature(0))
                .text());
  }

  @Test
  void evaluationsOfAThoughtAreLimitedForAllTokensTogether() throws Exception {
    String request =
        "{\"prompt\": \"line\", \"max_tokens\": 4, \"temperature\": 0, \"evaluations\": 9";
    JsonNode limited = server.answer("/v1/think", request + ", \"tolerance\": 1e-12}");
    assertThat(limited.path("predictions")).hasSize(4);
    assertThat(limited.path("evaluations").asInt()).isBetween(5, 9);
    JsonNode settled = server.answer("/v1/think", request + ", \"tolerance\": 1e9}");
    assertThat(settled.path("evaluations").asInt()).isLessThan(limited.path("evaluations").asInt());
    JsonNode oneStep = server.answer("/v1/think", request + ", \"steps\": 1}");
    assertThat(oneStep.path("evaluations").asInt()).isEqualTo(4);
  }

  @Test
  void givenAnswersAreRankedByEnergy() throws Exception {
    JsonNode answer =
        server.answer(
            "/v1/verify", "{\"context\": \"line\", \"candidates\": [\" 1\", \"x\", \" of\"]}");

    assertThat(answer.path("measure").asText()).isEqualTo("energy");
    List<Double> totals =
        StreamSupport.stream(answer.path("candidates").spliterator(), false)
            .map(each -> each.path("total").asDouble())
            .toList();
    assertThat(totals).hasSize(3).isSorted();
    JsonNode energy = server.answer("/v1/energy", "{\"context\": \"line\", \"candidate\": \" 1\"}");
    assertThat(energy.path("energy").asDouble()).isEqualTo(server.model().energy("line", " 1"));
  }

  @Test
  void metricsCountRequestsTokensAndEvaluations() throws Exception {
    server.answer(COMPLETIONS, "{\"prompt\": \"line\", \"max_tokens\": 3}");
    server.get("/nowhere");

    String metrics = server.get("/metrics").body();
    assertThat(metrics)
        .contains(
            "http_server_requests_seconds_count{method=\"POST\",route=\"/v1/completions\",status=\"200\"}",
            "http_server_requests_seconds_count{method=\"GET\",route=\"other\",status=\"404\"}",
            "ebt_calls_waiting 0",
            "jvm_memory_used_bytes");
    for (String counter :
        List.of("ebt_prompt_tokens_total", "ebt_generated_tokens_total", "ebt_evaluations_total")) {
      assertThat(metrics).containsPattern("\n" + counter + " [1-9]");
    }
    assertThat(server.get("/healthz").body()).isEqualTo("{\"status\":\"ok\"}");
    assertThat(server.log())
        .anySatisfy(line -> assertThat(line).startsWith("127.0.0.1 POST /v1/completions 200"));
  }
}
