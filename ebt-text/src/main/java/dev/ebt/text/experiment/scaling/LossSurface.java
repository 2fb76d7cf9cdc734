package dev.ebt.text.experiment.scaling;

import dev.ebt.error.Required;
import dev.ebt.experiment.ExperimentResults;
import dev.ebt.statistics.SizeDataLaw;
import dev.ebt.sweep.RunResult;
import dev.ebt.sweep.SweepOptions;
import dev.ebt.sweep.SweepResults;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** The losses of one model over a grid of sizes and data, with the law of their means. */
final class LossSurface {
  private final List<Point> points;
  private final double floor;
  private final SizeDataLaw law;

  /** The laws of draws of seeds: most of ten thousand draws of a few seeds are equal. */
  private final Map<List<Integer>, SizeDataLaw> drawn = new HashMap<>();

  private LossSurface(List<Point> points, double floor) {
    this.points = List.copyOf(points);
    this.floor = floor;
    this.law =
        SizeDataLaw.fit(
            floor,
            points.stream().mapToDouble(Point::parameters).toArray(),
            points.stream().mapToDouble(Point::bytes).toArray(),
            points.stream().mapToDouble(Point::mean).toArray());
  }

  /**
   * The trainings at a point.
   *
   * @param losses by seed, in nats per byte
   */
  record Point(int width, long parameters, long bytes, double[] losses) {
    double mean() {
      return IntStream.range(0, losses.length).mapToDouble(i -> losses[i]).sum() / losses.length;
    }
  }

  /**
   * Returns the surface of points.
   *
   * @param floor the loss H that they approach, in nats per byte
   */
  static LossSurface of(List<Point> points, double floor) {
    return new LossSurface(points, floor);
  }

  /** Returns the loss that the losses approach. */
  double floor() {
    return floor;
  }

  /** Returns whether each loss of each seed is above the floor, so that every draw has a fit. */
  boolean isAboveFloor() {
    return points.stream()
        .flatMapToDouble(point -> Arrays.stream(point.losses()))
        .allMatch(loss -> loss > floor);
  }

  /** Reads the finished runs of a model. */
  static LossSurface of(ExperimentResults results, SweepResults runs, String model) {
    Map<Map<String, String>, List<RunResult>> byPoint = new LinkedHashMap<>();
    for (RunResult run : runs.runs()) {
      if (model.equals(run.values().get(ScalingRuns.MODEL))) {
        Map<String, String> point =
            Map.of(
                ScalingSurface.WIDTH,
                Required.of(run.values(), ScalingSurface.WIDTH),
                ScalingSurface.BYTES,
                Required.of(run.values(), ScalingSurface.BYTES));
        byPoint.computeIfAbsent(point, key -> new ArrayList<>()).add(run);
      }
    }
    Map<Integer, Long> parameters = new LinkedHashMap<>();
    List<Point> points = new ArrayList<>();
    byPoint.forEach(
        (point, found) -> {
          int width = Integer.parseInt(Required.of(point, ScalingSurface.WIDTH));
          points.add(
              new Point(
                  width,
                  parameters.computeIfAbsent(width, key -> results.work(found.get(0)).parameters()),
                  Long.parseLong(Required.of(point, ScalingSurface.BYTES)),
                  found.stream()
                      .mapToDouble(run -> run.value(SweepOptions.LOSS).orElse(Double.NaN))
                      .toArray()));
        });
    return of(points, ScalingRuns.floor(results.scale()));
  }

  /** Returns the number of seeds, which is that of each point. */
  int seeds() {
    return points.get(0).losses().length;
  }

  /** Returns the points of the grid. */
  List<Point> points() {
    return points;
  }

  /** Returns the law of the mean losses of all seeds. */
  SizeDataLaw law() {
    return law;
  }

  /** Returns the law of the mean losses of seeds, which may repeat. */
  SizeDataLaw law(int... seeds) {
    return drawn.computeIfAbsent(
        IntStream.of(seeds).sorted().boxed().toList(), key -> refitted(seeds));
  }

  private SizeDataLaw refitted(int... seeds) {
    return law.refit(
        points.stream().mapToDouble(Point::parameters).toArray(),
        points.stream().mapToDouble(Point::bytes).toArray(),
        points.stream()
            .mapToDouble(
                point ->
                    IntStream.of(seeds).mapToDouble(seed -> point.losses()[seed]).sum()
                        / seeds.length)
            .toArray());
  }
}
