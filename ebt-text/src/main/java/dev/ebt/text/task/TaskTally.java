package dev.ebt.text.task;

import dev.ebt.error.Required;
import dev.ebt.tensor.Array;
import dev.ebt.text.task.TaskRows.Sequence;
import dev.ebt.think.PredictionEvaluator;
import dev.ebt.think.WeightedMeans;
import java.util.BitSet;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** Running sums of the results at one compute budget, by token and by record. */
final class TaskTally {
  private static final String LOSS = "loss";
  private static final String ACCURACY = "accuracy";
  private static final String ENERGY = "energy";
  private static final String BYTES = "bytes";

  private final TextTask task;
  private final TaskRows rows;
  private final WeightedMeans all = new WeightedMeans();
  private final WeightedMeans answers = new WeightedMeans();
  private final RecordSums allSums;
  private final RecordSums answerSums;
  private final Map<Sequence, Double> answerLoss = new IdentityHashMap<>();
  private final BitSet missed = new BitSet();
  private double seconds;

  TaskTally(TextTask task, TaskRows rows) {
    this.task = task;
    this.rows = rows;
    this.allSums = new RecordSums(task.records().size());
    this.answerSums = new RecordSums(task.records().size());
  }

  /** Adds a batch of rows. */
  void add(PredictionEvaluator.BatchResult result) {
    float[] counted = new float[result.weight().length];
    float[] answered = new float[counted.length];
    int length = counted.length / result.batch().rows();
    Array loss = Required.of(result.metrics(), LOSS);
    Array accuracy = Required.of(result.metrics(), ACCURACY);
    Array bytes = result.metrics().get(BYTES);
    for (int i = 0; i < counted.length; i++) {
      if (result.weight()[i] == 0) {
        continue;
      }
      int row = result.first() + i / length;
      Sequence sequence = rows.sequence(row);
      boolean answer = rows.isAnswer(row, i % length);
      if (sequence.right()) {
        double tokenBytes = bytes == null ? 1 : bytes.real(i);
        counted[i] = 1;
        allSums.add(sequence.record(), loss.real(i), tokenBytes);
        if (answer) {
          answered[i] = 1;
          answerSums.add(sequence.record(), loss.real(i), tokenBytes);
          missed.set(sequence.record(), missed.get(sequence.record()) || accuracy.real(i) == 0);
        }
      }
      if (answer) {
        answerLoss.merge(sequence, loss.real(i), Double::sum);
      }
    }
    all.add(result.metrics(), counted);
    answers.add(result.metrics(), answered);
    seconds += result.seconds();
  }

  /** Returns the metrics of these rows; see {@link TaskEvaluation.Result}. */
  TaskMetrics metrics() {
    TaskMetrics metrics = new TaskMetrics();
    metrics.put("perplexity", Math.exp(Required.of(all.means(), LOSS)));
    metrics.put("bitsPerByte", allSums.bitsPerByte(), allSums.interval());
    metrics.put("answerPerplexity", Math.exp(Required.of(answers.means(), LOSS)));
    if (task.answersAreWords()) {
      metrics.put("wordPerplexity", answerSums.perplexityOfRecord());
    }
    metrics.put("answerBitsPerByte", answerSums.bitsPerByte(), answerSums.interval());
    metrics.put("answerAccuracy", Required.of(answers.means(), ACCURACY));
    metrics.putMean(
        "wholeAnswers",
        IntStream.range(0, task.records().size())
            .mapToDouble(record -> missed.get(record) ? 0 : 1)
            .toArray());
    if (task.chance().isPresent()) {
      metrics.putMean("choiceAccuracy", choices(answerLoss::get));
      metrics.putMean(
          "choiceAccuracyByLength", choices(s -> Required.of(answerLoss, s) / characters(s)));
    }
    if (all.means().containsKey(ENERGY)) {
      metrics.put(ENERGY, all.means().get(ENERGY));
      metrics.put("answerEnergy", Required.of(answers.means(), ENERGY));
    }
    metrics.put("seconds", seconds);
    return metrics;
  }

  private double[] choices(ToDoubleFunction<Sequence> loss) {
    return ChoiceScores.of(task, rows.sequences(), loss);
  }

  private static int characters(Sequence choice) {
    return choice.text().codePointCount(0, choice.text().length());
  }
}
