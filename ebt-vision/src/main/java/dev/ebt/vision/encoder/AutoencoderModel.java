package dev.ebt.vision.encoder;

import dev.ebt.energy.PredictionModel;
import dev.ebt.nn.Parameters;
import dev.ebt.tensor.Shape;
import dev.ebt.tensor.Tensor;
import dev.ebt.vision.Reconstruction;
import java.util.Locale;

/** The trainable {@link Autoencoder}: maps a frame to a few latents and back. */
public final class AutoencoderModel implements PredictionModel {
  private final Autoencoder autoencoder;

  /** Creates a model for the frames and latents of a modality. */
  public AutoencoderModel(AutoencoderSettings settings, Reconstruction modality) {
    this.autoencoder =
        new Autoencoder(
            modality.frame(),
            modality.settings().patch(),
            settings.width(),
            settings.hidden(),
            modality.settings().latents());
  }

  @Override
  public String description() {
    return String.format(
        Locale.ROOT,
        "autoencoder, %d values to %d numbers and back, %d within",
        autoencoder.frame().elements(),
        autoencoder.latents(),
        autoencoder.hidden());
  }

  @Override
  public int width() {
    return Reconstruction.WIDTH;
  }

  /**
   * Returns the reconstructed frames.
   *
   * @param context [rows, channels, height, width], and so is the result
   */
  @Override
  public Tensor predict(Tensor context, Parameters parameters) {
    Weights weights = Weights.learnt(parameters);
    Shape shape = context.shape();
    Tensor frames = context.reshape(shape.size(0), autoencoder.frame().elements());
    return autoencoder.decode(autoencoder.encode(frames, weights), weights).reshape(shape);
  }
}
