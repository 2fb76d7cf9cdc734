package dev.ebt.vision.encoder;

import dev.ebt.energy.DirectModel;
import dev.ebt.nn.Parameters;
import dev.ebt.tensor.Shape;
import dev.ebt.tensor.Tensor;
import java.util.Locale;

/** The trainable {@link AutoencoderNetwork}: maps a frame to a few latents and back. */
public final class AutoencoderModel implements DirectModel {
  /** The width of its embeddings: it has none. */
  public static final int WIDTH = 0;

  private final AutoencoderNetwork autoencoder;

  /** Creates a model that trains this autoencoder. */
  public AutoencoderModel(AutoencoderNetwork autoencoder) {
    this.autoencoder = autoencoder;
  }

  @Override
  public String description() {
    return String.format(
        Locale.ROOT,
        "autoencoder, %d values to %d latents and back, %d hidden units",
        autoencoder.frame().elements(),
        autoencoder.latents(),
        autoencoder.hidden());
  }

  @Override
  public int width() {
    return WIDTH;
  }

  /**
   * Returns the reconstructed frames.
   *
   * @param context [rows, channels, height, width], and so is the result
   */
  @Override
  public Tensor predict(Tensor context, Parameters parameters) {
    Weights weights = Weights.learned(parameters);
    Shape shape = context.shape();
    Tensor frames = context.reshape(shape.size(0), autoencoder.frame().elements());
    return autoencoder.decode(autoencoder.encode(frames, weights), weights).reshape(shape);
  }
}
