package dev.ebt.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ebt.inference.Thinking;
import dev.ebt.inference.Thought;
import dev.langchain4j.exception.AuthenticationException;
import dev.langchain4j.exception.ModelNotFoundException;
import dev.langchain4j.model.StreamingResponseHandler;
import dev.langchain4j.model.openai.OpenAiLanguageModel;
import dev.langchain4j.model.openai.OpenAiStreamingLanguageModel;
import dev.langchain4j.model.output.FinishReason;
import dev.langchain4j.model.output.Response;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The server as a client library of OpenAI's API sees it. */
@Timeout(60)
class OpenAiClientTest {
  private static final String PROMPT = "line ";

  @TempDir static Path folder;
  private static Path run;

  @BeforeAll
  static void train() throws IOException {
    run = Tiny.in(folder).trained("run");
  }

  private static OpenAiLanguageModel client(TinyServer server, String model, String key) {
    return OpenAiLanguageModel.builder()
        .baseUrl(server.url() + "/v1")
        .apiKey(key)
        .modelName(model)
        .temperature(0.0)
        .maxRetries(0)
        .build();
  }

  private static Thought expected(TinyServer server) {
    return server.model().think(PROMPT, Thinking.defaults().temperature(0).maxTokens(16));
  }

  @Test
  void completionIsTheAnswerOfTheModel() {
    try (TinyServer server = TinyServer.of(run)) {
      Response<String> response = client(server, "tiny", "any").generate(PROMPT);

      assertThat(response.content()).isEqualTo(expected(server).text());
      assertThat(response.finishReason()).isEqualTo(FinishReason.LENGTH);
      assertThat(response.tokenUsage().inputTokenCount()).isEqualTo(PROMPT.length());
      assertThat(response.tokenUsage().outputTokenCount()).isEqualTo(16);
    }
  }

  @Test
  void streamHasTheSameTextInParts() {
    try (TinyServer server = TinyServer.of(run)) {
      OpenAiStreamingLanguageModel client =
          OpenAiStreamingLanguageModel.builder()
              .baseUrl(server.url() + "/v1")
              .apiKey("any")
              .modelName("tiny")
              .temperature(0.0)
              .build();
      List<String> parts = new ArrayList<>();
      CompletableFuture<Response<String>> end = new CompletableFuture<>();

      client.generate(
          PROMPT,
          new StreamingResponseHandler<String>() {
            @Override
            public void onNext(String token) {
              parts.add(token);
            }

            @Override
            public void onComplete(Response<String> response) {
              end.complete(response);
            }

            @Override
            public void onError(Throwable error) {
              end.completeExceptionally(error);
            }
          });

      assertThat(end.join().content()).isEqualTo(expected(server).text());
      assertThat(end.join().finishReason()).isEqualTo(FinishReason.LENGTH);
      assertThat(String.join("", parts)).isEqualTo(expected(server).text());
      assertThat(parts).hasSizeGreaterThan(4);
    }
  }

  @Test
  void errorsAreThoseThatTheClientKnows() {
    try (TinyServer server = TinyServer.withToken(run, "sesame")) {
      assertThat(client(server, "tiny", "sesame").generate(PROMPT).content()).isNotEmpty();
      assertThatThrownBy(() -> client(server, "tiny", "wrong").generate(PROMPT))
          .isInstanceOf(AuthenticationException.class)
          .hasMessageContaining("invalid_api_key");
      assertThatThrownBy(() -> client(server, "other", "sesame").generate(PROMPT))
          .isInstanceOf(ModelNotFoundException.class)
          .hasMessageContaining("there is no model 'other'; this server has 'tiny'");
    }
  }
}
