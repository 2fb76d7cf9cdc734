package dev.ebt.vision.video;

import dev.ebt.error.UserException;
import dev.ebt.predict.Predictor;
import dev.ebt.run.RunParts;
import java.util.ArrayList;
import java.util.List;

/**
 * An autoregressive roll-out of frames: predicts the frame after the last, appends it, and repeats.
 * A model's window is finite: of more frames it sees the last ones.
 */
public final class RollOut implements AutoCloseable {
  private final NextFrame conversion;
  private final Predictor predictor;
  private final List<Double> evaluationsUsed = new ArrayList<>();

  /**
   * Creates a roll-out for the model of a run, whose parameters are on its backend.
   *
   * @throws UserException if the run has another modality
   */
  public RollOut(RunParts parts) {
    this.conversion = new NextFrame(parts);
    this.predictor = parts.predictor(1);
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
    predictor.observe(conversion.context(frames));
    predictor.begin(seed);
    predictor.reach(steps, 0);
    int position = conversion.position(frames);
    predictor.evaluationsUsed().ifPresent(used -> evaluationsUsed.add(used.real(position)));
    return conversion.decode(frames, predictor.candidate());
  }

  /** Releases the programs. */
  @Override
  public void close() {
    predictor.close();
    conversion.close();
  }
}
