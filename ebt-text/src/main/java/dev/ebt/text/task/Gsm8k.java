package dev.ebt.text.task;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.function.Consumer;

/**
 * Grade-school mathematics (Cobbe et al., arXiv 2110.14168): {@code {"question": …, "answer": …}}
 * on each line. An answer contains the reasoning and ends with {@code #### result}.
 */
final class Gsm8k implements TaskFormat {
  @Override
  public String name() {
    return "gsm8k";
  }

  @Override
  public String form() {
    return "a JSON object with 'question' and 'answer' on each line";
  }

  @Override
  public boolean looksLike(JsonNode first) {
    return first.path("question").isTextual() && first.path("answer").isTextual();
  }

  @Override
  public int read(TaskFile file, Consumer<TaskRecord> records) {
    for (JsonFields line : file.jsonLines()) {
      records.accept(
          TaskRecord.question(line.source(), line.text("question"), line.text("answer")));
    }
    return 0;
  }

  @Override
  public AnswerRule rule() {
    return new NumberRule();
  }
}
