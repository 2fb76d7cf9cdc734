package dev.ebt.vision.video;

import dev.ebt.error.UserException;
import dev.ebt.predict.Predictor;
import dev.ebt.predict.StepEnergies;
import dev.ebt.predict.ThinkingTrace;
import dev.ebt.run.RunParts;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An autoregressive roll-out of frames: predicts the frame after the last, appends it, and repeats.
 * Each frame is observed once, in a key/value cache, where the modality embeds frame by frame. A
 * model's window is finite: of more frames it sees the last ones, which it then observes anew for
 * each frame, as their positions change.
 */
public final class RollOut implements AutoCloseable {
  private final NextFrame conversion;
  private final Predictor predictor;
  private final boolean atOnePosition;
  private final boolean cached;
  private final List<Double> evaluationsUsed = new ArrayList<>();
  private final List<List<Double>> energies = new ArrayList<>();
  private boolean explaining;

  /**
   * Creates a roll-out for the model of a run, whose parameters are on its backend.
   *
   * @throws UserException if the run has another modality
   */
  public RollOut(RunParts parts) {
    this(parts, true);
  }

  /**
   * Creates a roll-out for the model of a run.
   *
   * @param cached whether frames are observed once; otherwise the whole window is for each frame,
   *     with the same result up to rounding
   * @throws UserException if the run has another modality
   */
  public RollOut(RunParts parts, boolean cached) {
    this.conversion = new NextFrame(parts);
    NextFrameModality modality = conversion.modality();
    Predictor caching = cached ? cachedPredictor(parts, modality).orElse(null) : null;
    this.cached = caching != null;
    Predictor focused =
        caching == null && modality.embedsElementwise()
            ? parts.predictors().focused(1, 1).orElse(null)
            : caching;
    this.atOnePosition = focused != null;
    this.predictor = focused == null ? parts.predictor(1) : focused;
  }

  private static Optional<Predictor> cachedPredictor(RunParts parts, NextFrameModality modality) {
    return modality.embedsElementwise()
        ? parts.predictors().cached(1, 1, modality.length())
        : Optional.empty();
  }

  /**
   * Returns whether a roll-out of a run can have a key/value cache.
   *
   * @throws UserException if the run has another modality
   */
  public static boolean canCache(RunParts parts) {
    try (NextFrame conversion = new NextFrame(parts)) {
      Optional<Predictor> predictor = cachedPredictor(parts, conversion.modality());
      predictor.ifPresent(Predictor::close);
      return predictor.isPresent();
    }
  }

  /**
   * Makes all further predictions with their {@link #energies}, which takes one evaluation more for
   * each frame.
   *
   * @throws UserException if the model has no energy
   */
  public void explain() {
    StepEnergies.check(predictor, "--explain");
    explaining = true;
  }

  /**
   * Returns the energy of each frame of the last prediction before the first step and after each
   * step; empty unless asked for.
   */
  public List<List<Double>> energies() {
    return List.copyOf(energies);
  }

  /** Returns whether each frame is observed once, in a key/value cache. */
  public boolean isCached() {
    return cached;
  }

  /**
   * Predicts frames.
   *
   * @param given at least one frame, each [values] from −1 to 1
   * @param steps the number of thinking steps per frame; 0 for a model that predicts directly
   * @param seed the seed of initial candidates
   * @return the predicted frames, values from −1 to 1 or somewhat beyond
   */
  public List<float[]> predict(List<float[]> given, int count, int steps, long seed) {
    if (given.isEmpty()) {
      throw new UserException("no frame to continue from; at least 1 expected");
    }
    evaluationsUsed.clear();
    energies.clear();
    List<float[]> frames = new ArrayList<>(given);
    while (frames.size() < given.size() + count) {
      frames.add(next(frames, steps, seed + frames.size()));
    }
    return frames.subList(given.size(), frames.size());
  }

  /**
   * Returns the number of network evaluations per frame: the mean over the frames of the last
   * prediction, if it is not the same for all.
   */
  public Number evaluations(int steps) {
    return evaluationsUsed.isEmpty()
        ? (Number) predictor.evaluations(steps)
        : (Number) evaluationsUsed.stream().mapToDouble(used -> used).average().orElseThrow();
  }

  private float[] next(List<float[]> frames, int steps, long seed) {
    predictor.check(steps);
    predictor.observe(conversion.context(frames));
    int position = conversion.position(frames);
    if (atOnePosition) {
      think(position, steps, seed);
    } else {
      predictor.begin(seed);
      reach(position, steps);
    }
    int at = atOnePosition ? 0 : position;
    predictor.evaluationsUsed().ifPresent(used -> evaluationsUsed.add(used.real(at)));
    return conversion.decode(frames, predictor.candidate());
  }

  private void think(int position, int steps, long seed) {
    Shape one = Shape.of(1, 1);
    predictor.focus(Array.of(one, new long[] {position}));
    Array seeds = Array.of(one, new long[] {seed});
    if (predictor.thinks()) {
      ThinkingTrace trace = predictor.think(seeds, steps, 0, explaining);
      if (explaining) {
        energies.add(trace.energies(0));
      }
    } else {
      predictor.beginEach(seeds);
      predictor.reach(steps, 0);
    }
  }

  /** Takes the steps of all positions at once. */
  private void reach(int position, int steps) {
    if (explaining) {
      List<Array> all = StepEnergies.of(predictor, steps, 0);
      energies.add(all.stream().map(energy -> energy.real(position)).toList());
    } else {
      predictor.reach(steps, 0);
    }
  }

  /** Releases the programs. */
  @Override
  public void close() {
    predictor.close();
    conversion.close();
  }
}
