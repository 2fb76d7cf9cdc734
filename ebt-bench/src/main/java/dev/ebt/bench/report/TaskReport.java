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
    FigureTable.print(lines(), out);
  }

  private List<Map<String, Object>> lines() {
    List<Map<String, Object>> lines = new ArrayList<>();
    for (TaskEvaluation.Result result : results) {
      double seconds = result.figures().get(FigureTable.SECONDS);
      Map<String, Object> line =
          FigureTable.effort(result.steps(), result.candidates(), result.evaluations(), seconds);
      line.putAll(result.figures()); // The seconds stay in their column.
      lines.add(line);
    }
    return lines;
  }

  /** The same by names. */
  public Map<String, Object> document() {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("task", task.name());
    document.put("data", task.description());
    document.put("records", task.records().size());
    document.put("leftOut", task.leftOut());
    document.put("results", lines());
    return document;
  }
}
