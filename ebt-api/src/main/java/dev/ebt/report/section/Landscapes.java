package dev.ebt.report.section;

import dev.ebt.modality.Batch;
import dev.ebt.run.RunParts;
import dev.ebt.run.UntrainedModel;
import dev.ebt.step.ThinkingMethod;
import dev.ebt.tensor.Array;
import dev.ebt.think.Thinker;
import dev.ebt.think.TopCurvature;
import java.util.Optional;

/**
 * The slices through the energy around one prediction.
 *
 * @param example a batch of one row
 * @param path of the prediction
 */
record Landscapes(RunParts parts, Batch example, PredictionPath path) {
  /** Products with the Hessian: enough for a direction that is seen to be steep. */
  private static final int ITERATIONS = 30;

  /** The extent of the second direction relative to the first one, at least. */
  private static final double WIDE = 0.5;

  /** The same, where the second direction is that of walls close to the path. */
  private static final double NARROW = 0.2;

  private PathPlane plane() {
    return PathPlane.of(path.points());
  }

  /** Returns the slice on the plane of the path's two principal directions. */
  LandscapeSlice trained() {
    return LandscapeSlice.of(parts, example, path, PlaneGrid.around(plane(), WIDE));
  }

  /**
   * Returns the slice on the same plane before training; empty if the parameters that it began with
   * are gone.
   */
  Optional<LandscapeSlice> untrained() {
    PlaneGrid grid = PlaneGrid.around(plane(), WIDE);
    return UntrainedModel.compute(
        parts,
        () -> {
          int steps = path.points().length - 1;
          PredictionPath own = PredictionPath.of(parts, example, steps, path.prediction());
          PlaneGrid drawn = grid.with(grid.plane().with(own.points()));
          return LandscapeSlice.of(parts, example, own, drawn);
        });
  }

  /**
   * A slice along the greatest curvature.
   *
   * @param eigenvalue of the Hessian in its direction
   */
  record Curved(LandscapeSlice slice, double eigenvalue) {}

  /**
   * Returns the slice on the plane of the path's first direction and of the greatest curvature at
   * its end; empty if these are the same direction, or there is no curvature.
   */
  Optional<Curved> acrossCurvature() {
    int elements = path.end().length;
    double[] steepest = new double[elements];
    double eigenvalue;
    try (Thinker thinker = parts.thinker(1)) {
      thinker.observe(example.context());
      thinker.begin(path.last());
      thinker.endThinking(path.points().length - 1);
      TopCurvature top =
          thinker.curvature().largest(ThinkingMethod.UpdateRule.CANDIDATE, 1, ITERATIONS);
      eigenvalue = top.eigenvalues().real(path.prediction());
      Array directions = top.directions().get();
      for (int k = 0; k < elements; k++) {
        steepest[k] = directions.real(path.prediction() * elements + k);
      }
    }
    return plane()
        .turned(path.points(), steepest)
        .map(turned -> PlaneGrid.around(turned, NARROW))
        .map(grid -> LandscapeSlice.of(parts, example, path, grid))
        .map(slice -> new Curved(slice, eigenvalue));
  }
}
