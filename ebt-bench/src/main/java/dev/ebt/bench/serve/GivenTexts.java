package dev.ebt.bench.serve;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ebt.interact.Verification;
import java.util.List;
import java.util.Locale;

/** The evaluation of given answers to a text, within limits. */
final class GivenTexts {
  private final ServedModel model;
  private final ServerLimits limits;

  GivenTexts(ServedModel model, ServerLimits limits) {
    this.model = model;
    this.limits = limits;
  }

  /** Returns the name of the model. */
  String modelName() {
    return model.name();
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
      RequestFields fields, String context, List<String> answers, Verification.Order order)
      throws InterruptedException {
    Deadline deadline = Deadline.in(limits.time());
    model.checkName(fields);
    fields.refuseOthers();
    checkLengths(model.requireText(), context, answers);
    return ServedModel.await(
        model.calls().verifyAsync(context, String.class, answers, order), deadline);
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
