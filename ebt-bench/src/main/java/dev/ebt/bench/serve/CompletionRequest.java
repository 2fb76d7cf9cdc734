package dev.ebt.bench.serve;

import dev.ebt.inference.Thinking;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SplittableRandom;

/**
 * A request of OpenAI's completions API.
 *
 * @param prompts the texts to continue
 * @param suffix the text after each; empty for continuations without an end
 * @param choices the number of continuations of each
 * @param thinking the options of each; its seed is that of the first
 * @param logprobs the number of likeliest tokens to report at each position beside the chosen one;
 *     empty for no probabilities
 * @param echo whether answers begin with the prompt
 * @param stream whether answers are sent as server-sent events
 * @param includeUsage whether a stream ends with the numbers of tokens
 */
record CompletionRequest(
    List<String> prompts,
    Optional<String> suffix,
    int choices,
    Thinking thinking,
    OptionalInt logprobs,
    boolean echo,
    boolean stream,
    boolean includeUsage) {
  private static final int MOST_LOGPROBS = 5;

  /** Reads a request; see <a href="https://platform.openai.com/docs/api-reference">OpenAI</a>. */
  static CompletionRequest read(RequestFields fields, ServedModel.Text model, ServerLimits limits) {
    List<String> prompts = PromptField.read(fields, model.tokenizer(), limits);
    int choices = fields.integer("n", 1, limits.choices()).orElse(1);
    if ((long) prompts.size() * choices > limits.choices()) {
      throw ApiException.unsuitable(
          "n",
          "prompt and n ask for "
              + (long) prompts.size() * choices
              + " choices; at most "
              + limits.choices()
              + " expected");
    }
    boolean stream = fields.truth("stream");
    RequestFields options = fields.fields("stream_options");
    if (!stream && fields.node("stream_options").isPresent()) {
      throw ApiException.unsuitable("stream_options", "stream_options needs stream");
    }
    boolean includeUsage = options.truth("include_usage");
    options.refuseOthers();
    CompletionRequest request =
        new CompletionRequest(
            prompts,
            fields.text("suffix").filter(text -> !text.isEmpty()),
            choices,
            new ThinkingFields(fields, limits).read(),
            fields.integer("logprobs", 0, MOST_LOGPROBS),
            fields.truth("echo"),
            stream,
            includeUsage);
    if (request.echo() && request.logprobs().orElse(0) > 0) {
      int candidates = request.thinking().candidates();
      if (candidates > 1) {
        throw ApiException.unsuitable(
            "candidates",
            "candidates is " + candidates + "; 1 expected with echo and the likeliest tokens");
      }
    }
    if (request.suffix().isPresent() && request.logprobs().isPresent()) {
      throw ApiException.unsuitable(
          "logprobs", "logprobs cannot be combined with suffix: a gap is filled as a whole");
    }
    if (request.suffix().isPresent() && request.thinking().decoding().ignoreEnd() != null) {
      throw ApiException.unsuitable(
          "ignore_eos", "ignore_eos cannot be combined with suffix: a gap may end earlier");
    }
    checkUnsupported(fields, choices);
    fields.refuseOthers();
    return request;
  }

  /** Accepts fields of OpenAI's API without effect here only with values that have none. */
  private static void checkUnsupported(RequestFields fields, int choices) {
    fields.text("user");
    fields.integer("best_of", choices, choices);
    fields.number("presence_penalty", 0, 0);
    fields.number("frequency_penalty", 0, 0);
    fields
        .node("logit_bias")
        .filter(node -> !node.isEmpty() || (node.isTextual() && !node.textValue().isEmpty()))
        .ifPresent(
            node -> {
              throw ApiException.unsuitable("logit_bias", "logit_bias is not supported");
            });
  }

  /** Returns the options of each call: of all choices of the first prompt, the second, …. */
  List<Thinking> calls() {
    SplittableRandom random = new SplittableRandom(thinking.seed());
    List<Thinking> calls = new ArrayList<>(List.of(thinking));
    while (calls.size() < prompts.size() * choices) {
      calls.add(thinking.seed(random.nextLong()));
    }
    return calls;
  }

  /**
   * Returns the most continuations to choose from for each gap, so that those of all calls are
   * within a limit; at least one.
   */
  int mostFills(ServerLimits limits) {
    return Math.max(1, limits.choices() / (prompts.size() * choices));
  }

  /** Returns the prompt of a call. */
  String prompt(int call) {
    return prompts.get(call / choices);
  }
}
