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
 * Multiple-choice science questions (Clark et al., arXiv 1803.05457): on each line {@code question}
 * with {@code stem} and {@code choices}, and {@code answerKey}, the label of the right choice.
 */
final class Arc implements TaskFormat {
  @Override
  public String name() {
    return "arc";
  }

  @Override
  public String form() {
    return "a JSON object on each line: 'question' with 'stem' and choices[], or 'question' and"
        + " 'choices' with lists 'text' and 'label' as Hugging Face has them, and 'answerKey'";
  }

  @Override
  public boolean looksLike(JsonNode first) {
    return first.path("question").has("stem")
        || first.path("choices").has("label") && first.has("answerKey");
  }

  @Override
  public int read(TaskFile file, Consumer<TaskRecord> records) {
    for (JsonFields line : file.jsonLines()) {
      boolean lists = line.node().path("choices").isObject();
      String stem = lists ? line.text("question") : line.object("question").text("stem");
      Map<String, String> choices =
          lists ? listed(line.object("choices")) : choices(line.object("question"));
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
      records.accept(new TaskRecord(line.source(), TaskRecord.asked(stem), List.of(right), scored));
    }
    return 0;
  }

  /** Returns texts by label, from a list of objects. */
  private static Map<String, String> choices(JsonFields question) {
    Map<String, String> choices = new LinkedHashMap<>();
    for (JsonFields choice : question.objects("choices")) {
      put(choices, choice.text("label"), choice.text("text"), choice);
    }
    return choices;
  }

  /** Returns texts by label, from two lists. */
  private static Map<String, String> listed(JsonFields choices) {
    List<String> labels = choices.texts("label");
    List<String> texts = choices.texts("text");
    if (labels.size() != texts.size()) {
      throw new UserException(
          String.format(
              Locale.ROOT,
              "%s: %d in list 'label' but %d in list 'text'; equal lengths expected",
              choices.source(),
              labels.size(),
              texts.size()));
    }
    Map<String, String> listed = new LinkedHashMap<>();
    for (int i = 0; i < labels.size(); i++) {
      put(listed, labels.get(i), texts.get(i), choices);
    }
    return listed;
  }

  private static void put(
      Map<String, String> choices, String label, String text, JsonFields place) {
    if (choices.put(label, text) != null) {
      throw new UserException(place.source() + ": a second choice with label '" + label + "'");
    }
  }
}
