package dev.ebt.bench.page;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ebt.interact.VisibleText;
import dev.ebt.report.CellMap;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** The cells of a map as the template draws them: with levels for the colours, and details. */
final class CellView {
  /** The number of colours. */
  static final int LEVELS = 7;

  /** The share of cells at each end whose values do not stretch the scale. */
  private static final double TAIL = 0.02;

  private CellView() {}

  /** The range of a colour scale: values beyond it have the colours of its ends. */
  record Scale(double low, double high) {
    static Scale of(CellMap map, int value) {
      double[] sorted =
          map.cells().stream()
              .mapToDouble(cell -> cell.values().get(value))
              .filter(Double::isFinite)
              .toArray();
      Arrays.sort(sorted);
      int tail = (int) (TAIL * sorted.length);
      return sorted.length == 0
          ? new Scale(0, 0)
          : new Scale(sorted[tail], sorted[sorted.length - 1 - tail]);
    }

    int level(double value) {
      if (!Double.isFinite(value)) {
        return -1;
      }
      if (!(high > low)) {
        return 0;
      }
      double share = (value - low) / (high - low);
      return Math.max(0, Math.min(LEVELS - 1, (int) (share * LEVELS)));
    }
  }

  /**
   * Returns the cells for the template: {@code text} with symbols for spaces and control
   * characters, {@code level} of the colour of its first value, −1 for none, and {@code breaks} if
   * a line ends there.
   */
  static List<Map<String, Object>> cells(CellMap map) {
    Scale scale = Scale.of(map, 0);
    List<Map<String, Object>> cells = new ArrayList<>();
    for (CellMap.Cell cell : map.cells()) {
      cells.add(
          Map.of(
              "text", visible(cell.text()),
              "level", scale.level(cell.values().get(0)),
              "breaks", map.columns() == 0 && cell.text().endsWith("\n")));
    }
    return cells;
  }

  /** Returns the details of the cells for the script of the page. */
  static ArrayNode details(CellMap map) {
    List<Scale> scales =
        IntStream.range(0, map.values().size()).mapToObj(value -> Scale.of(map, value)).toList();
    ArrayNode all = JsonNodeFactory.instance.arrayNode();
    for (CellMap.Cell cell : map.cells()) {
      ObjectNode node = all.addObject();
      node.put("text", visible(cell.text()));
      ArrayNode levels = node.putArray("levels");
      for (int value = 0; value < scales.size(); value++) {
        levels.add(scales.get(value).level(cell.values().get(value)));
      }
      ArrayNode steps = node.putArray("steps");
      cell.steps().stream()
          .filter(Double::isFinite)
          .forEach(value -> steps.add(ChartOptions.number(value)));
      ArrayNode facts = node.putArray("facts");
      cell.facts().forEach(fact -> facts.addArray().add(fact.name()).add(fact.value()));
      ArrayNode others = node.putArray("others");
      for (CellMap.Alternative other : cell.alternatives()) {
        others
            .addArray()
            .add(visible(other.text()))
            .add(ChartOptions.number(other.probability()))
            .add(other.right() ? 1 : 0);
      }
    }
    return all;
  }

  private static String visible(String text) {
    return text.isEmpty() ? "∅" : VisibleText.withSpaces(text);
  }
}
