package dev.ebt.bench.page;

import dev.ebt.report.Report;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The settings of runs side by side, those that differ first. */
final class SettingsView {
  private static final String ABSENT = "–";

  private SettingsView() {}

  /** Returns rows of {@code path}, {@code values} and {@code differs} for the template. */
  static List<Map<String, Object>> rows(List<Report.Run> runs) {
    Set<String> paths = new TreeSet<>();
    runs.forEach(run -> paths.addAll(run.settings().keySet()));
    List<Map<String, Object>> different = new ArrayList<>();
    List<Map<String, Object>> same = new ArrayList<>();
    for (String path : paths) {
      List<String> values =
          runs.stream().map(run -> run.settings().getOrDefault(path, ABSENT)).toList();
      boolean differs = values.stream().distinct().count() > 1;
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("path", path);
      row.put("values", values);
      row.put("differs", differs);
      (differs ? different : same).add(row);
    }
    different.addAll(same);
    return different;
  }
}
