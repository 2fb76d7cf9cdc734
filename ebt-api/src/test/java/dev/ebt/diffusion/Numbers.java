package dev.ebt.diffusion;

import dev.ebt.energy.DenoisingModel;
import dev.ebt.modality.DiffusionModality;
import dev.ebt.modality.FeatureSpec;
import dev.ebt.nn.Parameters;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.ElementType;
import dev.ebt.tensor.Functions;
import dev.ebt.tensor.NamedTensors;
import dev.ebt.tensor.Shape;
import dev.ebt.tensor.Tensor;
import java.util.List;
import java.util.Map;

/** Rows of so many numbers that begin as noise, at a time that the context tells. */
record Numbers(int count, int latestTime) implements DiffusionModality {
  static final String TIME = "time";

  /** The context of rows at these times. */
  static Map<String, Array> context(long... times) {
    return Map.of(TIME, Array.of(Shape.of(times.length), times));
  }

  @Override
  public List<FeatureSpec> context() {
    return List.of(new FeatureSpec(TIME, Shape.scalar(), ElementType.INTEGER));
  }

  @Override
  public FeatureSpec target() {
    return new FeatureSpec("target", candidate(), ElementType.REAL);
  }

  @Override
  public Shape predictions() {
    return Shape.scalar();
  }

  @Override
  public Shape candidate() {
    return Shape.of(count);
  }

  @Override
  public Tensor initialCandidate(NamedTensors context, Tensor key, Shape shape) {
    return Functions.randomNormal(key, 7, shape);
  }

  @Override
  public Tensor embedContext(NamedTensors context, int width, Parameters parameters) {
    throw new AssertionError("a diffusion model asks for a condition");
  }

  @Override
  public Tensor embedCandidate(Tensor modelInput, int width, Parameters parameters) {
    return modelInput.reshape(modelInput.shape().plus(1));
  }

  @Override
  public long[] times(Map<String, Array> context, int rows) {
    return context.get(TIME).longs();
  }

  @Override
  public int noiseSize() {
    return 2;
  }

  @Override
  public Tensor decodeNoise(Tensor told) {
    return told.transpose(0, 2, 1).reshape(told.shape().size(0), 2 * count);
  }

  @Override
  public Tensor loss(Tensor candidate, Tensor target) {
    return candidate.minus(target).square().mean(1);
  }

  @Override
  public String describe(Map<String, Array> context, Array values) {
    return values.toString();
  }

  /**
   * What is best to tell where all clean numbers are normal with mean 0: the noise is √(1−ᾱ) y / (ᾱ
   * σ² + 1 − ᾱ) on average.
   *
   * @param deviation σ
   */
  record Best(double deviation) implements DenoisingModel {
    @Override
    public String description() {
      return "best denoiser";
    }

    @Override
    public int width() {
      return 1;
    }

    @Override
    public Tensor denoise(
        Tensor noisy, Tensor times, Tensor condition, int size, Parameters parameters) {
      Map<ReverseStepCoefficient, Tensor> at =
          ReverseStepCoefficient.over(noisy.shape(), ReverseStepCoefficient.ofSteps(times));
      Tensor kept = at.get(ReverseStepCoefficient.SIGNAL).times(deviation);
      Tensor added = at.get(ReverseStepCoefficient.NOISE);
      Tensor noise = noisy.times(added).divide(kept.square().plus(added.square()));
      return Functions.concat(2, noise, Tensor.filled(noisy.shape(), -1));
    }
  }
}
