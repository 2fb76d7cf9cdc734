package dev.ebt.vision.pairs;

import dev.ebt.error.UserException;
import dev.ebt.optimize.GradientDescent;
import dev.ebt.run.RunParts;
import dev.ebt.step.ThinkingMethod;
import dev.ebt.tensor.Array;
import dev.ebt.think.Thinker;
import dev.ebt.train.MatchingObjective;
import dev.ebt.train.MatchingSettings;
import java.util.Locale;
import java.util.Map;

/**
 * The inversion of generation: thinking integrated backwards, in small steps up the energy, dy/dt =
 * ∂E/∂y, from a real image to the noise that descent would have begun with.
 *
 * <p>The energy of a matching model has the gradient c(γ) (ε − y*) at y = γ y* + (1 − γ) ε. At the
 * image itself there is no direction, so the trajectory begins at a share s of drawn noise, γ = 1 −
 * s. With c(γ) = λ min(1, (1 − γ)/(1 − a)) it takes the time
 *
 * <pre>
 * t = (1 − a)/λ · ln((1 − a)/s) + a/λ
 * </pre>
 *
 * to γ = 0, which is divided into steps of at most {@code thinking.stepSize}.
 */
final class ReversedFlow implements AutoCloseable {
  private static final double START = 0.05;

  private final Thinker thinker;
  private final int steps;
  private final double scale;

  private ReversedFlow(Thinker thinker, int steps, double scale) {
    this.thinker = thinker;
    this.steps = steps;
    this.scale = scale;
  }

  /**
   * Prepares the inversion of a number of rows.
   *
   * @throws UserException if the energy was not learned along such trajectories
   */
  static ReversedFlow of(RunParts parts, int rows) {
    if (!(parts.objective() instanceof MatchingObjective matching)) {
      throw new UserException(
          String.format(
              Locale.ROOT,
              "--inverted integrates backwards the trajectories from noise to images that objective"
                  + " matching learns; this run has objective '%s'; add --inverted 0, or use a run of recipe generate",
              parts.configuration().objective().name()));
    }
    ThinkingMethod own = parts.thinking();
    if (own.landscapes() > 1) {
      throw new UserException(
          String.format(
              Locale.ROOT,
              "--inverted integrates backwards the trajectory of one energy, and this run has %d"
                  + " landscapes; add --inverted 0, or use a run with thinking.landscapes 1",
              own.landscapes()));
    }
    ThinkingMethod plain =
        new ThinkingMethod(own.hyperparameters(), new GradientDescent())
            .withEnergies(own.energies());
    double stepSize = own.hyperparameters().stepSize();
    double time = time(matching.settings(), START);
    int steps = (int) Math.ceil(time / stepSize);
    return new ReversedFlow(
        parts.thinkingBy(plain).thinker(rows), steps, -time / (steps * stepSize));
  }

  /** Returns the time from the share {@code start} of noise to pure noise. */
  static double time(MatchingSettings settings, double start) {
    double slow = 1 - settings.decayFrom();
    double falling = slow > start ? slow * Math.log(slow / start) : 0;
    return (falling + Math.min(settings.decayFrom(), 1 - start)) / settings.multiplier();
  }

  /**
   * Returns the noise at the beginning of the trajectory to each image.
   *
   * @param context the context features of the images
   * @param images [rows, candidate...]
   * @param drawn normal noise, which decides the direction at the image
   */
  Array noise(Map<String, Array> context, Array images, Array drawn) {
    float[] start = new float[images.shape().elements()];
    for (int i = 0; i < start.length; i++) {
      start[i] = (float) ((1 - START) * images.real(i) + START * drawn.real(i));
    }
    thinker.observe(context);
    thinker.begin(Array.of(images.shape(), start));
    for (int i = 0; i < steps; i++) {
      thinker.step(scale, 0);
    }
    return thinker.candidate();
  }

  @Override
  public void close() {
    thinker.close();
  }
}
