package dev.ebt.vision.video;

import dev.ebt.backend.Executable;
import dev.ebt.error.Required;
import dev.ebt.error.UserException;
import dev.ebt.predict.Predictor;
import dev.ebt.run.RunParts;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.ElementType;
import dev.ebt.tensor.Program;
import dev.ebt.tensor.Shape;
import dev.ebt.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * An autoregressive roll-out of frames: predicts the frame after the last, appends it, and repeats.
 * A model's window is finite: of more frames it sees the last ones.
 */
public final class RollOut implements AutoCloseable {
  private static final String LATENT = "latent";
  private static final String PIXELS = "pixels";

  private final NextFrameModality modality;
  private final Predictor predictor;
  private final Executable decode;
  private final boolean decodesWithFrames;
  private final List<Double> evaluationsUsed = new ArrayList<>();

  /**
   * Creates a roll-out for the model of a run, whose parameters are on its backend.
   *
   * @throws UserException if the run has another modality
   */
  public RollOut(RunParts parts) {
    if (!(parts.modality() instanceof NextFrameModality video)) {
      throw new UserException(
          String.format(
              Locale.ROOT,
              "frames are predicted by modality '%s'; this run has modality '%s'",
              NextFrameModality.NAME,
              parts.configuration().modality().name()));
    }
    this.modality = video;
    this.predictor = parts.predictor(1);
    Shape one = Shape.of(1);
    Tensor latent =
        Tensor.input(LATENT, one.plus(video.candidate().toIntArray()), ElementType.REAL);
    Tensor frames = video.context().get(0).input(1);
    Program decoding = Program.named("decode").output(PIXELS, video.pixels(latent, frames)).build();
    this.decode = parts.backend().compile(decoding);
    this.decodesWithFrames = decoding.inputs().containsKey(NextFrameModality.FRAMES);
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

  /**
   * Predicts one frame. The window is padded with zeros behind the known frames, which no position
   * before them sees.
   */
  private float[] next(List<float[]> frames, int steps, long seed) {
    int values = modality.settings().values();
    int from = Math.max(0, frames.size() - modality.length());
    float[] window = new float[modality.length() * values];
    for (int i = from; i < frames.size(); i++) {
      System.arraycopy(frames.get(i), 0, window, (i - from) * values, values);
    }
    Shape shape = Shape.of(1, modality.length(), values);
    Array observed = Array.of(shape, window);
    predictor.observe(Map.of(NextFrameModality.FRAMES, observed));
    predictor.begin(seed);
    predictor.reach(steps, 0);
    int position = frames.size() - from - 1;
    predictor.evaluationsUsed().ifPresent(used -> evaluationsUsed.add(used.real(position)));
    Map<String, Array> inputs = new HashMap<>(Map.of(LATENT, predictor.candidate()));
    if (decodesWithFrames) {
      inputs.put(NextFrameModality.FRAMES, observed);
    }
    int last = position * values;
    return Arrays.copyOfRange(
        Required.of(decode.run(inputs), PIXELS).floats(), last, last + values);
  }

  /** Releases the programs. */
  @Override
  public void close() {
    predictor.close();
    decode.close();
  }
}
