package dev.ebt.run;

import dev.ebt.backend.ProcessGroup;
import dev.ebt.config.Assignment;
import dev.ebt.config.Origin;
import dev.ebt.config.Overrides;
import dev.ebt.error.UserException;
import dev.ebt.modality.Batch;
import dev.ebt.modality.Examples;
import dev.ebt.step.ThinkingMethod.UpdateRule;
import dev.ebt.tensor.Array;
import dev.ebt.think.Thinker;
import dev.ebt.train.TrainingStepper;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * The search for a step size before a training begins, for {@code thinking.stepSize: auto}. With
 * the initial weights it is α = 1 / λ, where λ is the curvature of the energy that nine of ten
 * predictions of a batch stay below: such a step reaches a minimum at once along the steepest
 * direction. The step size is halved while αλ is above 1 where thinking with it ends.
 */
final class StepSizeSearch {
  private static final String SETTING = "thinking.stepSize";
  private static final double QUANTILE = 0.9;
  private static final int ITERATIONS = 12;
  private static final int HALVINGS = 20;
  private static final Origin RECEIVED =
      new Origin(Origin.Kind.SET, "measured by the first process");

  private final RunParts parts;
  private final Thinker thinker;
  private final Batch batch;
  private final int steps;

  private StepSizeSearch(RunParts parts, Thinker thinker, Batch batch) {
    this.parts = parts;
    this.thinker = thinker;
    this.batch = batch;
    this.steps = parts.steps().validated().get(parts.steps().validated().size() - 1);
  }

  /**
   * Finds a step size. Of processes that share a training the first one does, and the others
   * receive it.
   *
   * @return the setting, whose origin says how it was found
   * @throws UserException if the model has no energy, or the energy is curved downwards or not at
   *     all
   */
  static Overrides of(RunParts parts) {
    if (!parts.thinks()) {
      throw new UserException(
          SETTING + " is auto, but the model has no energy, and takes no steps; leave it out");
    }
    ProcessGroup processes = parts.processes();
    if (!processes.isFirst()) {
      double received = processes.sum(Array.scalar(0.0)).item();
      return Overrides.of(Assignment.of(SETTING, received, RECEIVED));
    }
    Found found = measured(parts);
    processes.sum(Array.scalar(found.size));
    return Overrides.of(Assignment.of(SETTING, found.size, found.origin));
  }

  /** A step size, and how it was found. */
  private record Found(double size, Origin origin) {}

  private static Found measured(RunParts parts) {
    TrainingStepper.initialize(parts.backend(), parts.parameters(), parts.configuration().seed());
    WarmStart.assign(parts);
    CheckpointValues.assignConfiguredStepSize(parts);
    Examples rows = parts.dataset().validation();
    int count = Math.min(parts.configuration().training().batch(), rows.size());
    try (Thinker thinker = parts.withoutRepulsion().thinker(count)) {
      Batch batch = rows.batch(IntStream.range(0, count).toArray());
      return new StepSizeSearch(parts, thinker, batch).search();
    }
  }

  private Found search() {
    thinker.observe(batch.context());
    double full = thinker.stepSizeScale(steps);
    double first = curvature(0, 0);
    if (!(first > 0) || Double.isInfinite(first)) {
      throw new UserException(
          String.format(
              Locale.ROOT,
              "%s is auto, but the energy is not curved upwards at the initial candidates (%.3g),"
                  + " so that no step size follows from it; set a number",
              SETTING,
              first));
    }
    double size = 1 / (first * full);
    double last = curvature(size, steps);
    int halved = 0;
    while (!(size * full * last <= 1) && halved < HALVINGS) {
      size /= 2;
      halved++;
      last = curvature(size, steps);
    }
    double rounded = Double.parseDouble(String.format(Locale.ROOT, "%.2e", size));
    return new Found(rounded, origin(first, last));
  }

  private static Origin origin(double first, double last) {
    return new Origin(
        Origin.Kind.SET,
        String.format(
            Locale.ROOT,
            "measured from the curvature of the energy with the initial weights: %.3g before"
                + " thinking, %.3g after it",
            first,
            last));
  }

  /** Returns the curvature that most predictions stay below, after steps of a size. */
  private double curvature(double size, int taken) {
    double configured = parts.thinking().hyperparameters().stepSize();
    thinker.begin(parts.configuration().seed());
    for (int i = 0; i < taken; i++) {
      thinker.step(size / configured * thinker.stepSizeScale(steps), 0);
    }
    UpdateRule rule = parts.thinking().hyperparameters().updateRule();
    double[] all = thinker.curvature().largest(rule, 1, ITERATIONS).eigenvalues().doubles();
    float[] weight = batch.weight().floats();
    int each = all.length / weight.length;
    double[] counted =
        IntStream.range(0, all.length)
            .filter(i -> weight[i / each] > 0)
            .mapToDouble(i -> all[i])
            .toArray();
    Arrays.sort(counted);
    return counted[(int) (QUANTILE * (counted.length - 1))];
  }
}
