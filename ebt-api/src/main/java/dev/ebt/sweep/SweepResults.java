package dev.ebt.sweep;

import dev.ebt.statistics.Bootstrap;
import dev.ebt.statistics.Interval;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The comparison of runs by one metric: over the seeds of each setting, and of each setting with
 * the best one, in pairs of one seed. The best of many settings is partly so by chance.
 *
 * @param options the metric, and whether its highest value is the best
 * @param runs in the order of the plan
 * @param settings in the order of their first runs
 */
public record SweepResults(
    SweepOptions options, List<RunResult> runs, List<SettingResult> settings) {
  /** Copies the lists. */
  public SweepResults {
    runs = List.copyOf(runs);
    settings = List.copyOf(settings);
  }

  /** Compares runs. */
  public static SweepResults of(List<RunResult> runs, SweepOptions options) {
    Map<Map<String, String>, List<RunResult>> bySetting = new LinkedHashMap<>();
    runs.forEach(
        run -> bySetting.computeIfAbsent(settingOf(run), setting -> new ArrayList<>()).add(run));
    List<SettingResult> settings = new ArrayList<>();
    bySetting.forEach(
        (setting, members) -> {
          Map<String, Double> values = new LinkedHashMap<>();
          for (RunResult run : members) {
            if (run.state().isFinished()) {
              String seed = run.values().getOrDefault(SweepGrid.SEED, "");
              run.value(options.metric()).ifPresent(value -> values.put(seed, value));
            }
          }
          settings.add(
              new SettingResult(
                  setting,
                  values,
                  members.size(),
                  Bootstrap.ofMean(numbers(values)),
                  0,
                  Optional.empty()));
        });
    SweepResults results = new SweepResults(options, runs, settings);
    return results
        .best()
        .map(
            best ->
                new SweepResults(
                    options, runs, settings.stream().map(each -> compared(each, best)).toList()))
        .orElse(results);
  }

  private static Map<String, String> settingOf(RunResult run) {
    Map<String, String> setting = new LinkedHashMap<>(run.values());
    setting.remove(SweepGrid.SEED);
    return setting;
  }

  private static double[] numbers(Map<String, Double> values) {
    return values.values().stream().mapToDouble(Double::doubleValue).toArray();
  }

  private static SettingResult compared(SettingResult each, SettingResult best) {
    if (each.setting().equals(best.setting())) {
      return each;
    }
    List<Double> differences = new ArrayList<>();
    each.bySeed()
        .forEach(
            (seed, value) -> {
              Double other = best.bySeed().get(seed);
              if (other != null) {
                differences.add(value - other);
              }
            });
    Optional<Interval> interval =
        Bootstrap.ofMean(differences.stream().mapToDouble(Double::doubleValue).toArray());
    return new SettingResult(
        each.setting(), each.bySeed(), each.runs(), each.mean(), differences.size(), interval);
  }

  /**
   * Returns the setting with the best mean, of those of which the most runs are finished; empty if
   * no run is.
   */
  public Optional<SettingResult> best() {
    int most = settings.stream().mapToInt(each -> each.bySeed().size()).max().orElse(0);
    Comparator<SettingResult> order = Comparator.comparingDouble(SettingResult::average);
    return settings.stream()
        .filter(each -> !each.bySeed().isEmpty() && each.bySeed().size() == most)
        .min(options.highest() ? order.reversed() : order);
  }

  /** Returns the names of the values that runs are compared by, without the seed. */
  public List<String> names() {
    Set<String> names = new LinkedHashSet<>();
    settings.forEach(each -> names.addAll(each.setting().keySet()));
    return List.copyOf(names);
  }

  /** Returns whether runs differ in their seeds. */
  public boolean variesSeed() {
    return runs.stream().anyMatch(run -> run.values().containsKey(SweepGrid.SEED));
  }

  /** Returns the runs in a state. */
  public List<RunResult> in(RunResult.State state) {
    return runs.stream().filter(run -> run.state() == state).toList();
  }
}
