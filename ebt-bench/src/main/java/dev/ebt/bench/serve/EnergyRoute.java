package dev.ebt.bench.serve;

import dev.ebt.interact.Verification;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.util.List;

/** The route {@code /v1/energy}: the energy of a given answer, without thinking. */
final class EnergyRoute implements Handler {
  private final GivenCandidates given;

  EnergyRoute(GivenCandidates given) {
    this.given = given;
  }

  private record Answer(
      String object, String model, double energy, double perPrediction, List<Double> energies) {}

  @Override
  public void handle(Context context) throws InterruptedException {
    RequestFields fields = RequestFields.of(context);
    Verification found = found(context, fields);
    if (found.measure() != Verification.Measure.ENERGY) {
      throw ApiException.unsuitable(
          null, "the model has no energy; /v1/verify ranks by " + found.measure().label());
    }
    Verification.Ranked ranked = found.answers().get(0);
    context
        .contentType("application/json")
        .result(
            Json.bytes(
                new Answer(
                    "energy",
                    given.modelName(),
                    ranked.total(),
                    ranked.perPrediction(),
                    ranked.values())));
  }

  private Verification found(Context context, RequestFields fields) throws InterruptedException {
    if (!given.areTexts()) {
      return given.verify(context, fields, Verification.Order.TOTAL, "candidate");
    }
    String before = fields.requiredText("context");
    String answer = fields.requiredText("candidate");
    return given.verify(context, fields, before, List.of(answer), Verification.Order.TOTAL);
  }
}
