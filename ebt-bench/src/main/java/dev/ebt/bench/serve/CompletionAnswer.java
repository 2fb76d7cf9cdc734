package dev.ebt.bench.serve;

import dev.ebt.bench.serve.Completion.Choice;
import dev.ebt.bench.serve.Completion.Usage;
import dev.ebt.inference.FinishReason;
import dev.ebt.inference.Prediction;
import dev.ebt.inference.TypedThought;
import dev.ebt.run.TextScore.TokenScore;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a completion request, made from the thoughts of its calls.
 *
 * @param id its identifier
 * @param created seconds since 1970
 * @param text what the model has as one of text
 * @param promptTokens the number of tokens of each prompt, and of the suffix
 * @param scores the probabilities of each prompt's tokens; empty if they are not wanted
 */
record CompletionAnswer(
    String id,
    long created,
    String model,
    ServedModel.Text text,
    CompletionRequest request,
    List<Integer> promptTokens,
    List<List<TokenScore>> scores) {
  CompletionAnswer(
      String model,
      ServedModel.Text text,
      CompletionRequest request,
      List<Integer> promptTokens,
      List<List<TokenScore>> scores) {
    this(
        "cmpl-" + UUID.randomUUID(),
        System.currentTimeMillis() / 1000,
        model,
        text,
        request,
        promptTokens,
        scores);
  }

  /** Returns the complete answer. */
  Completion of(List<TypedThought<String>> thoughts) {
    List<Choice> choices = new ArrayList<>();
    for (TypedThought<String> thought : thoughts) {
      int call = choices.size();
      LogProbabilityList list = logProbabilities(call);
      thought.predictions().forEach(list::add);
      String echoed = request.echo() ? request.prompt(call) : "";
      choices.add(choice(call, echoed + thought.text(), list, reason(thought.finish())));
    }
    return new Completion(id, created, model, choices, usage(thoughts));
  }

  /** Returns a part of the answer in a stream. */
  Completion part(int call, String text, LogProbabilityList list, @Nullable FinishReason finish) {
    Choice choice = choice(call, text, list, finish == null ? null : reason(finish));
    return new Completion(id, created, model, List.of(choice), null);
  }

  /** Returns the last part of a stream. */
  Completion end(List<TypedThought<String>> thoughts) {
    return new Completion(id, created, model, List.of(), usage(thoughts));
  }

  /** Returns a list that has the tokens of the prompt of a call, if they are part of its answer. */
  LogProbabilityList logProbabilities(int call) {
    String prompt = request.prompt(call);
    LogProbabilityList list =
        new LogProbabilityList(
            request.echo() ? 0 : prompt.codePointCount(0, prompt.length()),
            request.logprobs().orElse(0));
    if (!scores.isEmpty()) {
      int index = call / request.choices();
      list.add(prompt, promptTokens.get(index), scores.get(index));
    }
    return list;
  }

  private Choice choice(
      int call, String text, LogProbabilityList list, @Nullable String finishReason) {
    return new Choice(
        call, text, request.logprobs().isPresent() ? list.take() : null, finishReason);
  }

  /** Returns the number of generated tokens; of a gap, those that fill it. */
  private int generated(TypedThought<String> thought) {
    return request.suffix().isPresent()
        ? text.tokens(thought.text())
        : thought.predictions().size();
  }

  /** Returns what answering took. */
  Usage usage(List<TypedThought<String>> thoughts) {
    return Usage.of(
        promptTokens.stream().mapToInt(Integer::intValue).sum(),
        thoughts.stream().mapToInt(this::generated).sum(),
        thoughts.stream().mapToLong(TypedThought::evaluations).sum());
  }

  /** Returns the name of a reason in OpenAI's API. */
  static String reason(FinishReason finish) {
    return switch (finish) {
      case COMPLETE, STOP -> "stop";
      case LENGTH, WINDOW -> "length";
      case UNFINISHED -> "timeout";
    };
  }

  /** Returns whether a prediction is part of a stream by itself. */
  boolean shows(Prediction prediction) {
    return request.logprobs().isPresent() || !prediction.text().isEmpty();
  }
}
