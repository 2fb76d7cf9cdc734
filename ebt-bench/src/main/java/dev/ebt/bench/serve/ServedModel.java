package dev.ebt.bench.serve;

import dev.ebt.error.UserException;
import dev.ebt.inference.EbtModel;
import dev.ebt.inference.InferenceAdapter;
import dev.ebt.modality.TokenModality;
import dev.ebt.modality.Tokenizer;
import dev.ebt.run.TrainedModel;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A model that answers requests, and what they need to know of it.
 *
 * @param name the name that clients use
 * @param description a description for people
 * @param created the time of its opening
 * @param calls the model itself
 * @param text what the model has if it is one of text; null for other modalities
 * @param adapters the adapters of its modality that have a form as JSON
 */
public record ServedModel(
    String name,
    String description,
    Instant created,
    EbtModel calls,
    @Nullable Text text,
    List<ServedAdapter<?, ?>> adapters) {
  /**
   * A model of text.
   *
   * @param window the number of tokens that it sees at a time
   * @param steps the thinking steps of a request that names none
   */
  record Text(Tokenizer tokenizer, int window, int steps) {
    /**
     * Returns the number of tokens of a text.
     *
     * @param parameter the field that has it
     * @throws dev.ebt.error.UserException if it cannot be encoded
     * @throws ApiException if it has too many
     */
    int count(String parameter, String text, ServerLimits limits) {
      int tokens = tokenizer.encode(text).length;
      if (tokens > limits.promptTokens()) {
        throw ApiException.tooLong(
            parameter,
            String.format(
                Locale.ROOT,
                "%s has %,d tokens; at most %,d expected",
                parameter,
                tokens,
                limits.promptTokens()));
      }
      return tokens;
    }

    /** Returns the number of tokens of an answer; 0 for one that the tokenizer does not encode. */
    int tokens(String answer) {
      try {
        return tokenizer.encode(answer).length;
      } catch (UserException e) {
        return 0; // An adapter may describe an answer in any words.
      }
    }
  }

  /**
   * Describes a model.
   *
   * @param model the trained model that answers {@code calls}
   */
  public static ServedModel of(String name, TrainedModel model, EbtModel calls) {
    Text text =
        model.modality() instanceof TokenModality tokens
            ? new Text(tokens.tokenizer(), window(tokens), model.parts().steps().taken())
            : null;
    List<ServedAdapter<?, ?>> adapters = new ArrayList<>();
    for (InferenceAdapter<?, ?> adapter : calls.adapters()) {
      ServedAdapter.of(adapter, model.modality()).ifPresent(adapters::add);
    }
    return new ServedModel(
        name,
        model.parts().model().description(),
        Instant.now(),
        calls,
        text,
        List.copyOf(adapters));
  }

  /** Returns the number of tokens that a model of text sees at a time. */
  public static int window(TokenModality modality) {
    return modality.predictions().elements();
  }

  /**
   * Returns what a model of text has.
   *
   * @throws ApiException if this is not one
   */
  Text requireText() {
    if (text == null) {
      throw ApiException.unsuitable(null, "model '" + name + "' is not one of text");
    }
    return text;
  }

  /**
   * Waits for a result; cancels it if the wait ends before, however that is.
   *
   * @throws ApiException if the time passed, or the client has hung up
   * @throws RuntimeException the failure of the computation
   */
  static <T> T await(CompletableFuture<T> future, ClientWait wait) throws InterruptedException {
    try {
      while (true) {
        try {
          return future.get(wait.millisecondsToCheck(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
          wait.check();
        }
      }
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException exception
          ? exception
          : Failures.of(Objects.requireNonNullElse(e.getCause(), e));
    } finally {
      future.cancel(true); // Without effect on one that is done.
    }
  }

  /**
   * Accepts the name of this model, or none.
   *
   * @throws ApiException if another one is wanted
   */
  void checkName(RequestFields fields) {
    fields.text("model").ifPresent(this::checkName);
  }

  /**
   * Accepts the name of this model.
   *
   * @throws ApiException if another one is wanted
   */
  void checkName(String wanted) {
    if (!wanted.equals(name)) {
      throw ApiException.of(
          404,
          "model_not_found",
          "there is no model '" + wanted + "'; this server has '" + name + "'");
    }
  }
}
