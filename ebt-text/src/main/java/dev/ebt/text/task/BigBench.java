package dev.ebt.text.task;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ebt.error.UserException;
import dev.ebt.text.task.TaskRecord.Choice;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A task of BIG-bench (arXiv 2206.04615), such as elementary_math_qa or dyck_languages: {@code
 * examples} with an {@code input} and a {@code target}, or {@code target_scores}, of which the
 * highest are right. The files of BIG-bench Hard have the same format.
 */
final class BigBench implements TaskFormat {
  private static final String SCORES = "target_scores";

  @Override
  public String name() {
    return "bigbench";
  }

  @Override
  public String form() {
    return "one JSON object: examples[] with 'input' and 'target' or 'target_scores'";
  }

  @Override
  public boolean looksLike(JsonNode first) {
    return first.path("examples").path(0).has("input");
  }

  @Override
  public int read(TaskFile file, Consumer<TaskRecord> records) {
    for (JsonFields example : file.json().objects("examples")) {
      String prompt = TaskRecord.asked(example.text("input"));
      if (example.has(SCORES)) {
        List<Choice> choices = choices(example.object(SCORES));
        records.accept(new TaskRecord(example.source(), prompt, best(choices), choices));
      } else {
        records.accept(
            new TaskRecord(example.source(), prompt, example.texts("target"), List.of()));
      }
    }
    return 0;
  }

  private static List<Choice> choices(JsonFields scores) {
    List<Choice> choices = new ArrayList<>();
    for (Map.Entry<String, JsonNode> each : scores.node().properties()) {
      if (!each.getValue().isNumber()) {
        throw new UserException(
            scores.source()
                + ": a number expected for '"
                + each.getKey()
                + "', found "
                + each.getValue());
      }
      choices.add(new Choice(each.getKey(), each.getValue().asDouble()));
    }
    if (choices.isEmpty()) {
      throw new UserException(scores.source() + ": no choice to score");
    }
    return choices;
  }

  private static List<String> best(List<Choice> choices) {
    double highest = choices.stream().mapToDouble(Choice::score).max().orElseThrow();
    return choices.stream().filter(c -> c.score() == highest).map(Choice::text).toList();
  }
}
