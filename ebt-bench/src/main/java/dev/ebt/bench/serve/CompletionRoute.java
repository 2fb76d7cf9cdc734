package dev.ebt.bench.serve;

import static java.util.Objects.requireNonNull;

import dev.ebt.inference.Thinking;
import dev.ebt.inference.TypedThought;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The route {@code /v1/completions}, as clients of OpenAI's API expect it. */
final class CompletionRoute implements Handler {
  private final ServedModel model;
  private final ServerLimits limits;
  private final ServerMetrics metrics;

  CompletionRoute(ServedModel model, ServerLimits limits, ServerMetrics metrics) {
    this.model = model;
    this.limits = limits;
    this.metrics = metrics;
  }

  @Override
  public void handle(Context context) throws IOException, InterruptedException {
    ClientWait wait = ClientWait.begin(context, limits.time());
    RequestFields fields = RequestFields.of(context);
    model.checkName(fields);
    ServedModel.Text text = model.requireText();
    CompletionRequest request = CompletionRequest.read(fields, text, limits);
    List<Integer> promptTokens = new ArrayList<>();
    int suffixTokens = request.suffix().map(each -> text.count("suffix", each, limits)).orElse(0);
    for (String prompt : request.prompts()) {
      promptTokens.add(text.count("prompt", prompt, limits) + suffixTokens);
    }
    PromptScores scores = new PromptScores(request, promptTokens, text);
    try (Calls calls = new Calls()) {
      for (Thinking thinking : request.calls()) {
        calls.begin(call(request, request.prompt(calls.size()), thinking), request.stream());
      }
      CompletionAnswer answer =
          new CompletionAnswer(model.name(), text, request, promptTokens, scores.of(model, wait));
      if (request.stream()) {
        stream(calls, answer, new EventStream(context.res()), wait);
      } else {
        List<TypedThought<String>> thoughts = calls.await(wait);
        metrics.count(answer.usage(thoughts));
        context.contentType("application/json").result(Json.bytes(answer.of(thoughts)));
      }
    }
  }

  private Calls.Call call(CompletionRequest request, String prompt, Thinking thinking) {
    if (request.suffix().isEmpty()) {
      return predictions -> model.calls().thinkAsync(prompt, String.class, thinking, predictions);
    }
    GapAdapter<?> gaps = GapAdapter.of(model);
    String suffix = request.suffix().get();
    int fills = request.mostFills(limits);
    return predictions -> gaps.fill(model, prompt, suffix, fills, thinking, predictions);
  }

  private void stream(Calls calls, CompletionAnswer answer, EventStream stream, ClientWait wait)
      throws IOException, InterruptedException {
    try {
      sendParts(calls, answer, stream, wait);
    } catch (RuntimeException | Error e) {
      if (!stream.begun()) {
        throw e;
      }
      stream.send(Failures.of(e).body()); // The status is sent already.
    }
  }

  private void sendParts(Calls calls, CompletionAnswer answer, EventStream stream, ClientWait wait)
      throws IOException, InterruptedException {
    List<LogProbabilityList> lists = new ArrayList<>();
    List<TypedThought<String>> thoughts = new ArrayList<>();
    for (int call = 0; call < calls.size(); call++) {
      lists.add(answer.logProbabilities(call));
    }
    boolean[] begun = new boolean[calls.size()];
    while (thoughts.size() < calls.size()) {
      Calls.Event event = calls.next(wait.millisecondsToCheck());
      wait.check(); // Also while tokens come without a pause.
      if (event == null) {
        stream.keepAlive();
        continue;
      }
      if (event.failure() != null) {
        throw Failures.of(event.failure());
      }
      int call = event.call();
      String echoed = answer.request().echo() && !begun[call] ? answer.request().prompt(call) : "";
      LogProbabilityList list = lists.get(call);
      if (event.prediction() != null) {
        list.add(event.prediction());
        if (answer.shows(event.prediction())) {
          begun[call] = true;
          stream.send(answer.part(call, echoed + event.prediction().text(), list, null));
        }
      } else {
        TypedThought<String> thought = requireNonNull(event.thought());
        thoughts.add(thought);
        stream.send(answer.part(call, echoed, list, thought.finish()));
      }
    }
    metrics.count(answer.usage(thoughts));
    if (answer.request().includeUsage()) {
      stream.send(answer.end(thoughts));
    }
    stream.done();
  }
}
