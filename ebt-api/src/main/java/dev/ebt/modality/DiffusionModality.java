package dev.ebt.modality;

import dev.ebt.nn.Parameters;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.NamedTensors;
import dev.ebt.tensor.Tensor;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A modality whose candidates are real-valued and start as a target with diffusion noise, or as
 * pure noise, so that a {@link dev.ebt.energy.DenoisingModel} can be trained on it as well as an
 * energy model. Times are steps of {@link dev.ebt.diffusion.NoiseSchedule}, from 0.
 */
public interface DiffusionModality extends Modality {
  /** Returns the last time: training draws times up to it, and no candidate starts later. */
  int latestTime();

  /**
   * Returns the time of each row's initial candidate.
   *
   * @param context the context features, each [rows, ...]
   * @param rows the number of rows
   */
  long[] times(Map<String, Array> context, int rows);

  /** Returns the embedded condition, [rows, width]; null if denoising is unconditional. */
  default @Nullable Tensor condition(NamedTensors context, int width, Parameters parameters) {
    return null;
  }

  /** Returns the number of noise and variance values per element of an embedded candidate. */
  int noiseSize();

  /**
   * Arranges these values like a candidate, with the first axis after the predictions twice as
   * long: first the noise, then the interpolation between the bounds of the variance.
   *
   * @param output the model's output, [rows, elements, {@link #noiseSize}]
   */
  Tensor decodeNoise(Tensor output);
}
