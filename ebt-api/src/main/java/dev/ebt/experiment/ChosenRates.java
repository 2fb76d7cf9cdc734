package dev.ebt.experiment;

import dev.ebt.sweep.SettingResult;
import dev.ebt.sweep.SweepResults;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The learning rates of the further runs of an experiment: of each model the one with the lowest
 * mean loss in the first runs. These compare rates at one size, or at several ones, such as the
 * narrowest and the widest model, between which rates are interpolated.
 *
 * <pre>{@code
 * ChosenRates.Names names = new ChosenRates.Names("model", "width", "learningRate");
 * Optional<ChosenRates> rates = ChosenRates.of(first.compared(), names, List.of("ebt"));
 * rates.ifPresent(chosen -> chosen.at("ebt", 128));
 * }</pre>
 *
 * @param byModel the rates by size, as they are in the runs; at least one of each model
 */
public record ChosenRates(Map<String, NavigableMap<Integer, String>> byModel) {
  private static final MathContext DIGITS = new MathContext(2);

  /** Copies the maps. */
  public ChosenRates {
    Map<String, NavigableMap<Integer, String>> copy = new LinkedHashMap<>();
    byModel.forEach(
        (model, rates) -> {
          if (rates.isEmpty()) {
            throw new IllegalArgumentException("no rate of model '" + model + "'");
          }
          copy.put(model, Collections.unmodifiableNavigableMap(new TreeMap<>(rates)));
        });
    byModel = Collections.unmodifiableMap(copy);
  }

  /**
   * The names of the values by which an experiment tells its runs apart.
   *
   * @param model the name of the model
   * @param size the size at which rates are compared: an integer above 0, such as a width
   * @param rate the learning rate: a number above 0
   */
  public record Names(String model, String size, String rate) {}

  /**
   * Returns the best rates, among those of which all seeds have finished; empty if a model has none
   * at a size.
   *
   * @param sweep the first runs, compared by a metric of which lower values are better
   * @param models the models that need a rate
   * @throws NumberFormatException if a size is no integer
   */
  public static Optional<ChosenRates> of(
      SweepResults sweep, Names names, Collection<String> models) {
    Map<String, NavigableMap<Integer, SettingResult>> best = new LinkedHashMap<>();
    for (SettingResult each : sweep.settings()) {
      if (each.bySeed().size() == each.runs()) {
        best.computeIfAbsent(value(each, names.model()), model -> new TreeMap<>())
            .merge(
                Integer.valueOf(value(each, names.size())),
                each,
                (a, b) -> b.average() < a.average() ? b : a);
      }
    }
    best.keySet().retainAll(models);
    long sizes =
        sweep.settings().stream()
            .filter(each -> models.contains(value(each, names.model())))
            .map(each -> value(each, names.size()))
            .distinct()
            .count();
    boolean all =
        best.keySet().containsAll(models)
            && best.values().stream().allMatch(rates -> rates.size() == sizes);
    return all ? Optional.of(of(best, names.rate())) : Optional.empty();
  }

  private static ChosenRates of(
      Map<String, NavigableMap<Integer, SettingResult>> best, String rate) {
    Map<String, NavigableMap<Integer, String>> rates = new LinkedHashMap<>();
    best.forEach(
        (model, bySize) -> {
          NavigableMap<Integer, String> chosen = new TreeMap<>();
          bySize.forEach((size, each) -> chosen.put(size, value(each, rate)));
          rates.put(model, chosen);
        });
    return new ChosenRates(rates);
  }

  private static String value(SettingResult result, String name) {
    return result.setting().getOrDefault(name, "");
  }

  /**
   * Returns the rate of a model of a size: between two sizes by the straight line through their
   * logarithms, to two digits; beyond them that of the nearest one.
   *
   * @throws IllegalArgumentException if there is no rate of this model
   */
  public String at(String model, int size) {
    NavigableMap<Integer, String> rates = byModel.get(model);
    if (rates == null) {
      throw new IllegalArgumentException(
          "no rate of model '" + model + "'; there are those of " + byModel.keySet());
    }
    Map.Entry<Integer, String> below = rates.floorEntry(size);
    Map.Entry<Integer, String> above = rates.ceilingEntry(size);
    if (below == null) {
      return rates.firstEntry().getValue();
    }
    if (above == null || below.getKey().equals(above.getKey())) {
      return below.getValue();
    }
    double share =
        Math.log((double) size / below.getKey())
            / Math.log((double) above.getKey() / below.getKey());
    double rate =
        Math.pow(Double.parseDouble(below.getValue()), 1 - share)
            * Math.pow(Double.parseDouble(above.getValue()), share);
    return BigDecimal.valueOf(rate).round(DIGITS).stripTrailingZeros().toPlainString();
  }
}
