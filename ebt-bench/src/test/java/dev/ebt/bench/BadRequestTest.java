package dev.ebt.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that no route can answer, after each of which the server still answers others. */
@Timeout(60)
class BadRequestTest {
  private static final String COMPLETIONS = "/v1/completions";
  private static final int DEEP = 5000;

  @TempDir static Path folder;
  private static TinyServer server;

  @BeforeAll
  static void start() throws IOException {
    Tiny tiny = Tiny.in(folder);
    server = TinyServer.of(tiny.trained("run"));
    Commands.fine(
        tiny.train(
            "baseline",
            "--set=model.name=transformer",
            "--set=objective.name=likelihood",
            "--set=model.conditioning=none"));
  }

  @AfterAll
  static void stopThatStillAnswers() throws Exception {
    server.answer(COMPLETIONS, "{\"prompt\": \"line\", \"max_tokens\": 1}");
    server.close();
  }

  @Test
  void aBudgetOfEvaluationsIsRefusedByNameWhereThereIsNoEnergy() throws Exception {
    try (TinyServer baseline = TinyServer.of(folder.resolve("baseline"))) {
      JsonNode error =
          refused(422, baseline.post("/v1/think", "{\"prompt\": \"a\", \"evaluations\": 64}"));
      assertThat(error.path("param").textValue()).isEqualTo("evaluations");
      assertThat(error.path("message").textValue())
          .isEqualTo("evaluations has no effect on a model without an energy; leave it out");
    }
  }

