package dev.ebt.predict;

import dev.ebt.tensor.Array;
import dev.ebt.tensor.Variable;
import java.util.Map;
import java.util.Optional;

/**
 * A predictor that forwards every call to another one. Subclasses override what they change. Where
 * another predictor is an argument, and is of the same class, the one that it forwards to takes its
 * place.
 */
public abstract class ForwardingPredictor implements Predictor {
  private final Predictor predictor;

  /** Creates a predictor that forwards to another one and owns it. */
  protected ForwardingPredictor(Predictor predictor) {
    this.predictor = predictor;
  }

  /** Returns the predictor that calls are forwarded to. */
  protected final Predictor delegate() {
    return predictor;
  }

  /** Returns the predictor that one of this class forwards to, and another one as it is. */
  protected final Predictor unwrapped(Predictor from) {
    return from instanceof ForwardingPredictor other && other.getClass() == getClass()
        ? other.predictor
        : from;
  }

  /** Thinks by the steps of this predictor, one by one, instead of those of the delegate. */
  protected final ThinkingTrace thinkStepwise(
      Array seeds, int steps, double tolerance, boolean finalEnergy) {
    return Predictor.super.think(seeds, steps, tolerance, finalEnergy);
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
  public boolean candidatesRepel() {
    return predictor.candidatesRepel();
  }

  @Override
  public int leastSteps() {
    return predictor.leastSteps();
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
  public void begin(long withSeed) {
    predictor.begin(withSeed);
  }

  @Override
  public void beginEach(Array seeds) {
    predictor.beginEach(seeds);
  }

  @Override
  public boolean seedsEachRow() {
    return predictor.seedsEachRow();
  }

  @Override
  public ThinkingTrace think(Array seeds, int steps, double tolerance, boolean finalEnergy) {
    return predictor.think(seeds, steps, tolerance, finalEnergy);
  }

  @Override
  public void takeObservations(Predictor from, int[] sources, int[] targets) {
    predictor.takeObservations(unwrapped(from), sources, targets);
  }

  @Override
  public boolean takePredictions(Predictor from, int[] sources, int[] targets) {
    return predictor.takePredictions(unwrapped(from), sources, targets);
  }

  @Override
  public boolean stopsEarly() {
    return predictor.stopsEarly();
  }

  @Override
  public void endThinking(int steps) {
    predictor.endThinking(steps);
  }

  @Override
  public double stepSizeScale(int steps) {
    return predictor.stepSizeScale(steps);
  }

  @Override
  public boolean continues() {
    return predictor.continues();
  }

  @Override
  public StepResult step(double stepSizeScale, double tolerance) {
    return predictor.step(stepSizeScale, tolerance);
  }

  @Override
  public void reach(int steps, double tolerance) {
    predictor.reach(steps, tolerance);
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
