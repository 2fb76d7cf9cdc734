package dev.ebt.text.task;

import dev.ebt.error.Required;
import dev.ebt.interact.TaskResults;
import dev.ebt.predict.ComputeBudgets;
import dev.ebt.predict.EvaluationResult;
import dev.ebt.predict.Predictor;
import dev.ebt.run.RunParts;
import dev.ebt.tensor.Array;
import dev.ebt.text.decode.TextGenerator;
import dev.ebt.text.decode.TokenSampling;
import dev.ebt.text.window.WindowedTextModality;
import dev.ebt.think.PredictionEvaluator;
import dev.ebt.think.WeightedMeans;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The evaluation of a model on a task: the likelihood of the right answers, the accuracy of choices
 * and the generated answers, by compute budget. All means are over tokens or records, never over
 * batches.
 */
public final class TaskEvaluation {
  private final RunParts parts;
  private final WindowedTextModality modality;
  private final int batch;

  /**
   * Creates an evaluation of this model.
   *
   * @param batch rows per batch
   */
  public TaskEvaluation(RunParts parts, WindowedTextModality modality, int batch) {
    this.parts = parts;
    this.modality = modality;
    this.batch = batch;
  }

  /**
   * The metrics at one compute budget.
   *
   * @param evaluations model evaluations per prediction
   * @param metrics {@code perplexity} per token and {@code bitsPerByte} over all tokens, {@code
   *     answerPerplexity} and {@code answerBitsPerByte} over those of right answers; {@code
   *     wordPerplexity}, exp of the mean loss of an answer, if each is one word; {@code
   *     answerAccuracy}, the share of answer tokens that are the most likely; {@code wholeAnswers},
   *     the share of records whose answer tokens are all the most likely; over records with choices
   *     {@code choiceAccuracy}, the mean score of the most likely choice, and {@code
   *     choiceAccuracyByLength}, that of the most likely per character; {@code exactMatch} and
   *     {@code f1} of generated answers; {@code energy} and {@code answerEnergy}; {@code seconds}
   *     of thinking
   * @param intervals confidence intervals of the metrics that are means over records
   */
  public record Result(
      int steps,
      int candidates,
      Number evaluations,
      Map<String, Double> metrics,
      Map<String, ConfidenceInterval> intervals) {
    /** Returns the same without types of this package. */
    TaskResults.Result typed() {
      Map<String, TaskResults.Interval> typed = new LinkedHashMap<>();
      intervals.forEach(
          (name, i) -> typed.put(name, new TaskResults.Interval(i.lower(), i.upper())));
      return new TaskResults.Result(steps, candidates, evaluations, metrics, typed);
    }
  }

  /**
   * Evaluates every record at every compute budget.
   *
   * @param generate whether answers are generated too, which takes far longer
   * @throws dev.ebt.error.UserException if answers are generated and a record has none to compare
   */
  public List<Result> evaluate(TextTask task, ComputeBudgets budgets, boolean generate) {
    AnswerRule rule = task.rule(parts.configuration().compatibility());
    if (generate) {
      task.records().forEach(rule::check);
    }
    TaskRows rows = TaskRows.toJudge(task.records(), modality);
    Map<List<Integer>, TaskTally> tallies = new LinkedHashMap<>();
    budgets
        .steps()
        .forEach(
            s ->
                budgets
                    .candidates()
                    .forEach(c -> tallies.put(List.of(s, c), new TaskTally(task, rows))));
    Map<List<Integer>, WeightedMeans> evaluations = new HashMap<>();
    int together = Math.min(batch, rows.size());
    List<Result> results = new ArrayList<>();
    try (Predictor predictor = parts.predictor(together)) {
      PredictionEvaluator evaluator = new PredictionEvaluator(predictor, modality, together);
      evaluator.forEachBatch(
          rows,
          rows.size(),
          budgets,
          parts.configuration().seed(),
          result -> {
            List<Integer> budget = List.of(result.steps(), result.candidates());
            Required.of(tallies, budget).add(result);
            Array used = result.metrics().get(EvaluationResult.EVALUATIONS);
            if (used != null) {
              evaluations
                  .computeIfAbsent(budget, absent -> new WeightedMeans())
                  .add(Map.of(EvaluationResult.EVALUATIONS, used), result.weight());
            }
          });
      tallies.forEach(
          (key, tally) -> {
            int steps = key.get(0);
            int candidates = key.get(1);
            TaskMetrics metrics = tally.metrics();
            if (generate) {
              generate(task, rule, steps, candidates, metrics);
            }
            WeightedMeans used = evaluations.get(key);
            Number each =
                used == null
                    ? (Number) evaluator.evaluations(steps, candidates)
                    : Required.of(used.means(), EvaluationResult.EVALUATIONS);
            results.add(new Result(steps, candidates, each, metrics.values(), metrics.intervals()));
          });
    }
    return results;
  }

  /** Adds scores of generated answers, decoded greedily. */
  private void generate(
      TextTask task, AnswerRule rule, int steps, int candidates, TaskMetrics metrics) {
    TextGenerator.GenerationOptions options =
        new TextGenerator.GenerationOptions(steps, 0, TokenSampling.likeliest(), candidates);
    List<AnswerScore> scores = new ArrayList<>();
    try (TextGenerator generator = TextGenerator.of(parts)) {
      for (TaskRecord record : task.records()) {
        String written = TaskAnswer.write(generator, rule, record, options);
        scores.add(rule.score(written, record.answers()));
      }
    }
    metrics.putMean(
        "exactMatch", scores.stream().mapToDouble(score -> score.exact() ? 1 : 0).toArray());
    if (scores.stream().allMatch(score -> score.f1().isPresent())) {
      metrics.putMean("f1", scores.stream().mapToDouble(s -> s.f1().getAsDouble()).toArray());
    }
  }
}
