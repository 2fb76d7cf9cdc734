package dev.ebt.think;

import dev.ebt.modality.Batch;
import dev.ebt.modality.DistributionMetric;
import dev.ebt.tensor.Array;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** The evaluation of one batch: its candidates, one after the other, at every compute budget. */
final class BatchEvaluation {
  private static final String CANDIDATE = "the candidate itself";
  private static final double NANOS = 1e9;

  private final Predictor predictor;
  private final String target;
  private final Evaluation.ComputeBudgets effort;
  private final int first;
  private final Batch batch;
  private final int filled;
  private final float[] weight;
  private final Map<List<Integer>, DistributionMetric> sets;
  private final Consumer<Evaluation.BatchResult> listener;
  private final List<SelfVerification> best;
  private final long[] nanos;

  /**
   * Creates an evaluation; no candidate has been computed yet.
   *
   * @param target name of the target feature
   * @param first position of the batch's first row among the examples
   * @param filled number of rows that count; the remaining ones are padding
   * @param sets metrics to which candidates are added, by steps and candidates; empty for none
   * @param listener receives the result of every compute budget
   */
  BatchEvaluation(
      Predictor predictor,
      String target,
      Evaluation.ComputeBudgets effort,
      int first,
      Batch batch,
      int filled,
      Map<List<Integer>, DistributionMetric> sets,
      Consumer<Evaluation.BatchResult> listener) {
    this.predictor = predictor;
    this.target = target;
    this.effort = effort;
    this.first = first;
    this.batch = batch;
    this.filled = filled;
    this.weight = weights(batch, filled);
    this.sets = sets;
    this.listener = listener;
    this.best = effort.steps().stream().map(s -> new SelfVerification()).toList();
    this.nanos = new long[effort.steps().size()];
  }

  void all(long seed) {
    long begun = System.nanoTime();
    predictor.observe(batch.context());
    Arrays.fill(nanos, System.nanoTime() - begun);
    int most = effort.candidates().get(effort.candidates().size() - 1);
    for (int number = 0; number < most; number++) {
      candidate(number, SelfVerification.seed(seed, number), most > 1);
    }
  }

  private void candidate(int number, long seed, boolean choice) {
    long begun = System.nanoTime();
    predictor.begin(seed);
    long beginning = System.nanoTime() - begun;
    long thinking = beginning;
    for (int i = 0; i < nanos.length; i++) {
      begun = System.nanoTime();
      predictor.reach(effort.steps().get(i), 0);
      // Thinking continues from fewer steps; diffusion starts over.
      thinking = (predictor.thinks() ? thinking : beginning) + System.nanoTime() - begun;
      begun = System.nanoTime();
      Map<String, Array> energy =
          predictor.thinks() ? Map.of(Evaluation.ENERGY, predictor.energy()) : Map.of();
      nanos[i] += thinking + (choice ? System.nanoTime() - begun : 0);
      Map<String, Array> figures = new LinkedHashMap<>(predictor.assess(target, batch.target()));
      figures.putAll(energy);
      if (!sets.isEmpty()) {
        figures.put(CANDIDATE, predictor.candidate());
      }
      if (choice) {
        best.get(i).offer(energy.get(Evaluation.ENERGY), figures);
      }
      if (effort.candidates().contains(number + 1)) {
        tell(i, number + 1, choice ? best.get(i).kept() : figures);
      }
    }
  }

  private void tell(int i, int candidates, Map<String, Array> figures) {
    Array candidate = figures.remove(CANDIDATE);
    if (candidate != null) {
      sets.get(List.of(effort.steps().get(i), candidates)).add(batch, candidate, filled);
    }
    listener.accept(
        new Evaluation.BatchResult(
            effort.steps().get(i), candidates, first, batch, weight, figures, nanos[i] / NANOS));
  }

  /** Returns the batch's weights, with 0 for rows that are padding. */
  private static float[] weights(Batch batch, int filled) {
    float[] weight = batch.weight().floats().clone();
    int perRow = weight.length / batch.rows();
    Arrays.fill(weight, filled * perRow, weight.length, 0);
    return weight;
  }
}
