package dev.ebt.bench.serve;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ebt.interact.Verification;
import io.javalin.http.Context;
import java.util.List;
import java.util.Locale;

/** The evaluation of given answers, texts or those of another modality, within limits. */
final class GivenCandidates {
  private final ServedModel model;
  private final ServerLimits limits;

  GivenCandidates(ServedModel model, ServerLimits limits) {
    this.model = model;
    this.limits = limits;
  }

  /** Returns the name of the model. */
  String modelName() {
    return model.name();
  }

  /** Returns whether answers are texts. */
  boolean areTexts() {
    return model.text() != null;
  }

  /**
   * Ranks answers of another modality than text.
   *
   * @param field that has the answers: {@code candidate}, or {@code candidates}
   */
  Verification verify(Context request, RequestFields fields, Verification.Order order, String field)
      throws InterruptedException {
    ClientWait wait = ClientWait.begin(request, limits.time());
    model.checkName(fields);
    return verify(ServedAdapter.of(fields, model), fields, order, field, wait);
  }

  private <I, O> Verification verify(
      ServedAdapter<I, O> adapter,
      RequestFields fields,
      Verification.Order order,
      String field,
      ClientWait wait)
      throws InterruptedException {
    fields.node("input");
    fields.node(field);
    fields.refuseOthers();
    List<O> givens =
        field.equals("candidate")
            ? List.of(adapter.given(fields))
            : adapter.givens(fields, limits.choices());
    return ServedModel.await(adapter.verify(model, adapter.input(fields), givens, order), wait);
  }

  /** Reads answers, at least one. */
  List<String> candidates(RequestFields fields, String name) {
    JsonNode node = fields.node(name).orElseThrow(() -> fields.missing(name));
    fields.require(name, node, node.isArray(), "an array of strings");
    fields.check(name, node, !node.isEmpty(), "at least one string");
    return fields.texts(name, limits.choices());
  }

  /**
   * Ranks answers, after all fields of a request were read.
   *
   * @throws ApiException if a text is too long for the model
   */
  Verification verify(
      Context request,
      RequestFields fields,
      String context,
      List<String> answers,
      Verification.Order order)
      throws InterruptedException {
    ClientWait wait = ClientWait.begin(request, limits.time());
    model.checkName(fields);
    fields.refuseOthers();
    checkLengths(model.requireText(), context, answers);
    return ServedModel.await(
        model.calls().verifyAsync(context, String.class, answers, order), wait);
  }

  /** Refuses texts that a window does not have room for: the last token is predicted only. */
  private void checkLengths(ServedModel.Text text, String context, List<String> answers) {
    int separator = text.tokenizer().endOfText().isPresent() ? 1 : 0;
    int before = text.count("context", context, limits) + separator;
    for (int i = 0; i < answers.size(); i++) {
      int tokens = text.count("candidate", answers.get(i), limits);
      if (before + tokens > text.window() + 1) {
        throw ApiException.tooLong(
            "context",
            String.format(
                Locale.ROOT,
                "the context has %,d tokens and answer %d has %,d, but the model sees %,d together",
                before,
                i + 1,
                tokens,
                text.window() + 1));
      }
    }
  }
}
