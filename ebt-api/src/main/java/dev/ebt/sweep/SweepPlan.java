package dev.ebt.sweep;

import dev.ebt.config.Assignment;
import dev.ebt.config.Origin;
import dev.ebt.config.Overrides;
import dev.ebt.error.UserException;
import dev.ebt.plugin.Catalog;
import dev.ebt.plugin.Configurations;
import dev.ebt.plugin.RunConfiguration;
import dev.ebt.run.TrainingRequest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The trainings of a sweep, all checked before the first one begins.
 *
 * @param runs at least one, with different names
 * @param options how they are trained and compared
 */
public record SweepPlan(List<PlannedRun> runs, SweepOptions options) {
  /** Copies the list and rejects two runs of one name. */
  public SweepPlan {
    runs = List.copyOf(runs);
    if (runs.stream().map(PlannedRun::name).distinct().count() < runs.size()) {
      throw new IllegalArgumentException("two runs of a sweep have one name");
    }
    if (options.halving()) {
      Halving.of(runs); // Refuses runs that cannot be compared on the way.
    }
  }

  /**
   * Returns the plan of a grid over the settings of a training.
   *
   * @throws UserException if a setting is unknown, a value is invalid, or two runs are the same
   */
  public static SweepPlan of(
      Catalog catalog, TrainingRequest base, SweepGrid grid, SweepOptions options) {
    for (GridAxis axis : grid.axes()) {
      if (!base.overrides().within(axis.path()).isEmpty()) {
        throw new UserException(
            axis.path() + " is set by --set and varied by --grid; remove one of them");
      }
    }
    Builder builder = new Builder();
    for (Map<String, String> point : grid.points()) {
      TrainingRequest request = base.withOverrides(base.overrides().yieldingTo(overrides(point)));
      builder.add(point, request.resolve(catalog).configuration());
    }
    return new SweepPlan(builder.runs, options);
  }

  private static Overrides overrides(Map<String, String> point) {
    List<String> texts = new ArrayList<>();
    point.forEach((path, value) -> texts.add(path + "=" + value));
    Overrides parsed = Overrides.parse(texts);
    return new Overrides(
        parsed.assignments().stream()
            .map(
                each ->
                    new Assignment(
                        each.path(),
                        each.value(),
                        new Origin(Origin.Kind.SET, "--grid " + each.path())))
            .toList(),
        parsed.mistakes().stream().map(m -> m.replace("--set ", "--grid ")).toList());
  }

  /** The runs of a plan while it is made. */
  public static final class Builder {
    private final List<PlannedRun> runs = new ArrayList<>();
    private final Map<String, String> byConfiguration = new HashMap<>();
    private final Map<String, Integer> byName = new HashMap<>();

    /**
     * Adds a run.
     *
     * @param values what it is compared by
     * @throws UserException if a run of the same configuration is there already
     */
    public Builder add(Map<String, String> values, RunConfiguration configuration) {
      String yaml = Configurations.write(configuration);
      String plain = PlannedRun.nameOf(values);
      int number = byName.merge(plain, 1, Integer::sum);
      String name = number == 1 ? plain : plain + "_" + number;
      String same = byConfiguration.put(yaml, name);
      if (same != null) {
        throw new UserException(
            same + " and " + name + " have the same configuration; different values expected");
      }
      runs.add(
          new PlannedRun(
              name,
              values,
              yaml,
              configuration.training().steps(),
              configuration.training().validateEvery()));
      return this;
    }

    /** Returns the plan. */
    public SweepPlan plan(SweepOptions options) {
      return new SweepPlan(runs, options);
    }
  }
}
