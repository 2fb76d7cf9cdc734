package dev.ebt.vision;

import static java.util.Objects.requireNonNullElse;

import dev.ebt.diffusion.NoiseSchedule;
import dev.ebt.error.FormerName;
import dev.ebt.error.SettingException;
import dev.ebt.modality.DefaultStepSize;
import dev.ebt.vision.ImageSpec.Loss;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Settings of image denoising.
 *
 * @param size width and height of an image in pixels
 * @param channels 3 for colour, 1 for grey
 * @param patch width and height of the patches that a model sees
 * @param noise the noise level as a share of the diffusion schedule of 1000 steps: 0.1 leaves 95 %
 *     of the signal and adds noise of 0.32, with values from −1 to 1; 0.2 leaves 81 % and adds 0.58
 * @param minimumNoise if set, each image has its own level between this and {@code noise}
 * @param loss the loss between an image and the clean one
 */
public record DenoisingSettings(
    Integer size,
    Integer channels,
    Integer patch,
    Double noise,
    @FormerName("leastNoise") @Nullable Double minimumNoise,
    Loss loss)
    implements DefaultStepSize {

  /** A step size with which 16 patches of 48 values have trained well. */
  private static final double STEP = 100;

  /** Fills in defaults and refuses invalid values. */
  public DenoisingSettings(
      @Nullable Integer size,
      @Nullable Integer channels,
      @Nullable Integer patch,
      @Nullable Double noise,
      @Nullable Double minimumNoise,
      @Nullable Loss loss) {
    size = requireNonNullElse(size, 32);
    channels = requireNonNullElse(channels, 3);
    patch = requireNonNullElse(patch, 4);
    noise = requireNonNullElse(noise, 0.1);
    loss = requireNonNullElse(loss, Loss.SMOOTH_L1);
    new ImageSpec(size, channels, patch);
    level("noise", noise);
    if (minimumNoise != null) {
      level("minimumNoise", minimumNoise);
      if (minimumNoise > noise) {
        throw new SettingException(
            "modality.minimumNoise",
            String.format(Locale.ROOT, "%s is more than modality.noise %s", minimumNoise, noise));
      }
    }
    this.size = size;
    this.channels = channels;
    this.patch = patch;
    this.noise = noise;
    this.minimumNoise = minimumNoise;
    this.loss = loss;
  }

  /** Returns the space of candidates. */
  ImageSpec space() {
    return new ImageSpec(size, channels, patch);
  }

  /** See {@link ImageSpec#suitableStepSize}. */
  @Override
  public double suitableStepSize() {
    return space().suitableStepSize(STEP);
  }

  private static void level(String name, double value) {
    if (!(value >= 1.0 / NoiseSchedule.STEPS && value <= 1)) {
      throw new SettingException("modality." + name, "is " + value + "; 0.001 to 1 expected");
    }
  }
}
