package dev.ebt.vision.encoder;

import dev.ebt.error.UserException;
import dev.ebt.modality.LatentSpace;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.Shape;
import dev.ebt.tensor.Tensor;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The latent space of a trained {@link AutoencoderNetwork}: (z − m) / s, with m the mean of each
 * latent z over the training frames, and one s for all of them that makes their variance 1 on
 * average.
 */
final class AutoencoderSpace implements LatentSpace {
  private static final String MEAN = "encoder.mean";
  private static final String SCALE = "encoder.scale";

  /** The number of frames over which mean and scale are computed. */
  private static final int MOST_FRAMES = 256;

  private final AutoencoderNetwork autoencoder;
  private final Weights weights;
  private final String source;
  private final String fingerprint;
  private Map<String, Array> fitted = Map.of();

  /**
   * Creates a space with these weights.
   *
   * @param source the origin of the weights, for messages
   */
  AutoencoderSpace(
      AutoencoderNetwork autoencoder,
      Map<String, Array> weights,
      String source,
      String fingerprint) {
    this.autoencoder = autoencoder;
    this.weights = Weights.frozen(weights);
    this.source = source;
    this.fingerprint = fingerprint;
  }

  @Override
  public int size() {
    return autoencoder.latents();
  }

  @Override
  public Tensor encode(Tensor values) {
    return autoencoder.encode(values, weights).minus(mean()).times(1 / scale());
  }

  @Override
  public Tensor decode(Tensor latents) {
    return autoencoder.decode(latents.times(scale()).plus(mean()), weights);
  }

  private Tensor mean() {
    return Tensor.constant(part(MEAN));
  }

  private double scale() {
    return part(SCALE).item();
  }

  private Array part(String name) {
    Array part = fitted.get(name);
    if (part == null) {
      throw new IllegalStateException("an encoder is used before it is fitted");
    }
    return part;
  }

  @Override
  public int wanted() {
    return MOST_FRAMES;
  }

  @Override
  public void fit(List<float[]> arrays) {
    if (!fitted.isEmpty()) {
      return;
    }
    Array codes = HostEvaluator.run(frames -> autoencoder.encode(frames, weights), arrays);
    float[] mean = new float[size()];
    for (int j = 0; j < size(); j++) {
      double sum = 0;
      for (int i = 0; i < arrays.size(); i++) {
        sum += codes.real(i * size() + j);
      }
      mean[j] = (float) (sum / arrays.size());
    }
    double squares = 0;
    for (int i = 0; i < codes.shape().elements(); i++) {
      squares += Math.pow(codes.real(i) - mean[i % size()], 2);
    }
    double scale = Math.sqrt(squares / codes.shape().elements());
    if (!(scale > 0 && scale < Float.MAX_VALUE)) {
      throw new UserException(
          String.format(
              Locale.ROOT,
              "%s has latents with standard deviation %s over %d frames; a finite one"
                  + " above 0 expected, from frames that differ",
              source,
              scale,
              arrays.size()));
    }
    fitted =
        Map.of(
            MEAN, Array.of(Shape.of(size()), mean),
            SCALE, Array.of(Shape.of(1), new float[] {(float) scale}));
  }

  @Override
  public String description() {
    return String.format(Locale.ROOT, "%d latents of an autoencoder", size());
  }

  @Override
  public String fingerprint() {
    return description() + " (" + fingerprint + ")";
  }

  @Override
  public Map<String, Shape> fittedShapes() {
    return Map.of(MEAN, Shape.of(size()), SCALE, Shape.of(1));
  }

  @Override
  public Map<String, Array> fitted() {
    return fitted;
  }

  @Override
  public void restore(Map<String, Array> values) {
    fitted = Map.copyOf(values);
  }
}
