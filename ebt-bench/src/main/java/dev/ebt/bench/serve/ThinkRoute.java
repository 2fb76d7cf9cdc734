package dev.ebt.bench.serve;

import dev.ebt.bench.serve.Completion.Usage;
import dev.ebt.inference.Prediction;
import dev.ebt.inference.Thinking;
import dev.ebt.inference.TypedThought;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The route {@code /v1/think}: an answer with the energies of every step. */
final class ThinkRoute implements Handler {
  private final ServedModel model;
  private final ServerLimits limits;
  private final ServerMetrics metrics;

  ThinkRoute(ServedModel model, ServerLimits limits, ServerMetrics metrics) {
    this.model = model;
    this.limits = limits;
    this.metrics = metrics;
  }

  private record Answer(
      String object,
      String model,
      String text,
      String finishReason,
      long evaluations,
      List<Element> predictions,
      Usage usage) {}

  private record Element(
      String element, List<Double> energies, int evaluations, @Nullable Double logprob) {
    Element(Prediction prediction) {
      this(
          prediction.element(),
          prediction.energies(),
          prediction.evaluations(),
          prediction.logProbability().isPresent()
              ? prediction.logProbability().getAsDouble()
              : null);
    }
  }

  @Override
  public void handle(Context context) throws InterruptedException {
    Deadline deadline = Deadline.in(limits.time());
    RequestFields fields = RequestFields.of(context);
    model.checkName(fields);
    ServedModel.Text text = model.requireText();
    String prompt = fields.requiredText("prompt");
    Thinking thinking = new ThinkingFields(fields, limits).read();
    fields.refuseOthers();
    int promptTokens = text.count("prompt", prompt, limits);
    try (Calls calls = new Calls(model.calls())) {
      calls.begin(prompt, thinking, false);
      List<TypedThought<String>> thoughts = calls.await(deadline);
      metrics.count(List.of(promptTokens), thoughts);
      context
          .contentType("application/json")
          .result(Json.bytes(answer(promptTokens, thoughts.get(0))));
    }
  }

  private Answer answer(int promptTokens, TypedThought<String> thought) {
    return new Answer(
        "thought",
        model.name(),
        thought.text(),
        CompletionAnswer.reason(thought.finish()),
        thought.evaluations(),
        thought.predictions().stream().map(Element::new).toList(),
        new Usage(promptTokens, thought.predictions().size()));
  }
}
