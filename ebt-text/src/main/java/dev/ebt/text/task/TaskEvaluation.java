package dev.ebt.text.task;

import dev.ebt.run.RunParts;
import dev.ebt.text.TextModality;
import dev.ebt.text.decode.TextGenerator;
import dev.ebt.text.decode.TokenSampling;
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
   * The figures after some thinking.
   *
   * @param evaluations of the model per prediction
   * @param figures {@code perplexity} per token and {@code bitsPerByte} over all tokens, {@code
   *     answerPerplexity} and {@code answerBitsPerByte} over those of right answers; {@code
   *     wordPerplexity}, exp of the mean loss of an answer, where each is one word; {@code
   *     answerAccuracy}, the share of answer tokens that are the likeliest; {@code wholeAnswers},
   *     the share of records with each answer token the likeliest; {@code choiceAccuracy}, of those
   *     with choices, the mean score of the likeliest choice, and {@code choiceAccuracyByLength},
   *     of the likeliest for its number of characters; {@code exactMatch} and {@code f1} of
   *     generated answers; {@code energy} and {@code answerEnergy}; {@code seconds} of thinking
   * @param intervals of confidence, of the figures that are means over records
   */
  public record Result(
      int steps,
      int candidates,
      int evaluations,
      Map<String, Double> figures,
      Map<String, ConfidenceInterval> intervals) {}

  /**
   * Judges by every record at every effort.
   *
   * @param generate whether answers are generated, too, which takes far longer
   * @throws dev.ebt.error.UserException if they are to be, and a record has no answer to compare
   */
  public List<Result> evaluate(Task task, Evaluation.ComputeBudget effort, boolean generate) {
    AnswerRule rule = task.rule(parts.configuration().compatibility());
    if (generate) {
      task.records().forEach(rule::check);
    }
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
            TaskFigures figures = tally.figures();
            if (generate) {
              generate(task, rule, steps, candidates, figures);
            }
            int evaluations = evaluation.evaluations(steps, candidates);
            results.add(
                new Result(steps, candidates, evaluations, figures.values(), figures.intervals()));
          });
    }
    return results;
  }

  /** Adds scores of answers that the model writes, the likeliest token each time. */
  private void generate(
      Task task, AnswerRule rule, int steps, int candidates, TaskFigures figures) {
    TextGenerator.GenerationOptions manner =
        new TextGenerator.GenerationOptions(steps, 0, TokenSampling.likeliest(), candidates);
    List<AnswerScore> scores = new ArrayList<>();
    try (TextGenerator generator = TextGenerator.of(parts)) {
      for (TaskRecord record : task.records()) {
        String written = TaskAnswer.write(generator, rule, record, manner);
        scores.add(rule.score(written, record.answers()));
      }
    }
    figures.putMean(
        "exactMatch", scores.stream().mapToDouble(score -> score.exact() ? 1 : 0).toArray());
    if (scores.stream().allMatch(score -> score.f1().isPresent())) {
      figures.putMean("f1", scores.stream().mapToDouble(s -> s.f1().getAsDouble()).toArray());
    }
  }
}
