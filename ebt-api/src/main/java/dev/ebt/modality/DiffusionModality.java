package dev.ebt.modality;

import dev.ebt.nn.Parameters;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.NamedTensors;
import dev.ebt.tensor.Tensor;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A modality whose candidates are real numbers that begin as a target with the noise of a
 * diffusion, or as nothing but noise: one that a {@link dev.ebt.energy.DenoisingModel} can learn as
 * well as an energy model. Times are steps of {@link dev.ebt.diffusion.NoiseSchedule}, from 0.
 */
public interface DiffusionModality extends Modality {
  /** The last time that is met: learning draws times up to it, and no candidate begins later. */
  int latestTime();

  /**
   * The time of each row's initial candidate.
   *
   * @param context the context features, each [rows, ...]
   * @param rows how many there are
   */
  long[] times(Map<String, Array> context, int rows);

  /** What is to be candidates' subject, [rows, width]; null if only the noisy candidate tells. */
  default @Nullable Tensor condition(NamedTensors context, int width, Parameters parameters) {
    return null;
  }

  /** How many numbers tell noise and variance of one element of an embedded candidate. */
  int noiseSize();

  /**
   * Those numbers in the places of a candidate, whose first axis after the predictions is twice as
   * long as a candidate's: first the noise, then what lies between the bounds of the variance.
   *
   * @param told [rows, elements, {@link #noiseSize}]
   */
  Tensor decodeNoise(Tensor told);
}
