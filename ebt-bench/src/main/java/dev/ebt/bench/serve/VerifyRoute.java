package dev.ebt.bench.serve;

import dev.ebt.interact.Verification;
import dev.ebt.interact.Verification.Ranked;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.util.List;

/** The route {@code /v1/verify}: given answers, ranked without thinking. */
final class VerifyRoute implements Handler {
  private final GivenCandidates given;

  VerifyRoute(GivenCandidates given) {
    this.given = given;
  }

  private record Answer(String object, String model, String measure, List<Candidate> candidates) {}

  private record Candidate(
      int index,
      String text,
      double total,
      double perPrediction,
      double perLength,
      int predictions,
      long length,
      List<Double> values) {
    Candidate(Ranked ranked) {
      this(
          ranked.number() - 1,
          ranked.answer().text(),
          ranked.total(),
          ranked.perPrediction(),
          ranked.perLength(),
          ranked.answer().predictions(),
          ranked.answer().length(),
          ranked.values());
    }
  }

  @Override
  public void handle(Context context) throws InterruptedException {
    RequestFields fields = RequestFields.of(context);
    Verification found = found(context, fields);
    context
        .contentType("application/json")
        .result(
            Json.bytes(
                new Answer(
                    "verification",
                    given.modelName(),
                    found.measure().label(),
                    found.answers().stream().map(Candidate::new).toList())));
  }

  private Verification found(Context context, RequestFields fields) throws InterruptedException {
    if (!given.areTexts()) {
      return given.verify(context, fields, order(fields), "candidates");
    }
    String before = fields.requiredText("context");
    List<String> candidates = given.candidates(fields, "candidates");
    return given.verify(context, fields, before, candidates, order(fields));
  }

  private static Verification.Order order(RequestFields fields) {
    String by = fields.text("by").orElse("total");
    return switch (by) {
      case "total" -> Verification.Order.TOTAL;
      case "prediction" -> Verification.Order.PREDICTION;
      case "length" -> Verification.Order.LENGTH;
      default ->
          throw ApiException.unsuitable(
              "by", "by is '" + by + "'; total, prediction or length expected");
    };
  }
}
