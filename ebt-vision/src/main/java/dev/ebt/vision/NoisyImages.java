package dev.ebt.vision;

import dev.ebt.diffusion.NoiseSchedule;
import dev.ebt.modality.Batch;
import dev.ebt.modality.Examples;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.Philox;
import dev.ebt.tensor.Shape;
import dev.ebt.vision.image.ImageSource;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Images with noise. The noise of a row is a function of the seed and the row, so it is the same
 * whenever the row is read; each image has one row per noise draw.
 */
final class NoisyImages implements Examples {
  private static final long NOISE_SITE = 0x6E6F697365L;
  private static final long LEVEL_SITE = 0x6C6576656CL;

  private final ImageSource images;
  private final int noises;
  private final DenoisingSettings settings;
  private final long seed;

  /**
   * Creates rows of these images.
   *
   * @param noises the number of rows per image
   * @param seed the seed of noise and levels
   */
  NoisyImages(ImageSource images, int noises, DenoisingSettings settings, long seed) {
    this.images = images;
    this.noises = noises;
    this.settings = settings;
    this.seed = seed;
  }

  @Override
  public int size() {
    return Math.multiplyExact(images.size(), noises);
  }

  @Override
  public Batch batch(int... rows) {
    int values = settings.channels() * settings.size() * settings.size();
    float[] clean = new float[rows.length * values];
    float[] noisy = new float[rows.length * values];
    long[] times = new long[rows.length];
    for (int i = 0; i < rows.length; i++) {
      byte[] image = images.planes(rows[i] % images.size());
      times[i] = time(rows[i]);
      double signal = NoiseSchedule.signal((int) times[i]);
      double signalFactor = Math.sqrt(signal);
      double noiseFactor = Math.sqrt(1 - signal);
      double[] noise = Philox.normal(Philox.key(seed, NOISE_SITE), rows[i], values);
      for (int j = 0; j < values; j++) {
        int at = i * values + j;
        clean[at] = (image[j] & 0xFF) / 127.5f - 1;
        noisy[at] = (float) (signalFactor * clean[at] + noiseFactor * noise[j]);
      }
    }
    Shape shape = Shape.of(rows.length, settings.channels(), settings.size(), settings.size());
    return new Batch(
        Map.of(
            DenoisingModality.NOISY,
            Array.of(shape, noisy),
            DenoisingModality.TIME,
            Array.of(Shape.of(rows.length), times)),
        Array.of(shape, clean),
        Array.filled(Shape.of(rows.length), 1));
  }

  /** Returns the time of a row: that of the level, or one drawn between those of two levels. */
  private int time(int row) {
    int last = NoiseSchedule.step(settings.noise());
    @Nullable Double least = settings.minimumNoise();
    if (least == null) {
      return last;
    }
    int first = NoiseSchedule.step(least);
    double drawn = Philox.uniform(Philox.key(seed, LEVEL_SITE), row, 1)[0];
    return first + (int) (drawn * (last - first + 1));
  }
}
