package dev.ebt.think;

import dev.ebt.predict.ForwardingPredictor;
import dev.ebt.predict.Predictor;
import dev.ebt.predict.StepResult;
import dev.ebt.predict.ThinkingTrace;
import dev.ebt.tensor.Array;
import java.util.Optional;

/** A predictor with a factor on the step size of all its thinking steps. */
final class ScaledPredictor extends ForwardingPredictor {
  private final double scale;
  private Runnable restart = () -> begin(0);
  private int taken;
  private double lastScale = 1;

  ScaledPredictor(Predictor predictor, double scale) {
    super(predictor);
    this.scale = scale;
  }

  @Override
  public StepResult step(double stepSizeScale, double tolerance) {
    StepResult step = super.step(stepSizeScale * scale, tolerance);
    lastScale = stepSizeScale;
    taken++;
    return step;
  }

  @Override
  public void reach(int steps, double tolerance) {
    check(steps);
    if (!thinks()) {
      super.reach(steps, tolerance);
      return;
    }
    double wanted = stepSizeScale(steps);
    if (!continues() && taken > 0 && lastScale != wanted) {
      restart.run();
    }
    while (taken < steps) {
      if (step(wanted, tolerance).remaining() == 0) {
        taken = steps; // Further steps would update nothing.
      }
    }
    super.endThinking(steps);
  }

  /** Takes steps one by one; the programs of several steps have the model's own step size. */
  @Override
  public ThinkingTrace think(Array seeds, int steps, double tolerance, boolean finalEnergy) {
    if (!thinks()) {
      return super.think(seeds, steps, tolerance, finalEnergy);
    }
    ThinkingTrace trace = thinkStepwise(seeds, steps, tolerance, false);
    super.endThinking(steps); // The final energy is in the landscape of the last step.
    return finalEnergy ? new ThinkingTrace(trace.steps(), Optional.of(energy())) : trace;
  }

  @Override
  public boolean takePredictions(Predictor from, int[] sources, int[] targets) {
    if (from instanceof ScaledPredictor other && super.takePredictions(from, sources, targets)) {
      taken = other.taken;
      lastScale = other.lastScale;
      return true;
    }
    return false;
  }

  @Override
  public void endThinking(int steps) {
    taken = Math.max(taken, steps);
    super.endThinking(steps);
  }

  @Override
  public void begin(long withSeed) {
    taken = 0;
    restart = () -> begin(withSeed);
    super.begin(withSeed);
  }

  @Override
  public void beginEach(Array seeds) {
    taken = 0;
    restart = () -> beginEach(seeds);
    super.beginEach(seeds);
  }
}
