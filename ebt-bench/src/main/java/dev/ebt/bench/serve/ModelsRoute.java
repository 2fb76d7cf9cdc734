package dev.ebt.bench.serve;

import io.javalin.http.Context;
import java.util.List;

/** The routes {@code /v1/models} and {@code /v1/models/NAME}. */
final class ModelsRoute {
  private final ServedModel model;

  ModelsRoute(ServedModel model) {
    this.model = model;
  }

  private record Model(String id, String object, long created, String ownedBy) {}

  private record Models(String object, List<Model> data) {}

  private Model only() {
    return new Model(model.name(), "model", model.created().getEpochSecond(), "ebt");
  }

  void list(Context context) {
    context.contentType("application/json").result(Json.bytes(new Models("list", List.of(only()))));
  }

  void one(Context context) {
    model.checkName(context.pathParam("name"));
    context.contentType("application/json").result(Json.bytes(only()));
  }
}
