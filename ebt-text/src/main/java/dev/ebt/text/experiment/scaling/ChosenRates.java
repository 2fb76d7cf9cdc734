package dev.ebt.text.experiment.scaling;

import dev.ebt.sweep.SettingResult;
import dev.ebt.sweep.SweepResults;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The learning rate of each model that has the lowest mean loss, at the one or two widths where
 * rates are compared.
 *
 * @param byModel the rates by width, at least one of each model
 */
record ChosenRates(Map<String, NavigableMap<Integer, String>> byModel) {
  private static final MathContext DIGITS = new MathContext(2);

  /**
   * Returns the best rates, among those of which all seeds have finished; empty if a model has none
   * at a width.
   */
  static Optional<ChosenRates> of(SweepResults sweep) {
    Map<String, NavigableMap<Integer, SettingResult>> best = new LinkedHashMap<>();
    for (SettingResult each : sweep.settings()) {
      if (each.bySeed().size() == each.runs()) {
        best.computeIfAbsent(value(each, ScalingRuns.MODEL), model -> new TreeMap<>())
            .merge(
                Integer.valueOf(value(each, ScalingRuns.WIDTH)),
                each,
                (a, b) -> b.average() < a.average() ? b : a);
      }
    }
    long widths =
        sweep.settings().stream().map(each -> value(each, ScalingRuns.WIDTH)).distinct().count();
    boolean all =
        best.keySet().containsAll(ScalingRuns.MODELS)
            && best.values().stream().allMatch(rates -> rates.size() == widths);
    return all ? Optional.of(of(best)) : Optional.empty();
  }

  private static ChosenRates of(Map<String, NavigableMap<Integer, SettingResult>> best) {
    Map<String, NavigableMap<Integer, String>> rates = new LinkedHashMap<>();
    best.forEach(
        (model, byWidth) -> {
          NavigableMap<Integer, String> chosen = new TreeMap<>();
          byWidth.forEach((width, each) -> chosen.put(width, value(each, ScalingRuns.RATE)));
          rates.put(model, chosen);
        });
    return new ChosenRates(rates);
  }

  private static String value(SettingResult result, String name) {
    return result.setting().getOrDefault(name, "");
  }

  /**
   * Returns the rate of a model of a width: between two widths by the straight line through their
   * logarithms, to two digits; beyond them that of the nearest one.
   */
  String at(String model, int width) {
    NavigableMap<Integer, String> rates = byModel.getOrDefault(model, new TreeMap<>());
    Map.Entry<Integer, String> below = rates.floorEntry(width);
    Map.Entry<Integer, String> above = rates.ceilingEntry(width);
    if (below == null || above == null || below.getKey().equals(above.getKey())) {
      return (below == null ? above : below).getValue();
    }
    double share =
        Math.log((double) width / below.getKey())
            / Math.log((double) above.getKey() / below.getKey());
    double rate =
        Math.pow(Double.parseDouble(below.getValue()), 1 - share)
            * Math.pow(Double.parseDouble(above.getValue()), share);
    return BigDecimal.valueOf(rate).round(DIGITS).stripTrailingZeros().toPlainString();
  }

  /** Returns what the rates of both models are, in words. */
  String words() {
    return "The learning rates are "
        + words(ScalingRuns.EBT)
        + " of the EBT and "
        + words(ScalingRuns.TRANSFORMER)
        + " of the Transformer++.";
  }

  private String words(String model) {
    NavigableMap<Integer, String> rates = byModel.getOrDefault(model, new TreeMap<>());
    List<String> words = new ArrayList<>();
    rates.forEach(
        (width, rate) -> {
          String edge = ScalingRuns.edge(rate, width.equals(rates.firstKey()));
          words.add(rate + edge + (rates.size() > 1 ? " at width " + width : ""));
        });
    return String.join(" and ", words);
  }
}
