package dev.ebt.text.task;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ebt.error.UserException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * A task of BIG-bench (arXiv 2206.04615), such as elementary_math_qa or dyck_languages: {@code
 * examples} with an {@code input} and a {@code target}, or {@code target_scores} of which the
 * highest are right. The files of BIG-bench Hard are such tasks, too.
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
        JsonFields scores = example.object(SCORES);
        records.accept(new TaskRecord(example.source(), prompt, best(scores), choices(scores)));
      } else {
        records.accept(
            new TaskRecord(example.source(), prompt, example.texts("target"), List.of()));
      }
    }
    return 0;
  }

  private static List<String> choices(JsonFields scores) {
    List<String> choices = new ArrayList<>();
    scores.node().fieldNames().forEachRemaining(choices::add);
    return choices;
  }

  private static List<String> best(JsonFields scores) {
    double highest = Double.NEGATIVE_INFINITY;
    List<String> best = new ArrayList<>();
    for (String choice : choices(scores)) {
      JsonNode score = scores.value(choice);
      if (!score.isNumber()) {
        throw new UserException(
            scores.source() + ": a number expected for '" + choice + "', found " + score);
      }
      if (score.asDouble() > highest) {
        highest = score.asDouble();
        best.clear();
      }
      if (score.asDouble() == highest) {
        best.add(choice);
      }
    }
    if (best.isEmpty()) {
      throw new UserException(scores.source() + ": no choice to score");
    }
    return best;
  }
}
