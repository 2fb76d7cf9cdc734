package dev.ebt.bench.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ebt.bench.conformance.Agreement.Quantity;
import dev.ebt.error.Required;
import dev.ebt.optimize.CosineSchedule;
import java.util.HashMap;
import java.util.Map;

/**
 * A reference case of learning rates: for each schedule, the rate of every step from the first one.
 */
final class ScheduleCase {
  static final String KIND = "learning-rate-schedule";

  private ScheduleCase() {}

  /** Returns true for a document of this type: its keys are schedules, and it has no kind. */
  static boolean isOne(JsonNode document) {
    return document.isObject()
        && !document.isEmpty()
        && document.properties().stream().allMatch(list -> list.getKey().startsWith("peak="));
  }

  /** Compares all learning rates. */
  static Agreement compute(ReferenceCase reference) {
    Agreement agreement = new Agreement();
    for (Map.Entry<String, JsonNode> list : reference.document().properties()) {
      Map<String, Double> values = values(list.getKey());
      CosineSchedule schedule = schedule(values);
      double peak = Required.of(values, "peak");
      for (int i = 0; i < list.getValue().size(); i++) {
        agreement.compare(
            Quantity.RATES,
            list.getKey() + "[" + i + "]",
            list.getValue().path(i).asDouble(),
            schedule.publishedRate(i + 1, peak, peak));
      }
    }
    return agreement;
  }

  private static Map<String, Double> values(String setting) {
    Map<String, Double> values = new HashMap<>();
    for (String pair : setting.split(",", -1)) {
      int equals = pair.indexOf('=');
      values.put(pair.substring(0, equals), Double.valueOf(pair.substring(equals + 1)));
    }
    return values;
  }

  private static CosineSchedule schedule(Map<String, Double> values) {
    double divider = Required.of(values, "warm_up_base_lr_divider");
    return new CosineSchedule(
        Required.of(values, "warmup").intValue(),
        divider > 0 ? 1 / divider : 0,
        Required.of(values, "total").intValue(),
        1 / Required.of(values, "min_lr_scale"));
  }
}
