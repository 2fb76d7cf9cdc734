package dev.ebt.vision;

import dev.ebt.diffusion.NoiseSchedule;
import dev.ebt.modality.Examples;
import dev.ebt.modality.FeatureSpec;
import dev.ebt.nn.Initializer;
import dev.ebt.nn.Parameters;
import dev.ebt.nn.PatchEmbedding;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.ElementType;
import dev.ebt.tensor.NamedTensors;
import dev.ebt.tensor.Philox;
import dev.ebt.tensor.Shape;
import dev.ebt.tensor.Tensor;
import dev.ebt.vision.image.ImageSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Prediction of a clean image from a noisy one. The candidate is an image, initialized with the
 * noisy one; as published, an energy model sees nothing else: it knows the noisy image only as the
 * initial candidate. A diffusion model also gets the noise level. Images are [channels, height,
 * width] with values from −1 to 1.
 *
 * <p>Parameters: {@code learned_adaln_condition.weight} [1, width], normal, the only context
 * embedding; and those of {@link PatchEmbedding} in {@code transformer}.
 */
public final class DenoisingModality implements ImageModality {
  /** The context feature: the noisy image. */
  public static final String NOISY = "noisy";

  /**
   * The context feature: the step of {@link NoiseSchedule} that gives the noise level; for
   * diffusion models.
   */
  public static final String TIME = "time";

  /** The target feature: the clean image. */
  public static final String CLEAN = "clean";

  /** The name of this modality and of the dataset of a user's own images. */
  public static final String NAME = "image-denoising";

  private static final long NOISE_SITE = 0x696D616765L;

  private final DenoisingSettings settings;

  /** Creates the modality. */
  public DenoisingModality(DenoisingSettings settings) {
    this.settings = settings;
  }

  /** Returns sizes, noise and loss. */
  @Override
  public DenoisingSettings settings() {
    return settings;
  }

  /** Returns values from 0 to 255 scaled to −1 to 1. */
  public static Array values(byte[] planes, Shape shape) {
    float[] values = new float[planes.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = (planes[i] & 0xFF) / 127.5f - 1;
    }
    return Array.of(shape, values);
  }

  /** Returns an image with noise of a level, as in training; the same for the same seed. */
  public Array noisy(Array clean, double level, long seed) {
    double signal = NoiseSchedule.signal(NoiseSchedule.step(level));
    int count = clean.shape().elements();
    double[] noise = Philox.normal(Philox.key(seed, NOISE_SITE), 0, count);
    float[] noisy = new float[count];
    for (int i = 0; i < count; i++) {
      noisy[i] = (float) (Math.sqrt(signal) * clean.real(i) + Math.sqrt(1 - signal) * noise[i]);
    }
    return Array.of(clean.shape(), noisy);
  }

  /** Returns the context features of one noisy image with noise of a level. */
  public Map<String, Array> features(Array noisy, double level) {
    return Map.of(
        NOISY, noisy.reshape(Shape.of(1).plus(noisy.shape().toIntArray())),
        TIME, Array.of(Shape.of(1), (long) NoiseSchedule.step(level)));
  }

  @Override
  public ImageSpec space() {
    return settings.space();
  }

  @Override
  public Examples rows(ImageSource images, int times, long seed) {
    return new NoisyImages(images, times, settings, seed);
  }

  @Override
  public String task() {
    String upTo = settings.noise().toString();
    return ", noise "
        + (settings.minimumNoise() == null || settings.minimumNoise().equals(settings.noise())
            ? upTo
            : settings.minimumNoise() + " to " + upTo);
  }

  @Override
  public List<FeatureSpec> context() {
    return List.of(
        new FeatureSpec(NOISY, candidate(), ElementType.REAL),
        new FeatureSpec(TIME, Shape.scalar(), ElementType.INTEGER));
  }

  @Override
  public FeatureSpec target() {
    return new FeatureSpec(CLEAN, candidate(), ElementType.REAL);
  }

  @Override
  public Tensor initialCandidate(NamedTensors context, Tensor key, Shape shape) {
    return context.get(NOISY);
  }

  /** Returns one learned vector for all rows: [1, width]. */
  @Override
  public Tensor embedContext(NamedTensors context, int width, Parameters parameters) {
    return parameters.undecayed(
        "learned_adaln_condition.weight", Shape.of(1, width), Initializer.normal(1));
  }

  @Override
  public int latestTime() {
    return NoiseSchedule.step(settings.noise());
  }

  @Override
  public long[] times(Map<String, Array> context, int rows) {
    return feature(context, TIME).longs();
  }

  /** Returns the mean over all values of an image. */
  @Override
  public Tensor loss(Tensor candidate, Tensor target) {
    return space().loss(settings.loss(), candidate, target);
  }

  /** See {@link ImageSpec#measures}. */
  @Override
  public Map<String, Tensor> metrics(Tensor candidate, Tensor target) {
    return space().measures(candidate, target);
  }

  @Override
  public Map<String, Integer> progressMetrics() {
    return Map.of("psnr", 2);
  }

  /** Describes an image's values and its distance from the noisy one. */
  @Override
  public String describe(Map<String, Array> context, Array values) {
    Array noisy = feature(context, NOISY);
    double squares = 0;
    int count = values.shape().elements();
    for (int i = 0; i < count; i++) {
      squares += Math.pow(values.real(i) - noisy.real(i), 2);
    }
    return String.format(
        Locale.ROOT,
        "%s; %.3f from the noisy one",
        space().describe(values),
        Math.sqrt(squares / count));
  }

  private static Array feature(Map<String, Array> context, String name) {
    Array feature = context.get(name);
    if (feature == null) {
      throw new IllegalArgumentException("no context feature " + name);
    }
    return feature;
  }
}