  private static JsonNode refused(int status, HttpResponse<String> response) throws IOException {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    assertThat(response.headers().firstValue("Content-Type"))
        .hasValueSatisfying(type -> assertThat(type).startsWith("application/json"));
    return TinyServer.error(response);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "[]",
        "\"text\"",
        "null",
        "{\"prompt\": \"a\"} and more",
        "{\"prompt\": \"a\", \"prompt\": \"b\"}",
        "{\"prompt\": \"a\", \"temperature\": NaN}",
        "{'prompt': 'a'}",
        "{\"prompt\": \"a\\u0000\", \"x\"}"
      })
  void whatIsNoObjectInJsonIsRefusedByEveryRoute(String body) throws Exception {
    for (String route : new String[] {COMPLETIONS, "/v1/think", "/v1/verify", "/v1/energy"}) {
      refused(400, server.post(route, body));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "400 | prompt | {}",
        "400 | prompt | {'prompt': null}",
        "400 | prompt | {'prompt': 5}",
        "400 | prompt | {'prompt': []}",
        "400 | prompt | {'prompt': {'text': 'a'}}",
        "400 | prompt[1] | {'prompt': ['a', 5]}",
        "400 | prompt[0][0] | {'prompt': [['a']]}",
        "400 | prompt[1] | {'prompt': [1, 1.5]}",
        "422 | prompt[0] | {'prompt': [256]}",
        "422 | prompt[0] | {'prompt': [-1]}",
        "422 | prompt | {'prompt': [255]}",
        "422 | prompt | {'prompt': ['a', 'b', 'c', 'd', 'e']}",
        "400 | prompt | {'prompt': 'longer than the window'}",
        "400 | max_tokens | {'prompt': 'a', 'max_tokens': '5'}",
        "400 | max_tokens | {'prompt': 'a', 'max_tokens': 5.5}",
        "400 | max_tokens | {'prompt': 'a', 'max_tokens': [5]}",
        "422 | max_tokens | {'prompt': 'a', 'max_tokens': -1}",
        "422 | max_tokens | {'prompt': 'a', 'max_tokens': 1000001}",
        "422 | max_tokens | {'prompt': 'a', 'max_tokens': 99999999999999999999999}",
        "422 | temperature | {'prompt': 'a', 'temperature': -0.1}",
        "422 | temperature | {'prompt': 'a', 'temperature': 1e400}",
        "400 | temperature | {'prompt': 'a', 'temperature': true}",
        "422 | top_p | {'prompt': 'a', 'top_p': 1.01}",
        "422 | n | {'prompt': 'a', 'n': 0}",
        "422 | n | {'prompt': ['a', 'b', 'c'], 'n': 2}",
        "422 | steps | {'prompt': 'a', 'steps': 9}",
        "422 | steps | {'prompt': 'a', 'steps': 0}",
        "422 | candidates | {'prompt': 'a', 'candidates': 5}",
        "422 | logprobs | {'prompt': 'a', 'logprobs': 6}",
        "400 | logprobs | {'prompt': 'a', 'logprobs': true}",
        "400 | stream | {'prompt': 'a', 'stream': 'yes'}",
        "400 | stream_options | {'prompt': 'a', 'stream_options': []}",
        "400 | stream_options.x | {'prompt': 'a', 'stream': true, 'stream_options': {'x': 1}}",
        "422 | stream_options | {'prompt': 'a', 'stream_options': {'include_usage': true}}",
        "422 | tolerance | {'prompt': 'a', 'echo': true, 'logprobs': 0, 'tolerance': 0.1}",
        "400 | stop | {'prompt': 'a', 'stop': 5}",
        "400 | stop[1] | {'prompt': 'a', 'stop': ['b', null]}",
        "422 | stop | {'prompt': 'a', 'stop': ''}",
        "400 | suffix | {'prompt': 'a', 'suffix': 5}",
        "422 | logprobs | {'prompt': 'a', 'suffix': 'b', 'logprobs': 0}",
        "422 | ignore_eos | {'prompt': 'a', 'suffix': 'b', 'ignore_eos': true}",
        "400 | evaluations | {'prompt': 'a', 'evaluations': 8}",
        "422 | presence_penalty | {'prompt': 'a', 'presence_penalty': 0.5}",
        "400 | temprature | {'prompt': 'a', 'temprature': 1}",
        "400 | model | {'prompt': 'a', 'model': 5}",
        "404 |  | {'prompt': 'a', 'model': 'gpt'}",
      })
  void completionRequestsAreRefusedNamingTheField(int status, String field, String body)
      throws Exception {
    JsonNode error = refused(status, server.post(COMPLETIONS, body.replace('\'', '"')));
    assertThat(error.path("param").textValue()).isEqualTo(field);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'presence_penalty': 0.5 | presence_penalty is 0.5; 0 expected",
        "'best_of': 2 | best_of is 2; 1 expected",
        "'tolerance': -1 | tolerance is -1; 0 or more expected",
        "'temperature': -1 | temperature is -1; 0 to 100 expected",
      })
  void rangesAreNamedInPlainNumbers(String field, String message) throws Exception {
    String body = ("{'prompt': 'a', " + field + "}").replace('\'', '"');
    JsonNode error = refused(422, server.post(COMPLETIONS, body));
    assertThat(error.path("message").asText()).isEqualTo(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "think | 400 | prompt | {'prompt': ['a']}",
        "think | 422 | candidates | {'prompt': 'a', 'candidates': 5}",
        "think | 400 | stream | {'prompt': 'a', 'stream': true}",
        "think | 422 | evaluations | {'prompt': 'a', 'evaluations': 3, 'max_tokens': 4}",
        "think | 422 | evaluations | {'prompt': 'a', 'evaluations': 0}",
        "verify | 400 | context | {'candidates': ['a']}",
        "verify | 400 | candidates | {'context': 'a'}",
        "verify | 400 | candidates | {'context': 'a', 'candidates': 'b'}",
        "verify | 422 | candidates | {'context': 'a', 'candidates': []}",
        "verify | 400 | candidates[0] | {'context': 'a', 'candidates': [['b']]}",
        "verify | 422 | candidates | {'context': 'a', 'candidates': ['1', '2', '3', '4', '5']}",
        "verify | 422 |  | {'context': 'a', 'candidates': ['b', '']}",
        "verify | 422 | by | {'context': 'a', 'candidates': ['b'], 'by': 'sum'}",
        "verify | 400 | context | {'context': 'a long', 'candidates': ['answer']}",
        "energy | 400 | candidate | {'context': 'a', 'candidate': 5}",
        "energy | 400 | n | {'context': 'a', 'candidate': 'b', 'n': 1}",
      })
  void otherRequestsAreRefusedNamingTheField(String route, int status, String field, String body)
      throws Exception {
    JsonNode error = refused(status, server.post("/v1/" + route, body.replace('\'', '"')));
    assertThat(error.path("param").textValue()).isEqualTo(field);
  }

  @Test
  void nestedAndInvalidTextsAreRefused() throws Exception {
    String nested = "{\"prompt\": " + "[".repeat(DEEP) + "]".repeat(DEEP) + "}";
    assertThat(refused(400, server.post(COMPLETIONS, nested)).path("message").asText())
        .contains("nested");
    byte[] latin = "{\"prompt\": \"é\"}".getBytes(StandardCharsets.ISO_8859_1);
    assertThat(refused(400, server.send(server.posted(COMPLETIONS, latin))).path("message"))
        .hasToString("\"the body is not valid UTF-8\"");
  }

  @Test
  void largeBodiesAreRefusedWithoutReadingThem() throws Exception {
    refused(413, server.post(COMPLETIONS, "{\"prompt\": \"" + "a".repeat(200_000) + "\"}"));
    try (Socket socket = server.socket()) {
      TinyServer.begin(socket, Integer.MAX_VALUE, "");
      assertThat(new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII))
          .isEqualTo("HTTP/1.1 413");
    }
  }

  @Test
  void bodiesThatEndEarlyAreRefused() throws Exception {
    try (Socket socket = server.socket()) {
      TinyServer.begin(socket, 100, "{\"prompt\"");
      socket.shutdownOutput();
      assertThat(new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII))
          .isEqualTo("HTTP/1.1 400");
    }
  }

  @Test
  void whatIsNoHttpIsRefused() throws Exception {
    for (String head :
        new String[] {"nonsense\r\n\r\n", "GET /healthz HTTP/1.1\r\nX: " + "a".repeat(20_000)}) {
      try (Socket socket = server.socket()) {
        socket.getOutputStream().write((head + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
        String response =
            new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(response).startsWith("HTTP/1.1 4").contains("{\"error\":{\"message\":");
      }
    }
  }

  @Test
  void otherPathsMethodsAndTypesAreRefused() throws Exception {
    refused(404, server.get("/v1/chat/completions"));
    HttpResponse<String> wrong = server.get(COMPLETIONS);
    refused(405, wrong);
    assertThat(wrong.headers().firstValue("Allow")).hasValue("POST");
    HttpRequest.Builder text =
        server
            .request(COMPLETIONS)
            .header("Content-Type", "text/plain")
            .POST(HttpRequest.BodyPublishers.ofString("{\"prompt\": \"a\"}"));
    assertThat(refused(400, server.send(text)).path("message").asText()).contains("Content-Type");
  }

  @Test
  void tokenIsRequiredOfAllButTheHealth() throws Exception {
    try (TinyServer guarded = TinyServer.withToken(folder.resolve("run"), "sesame")) {
      for (String route : new String[] {"/v1/models", "/metrics", "/nowhere"}) {
        assertThat(refused(401, guarded.get(route)).path("code").asText())
            .isEqualTo("invalid_api_key");
      }
      for (String header : new String[] {"Bearer wrong", "Bearer ", "sesame", "Basic sesame"}) {
        refused(401, guarded.send(guarded.request("/v1/models").header("Authorization", header)));
      }
      assertThat(
              guarded
                  .send(guarded.request("/v1/models").header("Authorization", "bearer sesame"))
                  .statusCode())
          .isEqualTo(200);
      assertThat(guarded.get("/healthz").statusCode()).isEqualTo(200);
      try (Socket socket = guarded.socket()) {
        TinyServer.begin(socket, 50, ""); // The body, which never comes, is not awaited.
        assertThat(new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII))
            .isEqualTo("HTTP/1.1 401");
      }
      assertThat(guarded.log()).noneMatch(line -> line.contains("sesame"));
    }
  }
}
