package dev.ebt.text.task;

import dev.ebt.run.RunParts;
import dev.ebt.text.TextModality;
import dev.ebt.text.decode.Sampling;
import dev.ebt.text.decode.TextGenerator;
import dev.ebt.think.Evaluation;
import dev.ebt.think.Predictor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A model judged by a task: how likely it finds the right answers, which of the choices it takes,
 * and what it answers by itself, against the effort of thinking. All means are over tokens or
 * records, never over batches.
 */
public final class TaskEvaluation {
  private final RunParts parts;
  private final TextModality modality;
  private final int batch;

  /**
   * Judges this model.
   *
   * @param batch rows at a time
   */
  public TaskEvaluation(RunParts parts, TextModality modality, int batch) {
    this.parts = parts;
    this.modality = modality;
    this.batch = batch;
  }

  /**
   * What was found after some thinking.
   *
   * @param evaluations of the model per prediction
   * @param figures {@code perplexity} over all tokens and {@code answerPerplexity} over those of
   *     right answers; {@code answerAccuracy}, the share of answer tokens that are the likeliest;
   *     {@code wholeAnswers}, the share of records with each answer token the likeliest; {@code
   *     choiceAccuracy}, of those with choices, the share whose likeliest choice is right; {@code
   *     exactMatch} and {@code f1} of generated answers; {@code energy} and {@code answerEnergy};
   *     {@code seconds} of thinking
   */
  public record Result(int steps, int candidates, int evaluations, Map<String, Double> figures) {}

  /**
   * Judges by every record at every effort.
   *
   * @param generate whether answers are generated, too, which takes far longer
   */
  public List<Result> evaluate(Task task, Evaluation.Effort effort, boolean generate) {
    TaskRows rows = TaskRows.toJudge(task.records(), modality);
    Map<List<Integer>, TaskTally> tallies = new LinkedHashMap<>();
    effort
        .steps()
        .forEach(
            s ->
                effort
                    .candidates()
                    .forEach(c -> tallies.put(List.of(s, c), new TaskTally(task, rows))));
    int together = Math.min(batch, rows.size());
    List<Result> results = new ArrayList<>();
    try (Predictor predictor = parts.predictor(together)) {
      Evaluation evaluation = new Evaluation(predictor, modality, together);
      evaluation.walk(
          rows,
          rows.size(),
          effort,
          parts.configuration().seed(),
          judged -> tallies.get(List.of(judged.steps(), judged.candidates())).add(judged));
      tallies.forEach(
          (key, tally) -> {
            int steps = key.get(0);
            int candidates = key.get(1);
            Map<String, Double> figures = tally.figures();
            if (generate) {
              figures.putAll(generated(task, steps, candidates));
            }
            int evaluations = evaluation.evaluations(steps, candidates);
            results.add(new Result(steps, candidates, evaluations, figures));
          });
    }
    return results;
  }

  /** Scores of answers that the model writes, the likeliest token each time. */
  private Map<String, Double> generated(Task task, int steps, int candidates) {
    double exact = 0;
    double f1 = 0;
    TextGenerator.Manner manner =
        new TextGenerator.Manner(steps, 0, Sampling.likeliest(), candidates);
    try (TextGenerator generator = TextGenerator.of(parts)) {
      for (TaskRecord record : task.records()) {
        AnswerScore score =
            AnswerScore.of(
                task.result(TaskAnswer.write(generator, task, record, manner)),
                record.answers().stream().map(task::result).toList());
        exact += score.exact();
        f1 += score.f1();
      }
    }
    Map<String, Double> figures = new LinkedHashMap<>();
    figures.put("exactMatch", exact / task.records().size());
    figures.put("f1", f1 / task.records().size());
    return figures;
  }
}
