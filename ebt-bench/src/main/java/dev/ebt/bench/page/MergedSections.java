package dev.ebt.bench.page;

import dev.ebt.report.Block;
import dev.ebt.report.Chart;
import dev.ebt.report.Report;
import dev.ebt.report.ReportTable;
import dev.ebt.report.Series;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The blocks of a section over all runs: charts of one name and the same axes become one, and
 * tables of facts one with a column per run. Other blocks follow each other, run by run; tables
 * have the name of their run in the title.
 */
final class MergedSections {
  private static final String CHART = "chart ";
  private static final String TABLE = "table ";

  private MergedSections() {}

  /** Returns the blocks of a section in the order in which they first occur. */
  static List<Block> blocks(Report report, Report.Section section) {
    boolean several = report.runs().size() > 1;
    Map<String, List<Labelled>> groups = new LinkedHashMap<>();
    for (Report.Part part : section.parts()) {
      part.content()
          .ifPresent(
              content ->
                  content
                      .blocks()
                      .forEach(
                          block ->
                              groups
                                  .computeIfAbsent(
                                      key(block, groups.size()), none -> new ArrayList<>())
                                  .add(new Labelled(part.label(), block))));
    }
    List<Block> merged = new ArrayList<>();
    for (List<Labelled> same : groups.values()) {
      Block first = same.get(0).block();
      if (several && first instanceof Chart chart) {
        merged.add(chart(chart, same));
      } else if (several && isFacts(first)) {
        merged.add(table((ReportTable) first, same));
      } else {
        same.forEach(each -> merged.add(several ? labelled(each) : each.block()));
      }
    }
    return merged;
  }

  private record Labelled(String label, Block block) {}

  private static Block labelled(Labelled each) {
    return each.block() instanceof ReportTable table && !table.title().isEmpty()
        ? new ReportTable(
            table.title() + ": " + each.label(), table.hint(), table.columns(), table.rows())
        : each.block();
  }

  private static String key(Block block, int unique) {
    if (block instanceof Chart chart) {
      return CHART + chart.name() + " " + chart.x().text() + " " + chart.y().text();
    }
    return isFacts(block) ? TABLE + block.title() : String.valueOf(unique);
  }

  private static boolean isFacts(Block block) {
    return block instanceof ReportTable table && table.hasFacts();
  }

  private static Chart chart(Chart first, List<Labelled> same) {
    List<Series> series = new ArrayList<>();
    for (Labelled each : same) {
      List<Series> own = ((Chart) each.block()).series();
      own.forEach(
          line ->
              series.add(
                  line.named(own.size() == 1 ? each.label() : each.label() + ": " + line.name())));
    }
    return first.with(series);
  }

  private static ReportTable table(ReportTable first, List<Labelled> same) {
    Set<String> names = new LinkedHashSet<>();
    List<String> columns = new ArrayList<>(List.of(first.columns().get(0)));
    List<Map<String, String>> values = new ArrayList<>();
    for (Labelled each : same) {
      Map<String, String> own = new LinkedHashMap<>();
      ((ReportTable) each.block()).rows().forEach(row -> own.put(row.get(0), row.get(1)));
      names.addAll(own.keySet());
      values.add(own);
      columns.add(each.label());
    }
    List<List<String>> rows = new ArrayList<>();
    for (String name : names) {
      List<String> row = new ArrayList<>(List.of(name));
      values.forEach(own -> row.add(own.getOrDefault(name, "")));
      rows.add(row);
    }
    return new ReportTable(first.title(), first.hint(), columns, rows);
  }
}
