package dev.ebt.sweep;

import dev.ebt.error.UserException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The settings that a sweep varies.
 *
 * @param axes at least one; the last one changes fastest from run to run
 */
public record SweepGrid(List<GridAxis> axes) {
  /** The setting that repetitions differ in. */
  public static final String SEED = "seed";

  /** Copies the list and rejects a setting that is there twice. */
  public SweepGrid {
    axes = List.copyOf(axes);
    if (axes.isEmpty()) {
      throw new UserException(
          "a sweep needs at least one --grid, such as --grid training.learningRate=0.001,0.002");
    }
    Set<String> paths = new HashSet<>();
    for (GridAxis axis : axes) {
      if (!paths.add(axis.path())) {
        throw new UserException(
            "--grid " + axis.path() + " is there twice; name all its values in one");
      }
    }
  }

  /** Parses each argument of {@code --grid}. */
  public static SweepGrid parse(List<String> axes) {
    return new SweepGrid(axes.stream().map(GridAxis::parse).toList());
  }

  /** Returns every combination of values, by the paths of the settings in order. */
  public List<Map<String, String>> points() {
    List<Map<String, String>> points = List.of(Map.of());
    for (GridAxis axis : axes) {
      List<Map<String, String>> longer = new ArrayList<>();
      for (Map<String, String> point : points) {
        for (String value : axis.values()) {
          Map<String, String> next = new LinkedHashMap<>(point);
          next.put(axis.path(), value);
          longer.add(next);
        }
      }
      points = longer;
    }
    return points;
  }
}
