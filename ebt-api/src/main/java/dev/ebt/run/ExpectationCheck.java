package dev.ebt.run;

import dev.ebt.config.Overrides;
import dev.ebt.plugin.Catalog;
import dev.ebt.plugin.Configurations;
import dev.ebt.plugin.EbtPlugin;
import dev.ebt.plugin.Expectation;
import dev.ebt.plugin.RunConfiguration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The comparison of a training with what trainings by its recipe have been measured to have. The
 * recipe is the one whose modality, data and model are the same, and of several the one with the
 * fewest other settings that differ.
 *
 * @param expectation what was measured
 * @param differences the settings that differ from the recipe, as text for people
 * @param findings the values that the training has as well
 */
public record ExpectationCheck(
    Expectation expectation, List<String> differences, List<Finding> findings) {
  private static final Set<String> SAME = Set.of("modality", "data", "model");
  private static final Set<String> WITHOUT_EFFECT =
      Set.of("seed", "training.steps", "training.validateEvery", "training.validationRows");
  private static final int LISTED = 4;

  /**
   * A value of the training.
   *
   * @param expected the range
   * @param found the value
   */
  public record Finding(Expectation.Value expected, double found) {
    /** Returns whether it is as expected. */
    public boolean isInside() {
      return expected.contains(found);
    }
  }

  /**
   * Compares a training.
   *
   * @param configuration that of its run
   * @param metrics the lines of its metrics
   * @return empty if no recipe with the same modality, data and model has been measured
   */
  public static Optional<ExpectationCheck> of(
      Catalog catalog, RunConfiguration configuration, List<Map<String, Object>> metrics) {
    Map<String, String> settings = RunFacts.settingsOf(configuration);
    List<ExpectationCheck> checks = new ArrayList<>();
    for (Catalog.Provided<Expectation> provided :
        catalog.provided(EbtPlugin.class, "its expectations", EbtPlugin::expectations)) {
      Expectation expectation = provided.part();
      if (catalog.recipes().contains(expectation.recipe())) {
        RunConfiguration recipe =
            Configurations.load(catalog, expectation.recipe(), null, Overrides.none());
        differences(RunFacts.settingsOf(recipe), settings)
            .ifPresent(
                differences ->
                    checks.add(
                        new ExpectationCheck(
                            expectation, differences, findings(expectation, metrics))));
      }
    }
    return checks.stream().min(Comparator.comparingInt(check -> check.differences.size()));
  }

  /** Returns the settings that differ; empty if the training is another one altogether. */
  private static Optional<List<String>> differences(
      Map<String, String> recipe, Map<String, String> settings) {
    Set<String> paths = new TreeSet<>(recipe.keySet());
    paths.addAll(settings.keySet());
    Map<String, String> found = new TreeMap<>();
    for (String path : paths) {
      if (!WITHOUT_EFFECT.contains(path) && !Objects.equals(recipe.get(path), settings.get(path))) {
        if (SAME.contains(path.replaceFirst("\\..*", ""))) {
          return Optional.empty();
        }
        found.put(
            path,
            String.format(
                Locale.ROOT,
                "%s is %s instead of %s",
                path,
                settings.getOrDefault(path, "not set"),
                recipe.getOrDefault(path, "not set")));
      }
    }
    return Optional.of(List.copyOf(found.values()));
  }

  private static List<Finding> findings(
      Expectation expectation, List<Map<String, Object>> metrics) {
    List<Finding> findings = new ArrayList<>();
    for (Expectation.Value value : expectation.values()) {
      metrics.stream()
          .filter(line -> line.get("step") instanceof Number n && n.longValue() == value.step())
          .map(line -> found(line, value.metric()))
          .flatMap(Optional::stream)
          .findFirst()
          .ifPresent(found -> findings.add(new Finding(value, found)));
    }
    return findings;
  }

  private static Optional<Double> found(Map<String, Object> line, String metric) {
    if (metric.equals(Expectation.ENERGY_GAP)) {
      return number(line, "firstEnergy")
          .flatMap(first -> number(line, "lastEnergy").map(last -> first - last));
    }
    return number(line, metric);
  }

  private static Optional<Double> number(Map<String, Object> line, String metric) {
    return line.get(metric) instanceof Number number
        ? Optional.of(number.doubleValue())
        : Optional.empty();
  }

  /** Returns a line for people for each value that is not as expected, with the usual reason. */
  public List<String> outside() {
    return findings.stream()
        .filter(finding -> !finding.isInside())
        .map(
            finding ->
                String.format(
                    Locale.ROOT,
                    "%s after update %d is %.4g; trainings by recipe '%s' have had %.4g to %.4g."
                        + " Usual reason: %s",
                    finding.expected.metric(),
                    finding.expected.step(),
                    finding.found,
                    expectation.recipe(),
                    finding.expected.low(),
                    finding.expected.high(),
                    reason()))
        .toList();
  }

  private String reason() {
    if (differences.isEmpty()) {
      return "no setting differs, so another processor or version of a library (see ebt info), or"
          + " an unlucky seed";
    }
    String listed = String.join(", ", differences.subList(0, Math.min(LISTED, differences.size())));
    return differences.size() > LISTED
        ? listed + " and " + (differences.size() - LISTED) + " more"
        : listed;
  }
}
