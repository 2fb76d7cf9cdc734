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

  private record ModalityAnswer(
      String object,
      String model,
      Object output,
      String text,
      String finishReason,
      long evaluations,
      List<Element> predictions) {}

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
    ClientWait wait = ClientWait.begin(context, limits.time());
    RequestFields fields = RequestFields.of(context);
    model.checkName(fields);
    if (model.text() == null || fields.node("adapter").isPresent()) {
      Object answer = answered(ServedAdapter.of(fields, model), fields, wait);
      context.contentType("application/json").result(Json.bytes(answer));
      return;
    }
    ServedModel.Text text = model.requireText();
    String prompt = fields.requiredText("prompt");
    Thinking thinking = new ThinkingFields(fields, limits).readWithBudget();
    fields.refuseOthers();
    int promptTokens = text.count("prompt", prompt, limits);
    try (Calls calls = new Calls()) {
      calls.begin(
          predictions -> model.calls().thinkAsync(prompt, String.class, thinking, predictions),
          false);
      List<TypedThought<String>> thoughts = calls.await(wait);
      Answer answer = answer(promptTokens, thoughts.get(0));
      metrics.count(answer.usage());
      context.contentType("application/json").result(Json.bytes(answer));
    }
  }

  /** Answers a request in the form of an adapter. */
  private <I, O> Object answered(ServedAdapter<I, O> adapter, RequestFields fields, ClientWait wait)
      throws InterruptedException {
    ThinkingFields options = new ThinkingFields(fields, limits);
    Thinking thinking =
        adapter.adapter().options().contains("maxTokens") ? options.read() : options.readGeneral();
    fields.node("input");
    fields.refuseOthers();
    I input = adapter.input(fields);
    int promptTokens = adapter.promptTokens(model, input, limits);
    TypedThought<O> thought = ServedModel.await(adapter.think(model, input, thinking), wait);
    ServedModel.Text text = model.text();
    int generated = text != null && promptTokens > 0 ? text.tokens(thought.text()) : 0;
    metrics.count(Usage.of(promptTokens, generated, thought.evaluations()));
    return new ModalityAnswer(
        "thought",
        model.name(),
        adapter.form().json(thought.answer()),
        thought.text(),
        CompletionAnswer.reason(thought.finish()),
        thought.evaluations(),
        thought.predictions().stream().map(Element::new).toList());
  }

  private Answer answer(int promptTokens, TypedThought<String> thought) {
    return new Answer(
        "thought",
        model.name(),
        thought.text(),
        CompletionAnswer.reason(thought.finish()),
        thought.evaluations(),
        thought.predictions().stream().map(Element::new).toList(),
        Usage.of(promptTokens, thought.predictions().size(), thought.evaluations()));
  }
}
