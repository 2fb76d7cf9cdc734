package dev.ebt.text.task;

import dev.ebt.tensor.Array;
import dev.ebt.text.task.TaskRows.Sequence;
import dev.ebt.think.Evaluation;
import dev.ebt.think.WeightedMeans;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Adds up what was judged at one effort, by tokens and by records. */
final class TaskTally {
  private static final String LOSS = "loss";
  private static final String ACCURACY = "accuracy";
  private static final String ENERGY = "energy";

  private final Task task;
  private final TaskRows rows;
  private final WeightedMeans all = new WeightedMeans();
  private final WeightedMeans answers = new WeightedMeans();
  private final Map<Sequence, Double> answerLoss = new IdentityHashMap<>();
  private final Set<Integer> missed = new HashSet<>();
  private double seconds;

  TaskTally(Task task, TaskRows rows) {
    this.task = task;
    this.rows = rows;
  }

  /** One more batch of rows. */
  void add(Evaluation.Judged judged) {
    float[] counted = new float[judged.weight().length];
    float[] answered = new float[counted.length];
    int length = counted.length / judged.batch().rows();
    Array loss = judged.figures().get(LOSS);
    Array accuracy = judged.figures().get(ACCURACY);
    for (int i = 0; i < counted.length; i++) {
      if (judged.weight()[i] == 0) {
        continue;
      }
      int row = judged.first() + i / length;
      Sequence sequence = rows.sequence(row);
      boolean answer = rows.isAnswer(row, i % length);
      if (sequence.right()) {
        counted[i] = 1;
        answered[i] = answer ? 1 : 0;
        if (answer && accuracy.real(i) == 0) {
          missed.add(sequence.record());
        }
      }
      if (answer) {
        answerLoss.merge(sequence, loss.real(i), Double::sum);
      }
    }
    all.add(judged.figures(), counted);
    answers.add(judged.figures(), answered);
    seconds += judged.seconds();
  }

  /** What they come to; see {@link TaskEvaluation.Result}. */
  Map<String, Double> figures() {
    Map<String, Double> figures = new LinkedHashMap<>();
    figures.put("perplexity", Math.exp(all.means().get(LOSS)));
    figures.put("answerPerplexity", Math.exp(answers.means().get(LOSS)));
    figures.put("answerAccuracy", answers.means().get(ACCURACY));
    int records = task.records().size();
    figures.put("wholeAnswers", (double) (records - missed.size()) / records);
    List<Integer> withChoices =
        rows.sequences().stream().filter(s -> !s.right()).map(Sequence::record).distinct().toList();
    if (!withChoices.isEmpty()) {
      figures.put("choiceAccuracy", choiceAccuracy(withChoices));
    }
    if (all.means().containsKey(ENERGY)) {
      figures.put(ENERGY, all.means().get(ENERGY));
      figures.put("answerEnergy", answers.means().get(ENERGY));
    }
    figures.put("seconds", seconds);
    return figures;
  }

  /** The share of records whose likeliest choice, by the loss of all its tokens, is right. */
  private double choiceAccuracy(List<Integer> withChoices) {
    Map<Integer, Sequence> likeliest = new HashMap<>();
    for (Sequence sequence : rows.sequences()) {
      likeliest.merge(
          sequence.record(),
          sequence,
          (best, other) -> answerLoss.get(other) < answerLoss.get(best) ? other : best);
    }
    long right =
        withChoices.stream()
            .filter(
                record ->
                    task.records().get(record).answers().contains(likeliest.get(record).text()))
            .count();
    return (double) right / withChoices.size();
  }
}
