package dev.ebt.vision;

import static java.util.Objects.requireNonNullElse;

import dev.ebt.error.FormerName;
import dev.ebt.error.SettingException;
import dev.ebt.modality.DefaultStepSize;
import dev.ebt.vision.ImageSpec.Loss;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Settings of image generation.
 *
 * @param size width and height of an image in pixels
 * @param channels 3 for colour, 1 for grey
 * @param patch width and height of the patches that a model sees
 * @param classes the number of classes to condition on; 0 for no class condition
 * @param conditionDimension the length of the condition vectors, made by any encoder of texts,
 *     attributes, …; 0 for no vector condition. The vectors of the training data are {@code
 *     data.vectors}
 * @param loss the loss between an image and the target
 * @param conditionDropout the share of rows that are trained without their condition, for guidance
 *     afterwards, such as 0.1; 0 for none
 */
public record GenerationSettings(
    Integer size,
    Integer channels,
    Integer patch,
    @FormerName("kinds") Integer classes,
    @FormerName("vector") Integer conditionDimension,
    Loss loss,
    Double conditionDropout)
    implements DefaultStepSize {

  /** Larger than for denoising: pure noise is further from an image than a noisy image is. */
  private static final double STEP = 500;

  /** Fills in defaults and refuses invalid values. */
  public GenerationSettings {
    size = requireNonNullElse(size, 32);
    channels = requireNonNullElse(channels, 3);
    patch = requireNonNullElse(patch, 4);
    classes = requireNonNullElse(classes, 0);
    conditionDimension = requireNonNullElse(conditionDimension, 0);
    loss = requireNonNullElse(loss, Loss.SMOOTH_L1);
    conditionDropout = requireNonNullElse(conditionDropout, 0.0);
    new ImageSpec(size, channels, patch);
    if (!(conditionDropout >= 0 && conditionDropout < 1)) {
      throw SettingException.of(
          "modality.conditionDropout", conditionDropout, "0 (none) or more, below 1");
    }
    if (conditionDropout > 0 && classes == 0 && conditionDimension == 0) {
      throw new SettingException(
          "modality.conditionDropout",
          "is " + conditionDropout + ", but there is no condition to leave out; 0 expected");
    }
    if (classes < 0) {
      throw new SettingException(
          "modality.classes", "is " + classes + "; 0 (none) or more expected");
    }
    if (conditionDimension < 0) {
      throw new SettingException(
          "modality.conditionDimension",
          "is " + conditionDimension + "; 0 (none) or more expected");
    }
    if (classes > 0 && conditionDimension > 0) {
      throw new SettingException(
          "modality.classes",
          String.format(
              Locale.ROOT,
              "is %d and modality.conditionDimension %d, but an image has one condition; set modality.classes=0 or modality.conditionDimension=0",
              classes,
              conditionDimension));
    }
  }

  /** Creates settings whose condition is never left out. */
  @SuppressWarnings("NullAway") // A setting that is null gets its default.
  public GenerationSettings(
      @Nullable Integer size,
      @Nullable Integer channels,
      @Nullable Integer patch,
      @Nullable Integer classes,
      @Nullable Integer conditionDimension,
      @Nullable Loss loss) {
    this(size, channels, patch, classes, conditionDimension, loss, null);
  }

  /** See {@link ImageSpec#suitableStepSize}. */
  @Override
  public double suitableStepSize() {
    return space().suitableStepSize(STEP);
  }

  /** Returns the space of candidates. */
  ImageSpec space() {
    return new ImageSpec(size, channels, patch);
  }
}
