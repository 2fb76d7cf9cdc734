package dev.ebt.diffusion;

import static dev.ebt.tensor.Functions.randomNormal;

import dev.ebt.backend.Backend;
import dev.ebt.backend.Executable;
import dev.ebt.energy.DenoisingModel;
import dev.ebt.error.Required;
import dev.ebt.modality.Batch;
import dev.ebt.modality.DiffusionModality;
import dev.ebt.modality.FeatureSpec;
import dev.ebt.modality.Modality;
import dev.ebt.nn.Parameters;
import dev.ebt.predict.TargetScores;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.NamedTensors;
import dev.ebt.tensor.Program;
import dev.ebt.tensor.Shape;
import dev.ebt.tensor.Tensor;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The error of a diffusion model in the noise that is added to given targets: the mean of (ε − ε̂)²
 * over the elements of a prediction and over {@value #TIMES} times, evenly spaced up to the
 * modality's latest. It is low for data like that of training. The noise is the same for all
 * batches. A model that was also trained without its condition is given none.
 */
public final class DenoisingErrors implements TargetScores {
  /** The name of the score. */
  public static final String DENOISING_ERROR = "denoisingError";

  private static final int TIMES = 10;
  private static final long SEED = 1;

  private final String target;
  private final Executable program;

  /** Compiles the program for a number of rows. */
  public DenoisingErrors(Backend backend, Modality modality, DenoisingModel model, int rows) {
    DenoisingFunction denoiser = DenoisingFunction.of(modality, model, new Parameters());
    Map<String, Tensor> features = new LinkedHashMap<>();
    for (FeatureSpec feature : modality.context()) {
      features.put(feature.name(), feature.input(rows));
    }
    NamedTensors given = NamedTensors.of(features);
    NamedTensors context = modality.withoutCondition(given).orElse(given);
    Tensor clean = modality.target().input(rows);
    Tensor sum = error(denoiser, clean, context, time(denoiser.modality(), 0), 0);
    for (int i = 1; i < TIMES; i++) {
      sum = sum.plus(error(denoiser, clean, context, time(denoiser.modality(), i), i));
    }
    this.target = modality.target().name();
    this.program =
        backend.compile(
            Program.named("denoisingErrors").output(DENOISING_ERROR, sum.divide(TIMES)).build());
  }

  /** Returns the middle of one of as many equal parts of all times. */
  private static long time(DiffusionModality modality, int number) {
    return (2L * number + 1) * (modality.latestTime() + 1) / (2 * TIMES);
  }

  private static Tensor error(
      DenoisingFunction denoiser, Tensor clean, NamedTensors context, long time, int number) {
    int rows = clean.shape().size(0);
    long[] all = new long[rows];
    Arrays.fill(all, time);
    Tensor times = Tensor.constant(Array.of(Shape.of(rows), all));
    Map<ReverseStepCoefficient, Tensor> at = ReverseStepCoefficient.ofSteps(times);
    Map<ReverseStepCoefficient, Tensor> over = ReverseStepCoefficient.over(clean.shape(), at);
    Tensor key = Tensor.constant(Array.of(Shape.of(2), SEED, number));
    Tensor noise = randomNormal(key, 0, clean.shape());
    Tensor noisy =
        clean
            .times(Required.of(over, ReverseStepCoefficient.SIGNAL))
            .plus(noise.times(Required.of(over, ReverseStepCoefficient.NOISE)));
    Tensor error = denoiser.move(noisy, times, context, at).noise().minus(noise).square();
    int predictions = 1 + denoiser.modality().predictions().rank();
    return error.mean(IntStream.range(predictions, error.shape().rank()).toArray());
  }

  @Override
  public Map<String, Array> of(Batch batch) {
    Map<String, Array> inputs = new HashMap<>(batch.context());
    inputs.put(target, batch.target());
    return program.run(inputs);
  }

  @Override
  public void close() {
    program.close();
  }
}
