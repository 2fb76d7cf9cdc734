package dev.ebt.bench.report;

import dev.ebt.text.task.Task;
import dev.ebt.text.task.TaskEvaluation;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a model made of a task, for people and for programs. */
public record TaskReport(Task task, List<TaskEvaluation.Result> results) {
  /** A heading and a table. */
  public void print(PrintStream out) {
    out.println(task.description());
    List<FigureTable.Row> rows =
        results.stream()
            .map(r -> new FigureTable.Row(r.steps(), r.candidates(), r.evaluations(), r.figures()))
            .toList();
    FigureTable.print(rows, true, out);
  }

  /** The same by names. */
  public Map<String, Object> document() {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (TaskEvaluation.Result result : results) {
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("steps", result.steps());
      row.put("candidates", result.candidates());
      row.put("evaluations", result.evaluations());
      row.putAll(result.figures());
      rows.add(row);
    }
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("task", task.name());
    document.put("data", task.description());
    document.put("records", task.records().size());
    document.put("leftOut", task.leftOut());
    document.put("results", rows);
    return document;
  }
}
