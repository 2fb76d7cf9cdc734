package dev.ebt.text.experiment.scaling;

import dev.ebt.experiment.ExperimentResults;
import dev.ebt.experiment.SeedValues;
import dev.ebt.experiment.TrainingWork;
import dev.ebt.statistics.PowerLaw;
import dev.ebt.sweep.RunResult;
import dev.ebt.sweep.SweepOptions;
import dev.ebt.sweep.SweepResults;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The losses of one model over the sizes of a scaling experiment.
 *
 * @param points one for each size, in the order of the sizes
 * @param floor the loss H that they approach, in nats per byte
 */
record ScalingCurve(List<Point> points, double floor) {
  /** Copies the list. */
  ScalingCurve {
    points = List.copyOf(points);
  }

  /**
   * The trainings of one size.
   *
   * @param value that tells it apart
   * @param quantity that the loss is fitted over
   * @param work of each of its trainings
   * @param losses by seed, in nats per byte
   * @param seconds by seed
   */
  record Point(
      String value, double quantity, TrainingWork work, double[] losses, double[] seconds) {}

  /** Reads the finished runs of a model. */
  static ScalingCurve of(
      ExperimentResults results, SweepResults runs, ScalingAxis axis, String model) {
    List<Point> points = new ArrayList<>();
    for (ScalingSize full : axis.sizes()) {
      ScalingSize size = full.at(results.scale());
      String value = axis.value(size);
      List<RunResult> found =
          runs.runs().stream()
              .filter(
                  run ->
                      model.equals(run.values().get(ScalingRuns.MODEL))
                          && value.equals(run.values().get(axis.valueName())))
              .toList();
      if (!found.isEmpty()) {
        TrainingWork work = results.work(found.get(0));
        points.add(
            new Point(
                value,
                axis.quantity(size, work),
                work,
                found.stream()
                    .mapToDouble(run -> run.value(SweepOptions.LOSS).orElse(Double.NaN))
                    .toArray(),
                found.stream().mapToDouble(results::seconds).toArray()));
      }
    }
    return new ScalingCurve(points, ScalingRuns.floor(results.scale()));
  }

  /** Returns the number of seeds, which is that of each size. */
  int seeds() {
    return points.get(0).losses().length;
  }

  /** Returns whether each loss of each seed is above the floor, so that every draw has a fit. */
  boolean isAboveFloor() {
    return points.stream()
        .flatMapToDouble(point -> Arrays.stream(point.losses()))
        .allMatch(loss -> loss > floor);
  }

  /** Returns the quantities. */
  double[] quantities() {
    return points.stream().mapToDouble(Point::quantity).toArray();
  }

  /** Returns the operations of a training of each size. */
  double[] operations() {
    return points.stream().mapToDouble(point -> point.work().operations()).toArray();
  }

  /** Returns the mean seconds of a training of each size. */
  double[] seconds() {
    return points.stream().mapToDouble(point -> SeedValues.mean(point.seconds())).toArray();
  }

  /** Returns the losses of one seed. */
  double[] losses(int seed) {
    return points.stream().mapToDouble(point -> point.losses()[seed]).toArray();
  }

  /** Returns the mean losses of seeds, which may repeat. */
  double[] means(int... seeds) {
    return points.stream()
        .mapToDouble(point -> IntStream.of(seeds).mapToDouble(i -> point.losses()[i]).sum())
        .map(sum -> sum / seeds.length)
        .toArray();
  }

  /** Returns the mean losses of all seeds. */
  double[] means() {
    return means(IntStream.range(0, seeds()).toArray());
  }

  /** Returns the law of the mean losses of seeds. */
  PowerLaw law(int... seeds) {
    return PowerLaw.fit(floor, quantities(), means(seeds));
  }

  /** Returns the law of the mean losses of all seeds. */
  PowerLaw law() {
    return law(IntStream.range(0, seeds()).toArray());
  }
}
