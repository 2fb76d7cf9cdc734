package dev.ebt.text.task;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Questions about a passage (Rajpurkar et al., arXiv 1606.05250, 1806.03822): versions 1 and 2, one
 * JSON object. Questions that the passage does not answer are left out.
 */
final class Squad implements TaskFormat {
  @Override
  public String name() {
    return "squad";
  }

  @Override
  public String form() {
    return "one JSON object: data[].paragraphs[] with 'context' and qas[] with 'question' and answers[].text";
  }

  @Override
  public boolean looksLike(JsonNode first) {
    return first.path("data").path(0).has("paragraphs");
  }

  @Override
  public int read(TaskFile file, Consumer<TaskRecord> records) {
    int leftOut = 0;
    for (JsonFields article : file.json().objects("data")) {
      for (JsonFields paragraph : article.objects("paragraphs")) {
        String context = paragraph.text("context");
        for (JsonFields question : paragraph.objects("qas")) {
          List<String> answers = new ArrayList<>();
          question.objects("answers").forEach(answer -> answers.add(answer.text("text")));
          if (answers.isEmpty() || question.node().path("is_impossible").asBoolean()) {
            leftOut++;
          } else {
            String prompt =
                "Context: " + context + " " + TaskRecord.asked(question.text("question"));
            records.accept(new TaskRecord(question.source(), prompt, answers, List.of()));
          }
        }
      }
    }
    return leftOut;
  }

  @Override
  public AnswerRule rule() {
    return new SquadRule();
  }
}
