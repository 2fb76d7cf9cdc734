package dev.ebt.vision.video;

import dev.ebt.backend.Executable;
import dev.ebt.error.Required;
import dev.ebt.error.UserException;
import dev.ebt.run.RunParts;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.ElementType;
import dev.ebt.tensor.Program;
import dev.ebt.tensor.Shape;
import dev.ebt.tensor.Tensor;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The conversion of frames to the context of a model, and of its candidates to the next frame. A
 * model's window is finite: of more frames it sees the last ones.
 */
final class NextFrame implements AutoCloseable {
  private static final String LATENT = "latent";
  private static final String PIXELS = "pixels";

  private final NextFrameModality modality;
  private final Executable decode;
  private final boolean decodesWithFrames;

  /**
   * Compiles the conversion for the model of a run.
   *
   * @throws UserException if the run has another modality
   */
  NextFrame(RunParts parts) {
    if (!(parts.modality() instanceof NextFrameModality video)) {
      throw new UserException(
          String.format(
              Locale.ROOT,
              "frames are predicted by modality '%s'; this run has modality '%s'",
              NextFrameModality.NAME,
              parts.configuration().modality().name()));
    }
    this.modality = video;
    Shape one = Shape.of(1);
    Tensor latent =
        Tensor.input(LATENT, one.plus(video.candidate().toIntArray()), ElementType.REAL);
    Tensor frames = video.context().get(0).input(1);
    Program decoding = Program.named("decode").output(PIXELS, video.pixels(latent, frames)).build();
    this.decode = parts.backend().compile(decoding);
    this.decodesWithFrames = decoding.inputs().containsKey(NextFrameModality.FRAMES);
  }

  /**
   * Returns the context of the last frames, one row. The window is padded with zeros behind the
   * known frames, which no position before them sees.
   *
   * @param frames each [values], from −1 to 1
   */
  Map<String, Array> context(List<float[]> frames) {
    int values = modality.settings().values();
    int from = Math.max(0, frames.size() - modality.length());
    float[] window = new float[modality.length() * values];
    for (int i = from; i < frames.size(); i++) {
      System.arraycopy(frames.get(i), 0, window, (i - from) * values, values);
    }
    Shape shape = Shape.of(1, modality.length(), values);
    return Map.of(NextFrameModality.FRAMES, Array.of(shape, window));
  }

  /** Returns the position of the window that predicts the frame after the last one. */
  int position(List<float[]> frames) {
    return Math.min(frames.size(), modality.length()) - 1;
  }

  /**
   * Returns the frame after the last one.
   *
   * @param candidates [1, candidate...], or only that after the last frame, [1, 1, latents]
   * @return [values], from −1 to 1 or somewhat beyond
   */
  float[] decode(List<float[]> frames, Array candidates) {
    Map<String, Array> inputs = new HashMap<>(Map.of(LATENT, window(candidates, frames)));
    if (decodesWithFrames) {
      inputs.putAll(context(frames));
    }
    int values = modality.settings().values();
    int last = position(frames) * values;
    return Arrays.copyOfRange(
        Required.of(decode.run(inputs), PIXELS).floats(), last, last + values);
  }

  /** Returns candidates for the whole window, zeros where there is none. */
  private Array window(Array candidates, List<float[]> frames) {
    int latents = candidates.shape().size(2);
    if (candidates.shape().size(1) == modality.length()) {
      return candidates;
    }
    float[] all = new float[modality.length() * latents];
    System.arraycopy(candidates.floats(), 0, all, position(frames) * latents, latents);
    return Array.of(Shape.of(1, modality.length(), latents), all);
  }

  NextFrameModality modality() {
    return modality;
  }

  /** Releases the program. */
  @Override
  public void close() {
    decode.close();
  }
}
