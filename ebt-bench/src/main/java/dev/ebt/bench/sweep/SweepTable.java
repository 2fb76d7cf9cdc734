package dev.ebt.bench.sweep;

import dev.ebt.report.ReportNumbers;
import dev.ebt.report.ReportTable;
import dev.ebt.statistics.Interval;
import dev.ebt.sweep.RunResult;
import dev.ebt.sweep.SettingResult;
import dev.ebt.sweep.SweepGrid;
import dev.ebt.sweep.SweepResults;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The table of a sweep: a row for each setting with its mean over seeds. */
public final class SweepTable {
  private SweepTable() {}

  /** Returns the table. */
  public static ReportTable of(SweepResults results) {
    List<String> columns = new ArrayList<>(results.names());
    boolean repeated = results.settings().stream().anyMatch(each -> each.runs() > 1);
    columns.add(repeated ? "runs" : "run");
    columns.add(results.options().metric());
    if (repeated) {
      columns.addAll(List.of("95 % interval", "worse than the best by", "95 % interval of pairs"));
    }
    List<List<String>> rows = new ArrayList<>();
    Optional<SettingResult> best = results.best();
    for (SettingResult each : results.settings()) {
      List<String> row = new ArrayList<>();
      results.names().forEach(name -> row.add(each.setting().getOrDefault(name, "")));
      row.add(repeated ? each.bySeed().size() + " of " + each.runs() : state(results, each));
      row.add(each.bySeed().isEmpty() ? "" : ReportNumbers.of(each.average()));
      if (repeated) {
        int sign = results.options().highest() ? -1 : 1;
        row.add(each.mean().map(SweepTable::ends).orElse(""));
        row.add(
            best.filter(each::equals).isPresent()
                ? "best"
                : each.difference().map(i -> ReportNumbers.of(sign * i.estimate())).orElse(""));
        row.add(
            each.difference()
                .map(i -> sign > 0 ? i : new Interval(-i.estimate(), -i.high(), -i.low()))
                .map(SweepTable::ends)
                .orElse(""));
      }
      rows.add(row);
    }
    String seeds = repeated ? " over seeds" : "";
    return new ReportTable(results.options().metric() + seeds, "", columns, rows);
  }

  private static String state(SweepResults results, SettingResult each) {
    return results.runs().stream()
        .filter(
            run ->
                run.values().entrySet().stream()
                    .filter(e -> !e.getKey().equals(SweepGrid.SEED))
                    .allMatch(e -> e.getValue().equals(each.setting().get(e.getKey()))))
        .map(run -> run.state().word())
        .findFirst()
        .orElse("");
  }

  private static String ends(Interval interval) {
    return ReportNumbers.of(interval.low()) + " … " + ReportNumbers.of(interval.high());
  }

  /** Returns the table as lines of text with aligned columns. */
  public static List<String> lines(ReportTable table) {
    List<Integer> widths = new ArrayList<>();
    for (int column = 0; column < table.columns().size(); column++) {
      int width = table.columns().get(column).length();
      for (List<String> row : table.rows()) {
        width = Math.max(width, row.get(column).length());
      }
      widths.add(width);
    }
    List<String> lines = new ArrayList<>();
    lines.add(line(table.columns(), widths));
    table.rows().forEach(row -> lines.add(line(row, widths)));
    return lines;
  }

  private static String line(List<String> cells, List<Integer> widths) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < cells.size(); i++) {
      line.append(i == 0 ? "" : "  ").append(cells.get(i));
      line.append(" ".repeat(widths.get(i) - cells.get(i).length()));
    }
    return line.toString().stripTrailing();
  }

  /** Returns a line for each run that has no result: which, how far it came, and why. */
  public static List<String> exceptions(SweepResults results) {
    return results.runs().stream()
        .filter(run -> !run.state().isFinished())
        .map(SweepTable::exception)
        .toList();
  }

  private static String exception(RunResult run) {
    return String.format(
        Locale.ROOT,
        "%s: %s after update %d%s",
        run.run(),
        run.state().word(),
        run.step(),
        run.reason().isEmpty() ? "" : ": " + run.reason());
  }
}
