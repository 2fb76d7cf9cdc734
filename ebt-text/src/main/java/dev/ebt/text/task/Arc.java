package dev.ebt.text.task;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ebt.error.UserException;
import dev.ebt.text.task.TaskRecord.Choice;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
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
      for (JsonFields choice : question.objects("choices")) {
        String label = choice.text("label");
        if (choices.put(label, choice.text("text")) != null) {
          throw new UserException(choice.source() + ": a second choice with label '" + label + "'");
        }
      }
      String key = line.text("answerKey");
      String right = choices.get(key);
      if (right == null) {
        throw new UserException(
            String.format(
                Locale.ROOT,
                "%s: answerKey is '%s'; one of the choices' labels expected: %s",
                line.source(),
                key,
                String.join(", ", choices.keySet())));
      }
      List<Choice> scored = new ArrayList<>();
      choices.forEach((label, text) -> scored.add(new Choice(text, label.equals(key) ? 1 : 0)));
      records.accept(
          new TaskRecord(
              line.source(), TaskRecord.asked(question.text("stem")), List.of(right), scored));
    }
    return 0;
  }
}
