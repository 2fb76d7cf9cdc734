package dev.ebt.modality;

import dev.ebt.error.UserException;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.ElementType;
import dev.ebt.tensor.Tensor;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The metrics of a run: those of the modality, and further ones that the configuration names.
 *
 * @param further the named metrics
 */
public record MetricSet(Modality modality, List<Metric> further) {
  private static final Set<String> RESERVED =
      Set.of(
          "loss",
          "energy",
          "steps",
          "candidates",
          "evaluations",
          "seconds",
          "moved",
          "gain",
          "rankCorrelation",
          "wrongLower");

  /** Makes an unmodifiable copy of the list. */
  public MetricSet {
    further = List.copyOf(further);
  }

  /** Returns the metrics of a modality alone. */
  public static MetricSet of(Modality modality) {
    return new MetricSet(modality, List.of());
  }

  /**
   * Computes the values of the named metrics: [rows, predictions...] each.
   *
   * @throws UserException if a metric is not for such candidates, or a name is taken
   */
  public Map<String, Tensor> furtherValues(Tensor candidate, Tensor target) {
    Map<String, Tensor> values = new LinkedHashMap<>();
    if (further.isEmpty()) {
      return values;
    }
    Set<String> taken = new HashSet<>(RESERVED);
    taken.addAll(modality.metrics(candidate, target).keySet());
    Metric.Inputs inputs = new Metric.Inputs(modality, candidate, target);
    for (Metric metric : further) {
      metric
          .values(inputs)
          .forEach(
              (name, value) -> {
                if (!taken.add(name)) {
                  throw new UserException(
                      RESERVED.contains(name)
                          ? "metrics: the name '"
                              + name
                              + "' is reserved for what reports have anyway; another name expected"
                          : "metrics: '"
                              + name
                              + "' is reported already, by the modality or by another metric;"
                              + " leave out the one that is named here");
                }
                values.put(name, value);
              });
    }
    return values;
  }

  /**
   * Checks that the named metrics are for candidates of the modality, and that those it shows
   * during training are computed.
   *
   * @throws UserException if one is not, or if two report a value of one name
   */
  public void check() {
    furtherNames();
    Set<String> computed = modality.metrics(candidate(), modality.target().input(1)).keySet();
    for (String name : modality.progressMetrics().keySet()) {
      if (!computed.contains(name)) {
        throw new UserException(
            "the modality's progressMetrics() has '"
                + name
                + "', which its metrics() does not compute");
      }
    }
  }

  /** Returns the names of the values of the named metrics, found by tracing one row. */
  public Set<String> furtherNames() {
    return furtherValues(candidate(), modality.target().input(1)).keySet();
  }

  private Tensor candidate() {
    return new FeatureSpec("candidate", modality.candidate(), ElementType.REAL).input(1);
  }

  /**
   * Returns the metrics to show after each validation during training, with the number of decimals
   * of each: those that the modality names, and all values of the named metrics.
   */
  public Map<String, Integer> progressMetrics() {
    Map<String, Integer> decimals = new LinkedHashMap<>(modality.progressMetrics());
    for (Metric metric : further) {
      new MetricSet(modality, List.of(metric))
          .furtherNames()
          .forEach(name -> decimals.put(name, metric.decimals()));
    }
    return decimals;
  }

  /**
   * Returns the values to report, given the weighted means over predictions of {@code "loss"} and
   * of every metric.
   */
  public Map<String, Double> summary(Map<String, Double> means) {
    Map<String, Double> summary = new LinkedHashMap<>(modality.summary(means));
    further.forEach(metric -> metric.summary(means).forEach(summary::putIfAbsent));
    return summary;
  }

  /** Returns the units of loss and metrics by name; numbers without a unit are absent. */
  public Map<String, String> units() {
    Map<String, String> units = new LinkedHashMap<>(modality.units());
    further.forEach(metric -> metric.units().forEach(units::putIfAbsent));
    return units;
  }

  /** Returns a new, empty metric of a set of predictions: all that dataset and metrics bring. */
  public Optional<DistributionMetric> distributionMetric(Dataset dataset) {
    List<DistributionMetric> all = new ArrayList<>();
    dataset.distributionMetric().ifPresent(all::add);
    further.forEach(metric -> metric.distributionMetric(dataset).ifPresent(all::add));
    return all.isEmpty() ? Optional.empty() : Optional.of(new Joint(all));
  }

  /** Several metrics of the same set. */
  private record Joint(List<DistributionMetric> each) implements DistributionMetric {
    @Override
    public void add(Batch batch, Array candidates, int rows) {
      each.forEach(metric -> metric.add(batch, candidates, rows));
    }

    @Override
    public Map<String, Double> metrics() {
      Map<String, Double> values = new LinkedHashMap<>();
      each.forEach(metric -> metric.metrics().forEach(values::putIfAbsent));
      return values;
    }
  }
}
