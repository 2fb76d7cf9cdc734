package dev.ebt.text.task;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Questions about a passage (Rajpurkar et al., arXiv 1606.05250, 1806.03822): versions 1 and 2, as
 * one JSON object, or one line per question as in the data sets of Hugging Face. Questions that the
 * passage does not answer are skipped.
 */
final class Squad implements TaskFormat {
  @Override
  public String name() {
    return "squad";
  }

  @Override
  public String form() {
    return "one JSON object: data[].paragraphs[] with 'context' and qas[] with 'question' and"
        + " answers[].text, or lines as Hugging Face has them: 'context', 'question' and"
        + " 'answers' with a list 'text'";
  }

  @Override
  public boolean looksLike(JsonNode first) {
    return first.path("data").path(0).has("paragraphs") || isLine(first);
  }

  private static boolean isLine(JsonNode first) {
    return first.has("context") && first.path("answers").has("text");
  }

  @Override
  public int read(TaskFile file, Consumer<TaskRecord> records) {
    int leftOut = 0;
    if (isLine(file.first())) {
      for (JsonFields line : file.jsonLines()) {
        JsonFields answers = line.object("answers");
        boolean none = answers.value("text").isArray() && answers.value("text").isEmpty();
        List<String> texts = none ? List.of() : answers.texts("text");
        leftOut += accept(line, line.text("context"), texts, records);
      }
      return leftOut;
    }
    for (JsonFields article : file.json().objects("data")) {
      for (JsonFields paragraph : article.objects("paragraphs")) {
        String context = paragraph.text("context");
        for (JsonFields question : paragraph.objects("qas")) {
          List<String> answers = new ArrayList<>();
          question.objects("answers").forEach(answer -> answers.add(answer.text("text")));
          boolean impossible = question.node().path("is_impossible").asBoolean();
          leftOut += accept(question, context, impossible ? List.of() : answers, records);
        }
      }
    }
    return leftOut;
  }

  /** Returns 1 if the question is skipped, else 0. */
  private static int accept(
      JsonFields question, String context, List<String> answers, Consumer<TaskRecord> records) {
    if (answers.isEmpty()) {
      return 1;
    }
    String prompt = "Context: " + context + " " + TaskRecord.asked(question.text("question"));
    records.accept(new TaskRecord(question.source(), prompt, answers, List.of()));
    return 0;
  }

  @Override
  public AnswerRule rule() {
    return new SquadRule();
  }
}
