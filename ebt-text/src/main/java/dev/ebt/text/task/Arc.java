package dev.ebt.text.task;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ebt.error.UserException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Science questions with choices (Clark et al., arXiv 1803.05457): on each line {@code question}
 * with {@code stem} and {@code choices}, and the {@code answerKey}, the label of the right one.
 */
final class Arc implements TaskFormat {
  @Override
  public String name() {
    return "arc";
  }

  @Override
  public String form() {
    return "a JSON object on each line: 'question' with 'stem' and choices[], and 'answerKey'";
  }

  @Override
  public boolean looksLike(JsonNode first) {
    return first.path("question").has("stem");
  }

  @Override
  public int read(TaskFile file, Consumer<TaskRecord> records) {
    for (JsonFields line : file.jsonLines()) {
      JsonFields question = line.object("question");
      Map<String, String> choices = new LinkedHashMap<>();
      question
          .objects("choices")
          .forEach(choice -> choices.put(choice.text("label"), choice.text("text")));
      String key = line.text("answerKey");
      String right = choices.get(key);
      if (right == null) {
        throw new UserException(
            "%s: answerKey is '%s'; one of the choices' labels expected: %s"
                .formatted(line.source(), key, String.join(", ", choices.keySet())));
      }
      records.accept(
          new TaskRecord(
              line.source(),
              TaskRecord.asked(question.text("stem")),
              List.of(right),
              List.copyOf(choices.values())));
    }
    return 0;
  }
}
