package dev.ebt.bench.page;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ebt.report.Block;
import dev.ebt.report.CellMap;
import dev.ebt.report.Chart;
import dev.ebt.report.HeatMap;
import dev.ebt.report.Pictures;
import dev.ebt.report.ReportNumbers;
import dev.ebt.report.ReportTable;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The blocks of a page as the template draws them, and the data for its script. */
final class BlockView {
  /** The number of characters above which the text of a cell needs the width of the page. */
  private static final int LONG = 60;

  private final ObjectNode charts;
  private final ObjectNode cells;
  private int count;

  /**
   * Creates a view.
   *
   * @param charts receives the options of charts by the id of their element
   * @param cells receives the details of cells by the id of their element
   */
  BlockView(ObjectNode charts, ObjectNode cells) {
    this.charts = charts;
    this.cells = cells;
  }

  /** Returns a block for the template. */
  Map<String, Object> of(Block block) {
    Map<String, Object> view = new LinkedHashMap<>();
    String id = "b" + ++count;
    view.put("id", id);
    view.put("title", block.title());
    view.put("hint", block.hint());
    if (block instanceof Chart chart) {
      view.put("kind", "chart");
      charts.set(id, ChartOptions.of(chart));
    } else if (block instanceof HeatMap map) {
      view.put("kind", "heat");
      charts.set(id, HeatMapOptions.of(map));
    } else if (block instanceof CellMap map) {
      cells(map, id, view);
    } else if (block instanceof Pictures pictures) {
      view.put("kind", "pictures");
      view.put("pictures", pictures.pictures().stream().map(BlockView::picture).toList());
    } else if (block instanceof ReportTable table) {
      view.put("kind", "table");
      view.put("columns", table.columns());
      view.put("rows", table.rows());
      view.put("wide", table.rows().stream().flatMap(List::stream).anyMatch(BlockView::isLong));
    }
    return view;
  }

  private static boolean isLong(String text) {
    return text.length() > LONG;
  }

  private void cells(CellMap map, String id, Map<String, Object> view) {
    view.put("kind", "cells");
    view.put("columns", map.columns());
    view.put("cells", CellView.cells(map));
    List<Map<String, Object>> scales = new ArrayList<>();
    for (int value = 0; value < map.values().size(); value++) {
      CellView.Scale scale = CellView.Scale.of(map, value);
      scales.add(
          Map.of(
              "label", map.values().get(value).label(),
              "value", map.values().get(value).text(),
              "low", ReportNumbers.of(scale.low()),
              "high", ReportNumbers.of(scale.high())));
    }
    view.put("scales", scales);
    view.put("levels", CellView.LEVELS);
    cells.set(id, CellView.details(map));
  }

  private static Map<String, Object> picture(Pictures.Picture picture) {
    String data = Base64.getEncoder().encodeToString(picture.content());
    return Map.of(
        "source", "data:" + picture.mediaType() + ";base64," + data,
        "description", picture.description(),
        "captions", List.of(picture.caption().split("\n", -1)));
  }
}
