package dev.ebt.think;

import dev.ebt.predict.FixedElements;
import dev.ebt.predict.Predictor;
import dev.ebt.predict.StepResult;
import dev.ebt.predict.ThinkingTrace;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.Variable;
import java.util.Map;
import java.util.Optional;

/** A predictor with a factor on the step size of all its thinking steps. */
final class ScaledPredictor implements Predictor {
  private final Predictor predictor;
  private final double scale;
  private int taken;

  ScaledPredictor(Predictor predictor, double scale) {
    this.predictor = predictor;
    this.scale = scale;
  }

  @Override
  public StepResult step(double stepSizeScale, double tolerance) {
    StepResult step = predictor.step(stepSizeScale * scale, tolerance);
    taken++;
    return step;
  }

  @Override
  public void reach(int steps, double tolerance) {
    check(steps);
    while (predictor.thinks() && taken < steps) {
      if (step(1, tolerance).remaining() == 0) {
        taken = steps; // Further steps would update nothing.
      }
    }
    predictor.reach(steps, tolerance); // No step of another size updates anything any more.
  }

  /** Takes steps one by one; the programs of several steps have the model's own step size. */
  @Override
  public ThinkingTrace think(Array seeds, int steps, double tolerance, boolean finalEnergy) {
    if (!predictor.thinks()) {
      return predictor.think(seeds, steps, tolerance, finalEnergy);
    }
    ThinkingTrace trace = Predictor.super.think(seeds, steps, tolerance, false);
    predictor.reach(steps, tolerance); // The final energy is in the landscape of the last step.
    return finalEnergy ? new ThinkingTrace(trace.steps(), Optional.of(energy())) : trace;
  }

  @Override
  public void takeObservations(Predictor from, int[] sources, int[] targets) {
    Predictor wrapped = from instanceof ScaledPredictor other ? other.predictor : from;
    predictor.takeObservations(wrapped, sources, targets);
  }

  @Override
  public boolean takePredictions(Predictor from, int[] sources, int[] targets) {
    if (from instanceof ScaledPredictor other
        && predictor.takePredictions(other.predictor, sources, targets)) {
      taken = other.taken;
      return true;
    }
    return false;
  }

  @Override
  public boolean stopsEarly() {
    return predictor.stopsEarly();
  }

  @Override
  public void endThinking(int steps) {
    taken = Math.max(taken, steps);
    predictor.endThinking(steps);
  }

  @Override
  public void begin(long withSeed) {
    taken = 0;
    predictor.begin(withSeed);
  }

  @Override
  public void beginEach(Array seeds) {
    taken = 0;
    predictor.beginEach(seeds);
  }

  @Override
  public boolean thinks() {
    return predictor.thinks();
  }

  @Override
  public boolean candidatesDiffer() {
    return predictor.candidatesDiffer();
  }

  @Override
  public void check(int steps) {
    predictor.check(steps);
  }

  @Override
  public int evaluations(int steps) {
    return predictor.evaluations(steps);
  }

  @Override
  public void observe(Map<String, Array> features) {
    predictor.observe(features);
  }

  @Override
  public void forget() {
    predictor.forget();
  }

  @Override
  public void focus(Array positions) {
    predictor.focus(positions);
  }

  @Override
  public void hold(FixedElements elements) {
    predictor.hold(elements);
  }

  @Override
  public Array energy() {
    return predictor.energy();
  }

  @Override
  public boolean selectsByEnergy() {
    return predictor.selectsByEnergy();
  }

  @Override
  public Array selectionScores() {
    return predictor.selectionScores();
  }

  @Override
  public Optional<Array> evaluationsUsed() {
    return predictor.evaluationsUsed();
  }

  @Override
  public Array candidate() {
    return predictor.candidate();
  }

  @Override
  public Variable candidates() {
    return predictor.candidates();
  }

  @Override
  public Map<String, Array> assess(String targetName, Array target) {
    return predictor.assess(targetName, target);
  }

  @Override
  public void close() {
    predictor.close();
  }
}
