package dev.ebt.vision.encoder;

import dev.ebt.error.Required;
import dev.ebt.error.UserException;
import dev.ebt.modality.LatentEncoder;
import dev.ebt.modality.LatentSpace;
import dev.ebt.plugin.HasArtifacts;
import dev.ebt.run.ModelFolder;
import dev.ebt.store.DurableFiles;
import dev.ebt.store.Safetensors;
import dev.ebt.store.Sha256;
import dev.ebt.store.StoredCheckpoint;
import dev.ebt.store.Weights;
import dev.ebt.store.WrapperPrefixes;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/** An {@link AutoencoderNetwork} whose weights are in a file. A run stores a copy of them. */
public final class TrainedAutoencoder implements LatentEncoder, HasArtifacts {
  /** The name of the encoder, and of the model that trains one. */
  public static final String NAME = "autoencoder";

  private static final int SHOWN = 16;

  private final Path file;
  private final byte[] bytes;
  private final Map<String, Array> weights;

  private TrainedAutoencoder(Path file, byte[] bytes, Map<String, Array> weights) {
    this.file = file;
    this.bytes = bytes;
    this.weights = weights;
  }

  /**
   * Reads weights. Those of a run are the weights that it is used with: their moving average, if it
   * has one.
   *
   * @param path a {@code .safetensors} file, a run, or an exported model
   * @throws UserException if the file does not exist, or it is a run of another model
   */
  public static TrainedAutoencoder read(Path path) {
    if (!Files.exists(path)) {
      throw new UserException(
          String.format(
              Locale.ROOT,
              "modality.encoder.path: no file or folder %s; './ebt train --recipe autoencoder --out %1$s' makes one",
              path));
    }
    if (Files.isDirectory(path)) {
      StoredCheckpoint stored = checkpoint(path);
      if (stored.hasAverage()) {
        Map<String, Array> weights = stored.with(Weights.USUAL).parameters();
        byte[] bytes = new Safetensors(weights, Map.of()).bytes();
        return new TrainedAutoencoder(path, bytes, weights);
      }
      return read(path, stored.model());
    }
    return read(path, path);
  }

  private static TrainedAutoencoder read(Path path, Path file) {
    try {
      return new TrainedAutoencoder(
          path,
          Files.readAllBytes(file),
          WrapperPrefixes.removed(file, Safetensors.read(file).tensors()));
    } catch (IOException e) {
      throw DurableFiles.unreadable(file, e);
    }
  }

  private static StoredCheckpoint checkpoint(Path run) {
    StoredCheckpoint stored = ModelFolder.checkpoint(run, "latest");
    String model = Required.of(stored.progress().parts(), "model").name();
    if (!model.equals(NAME)) {
      throw new UserException(
          String.format(
              Locale.ROOT,
              "modality.encoder.path: %s is a run of model '%s'; one of model '%s' expected",
              run,
              model,
              NAME));
    }
    return stored;
  }

  /**
   * Returns the latent space, with all sizes derived from the shapes of the weights, which are then
   * all checked.
   */
  @Override
  public LatentSpace of(Shape frame) {
    int channels = frame.size(0);
    int values = size("encoder.patch.weight", 1, "[width, values of a patch]");
    int patch = (int) Math.round(Math.sqrt((double) values / channels));
    String frames =
        String.format(
            Locale.ROOT,
            "; frames are %dx%d of %d channel%s (modality.size, modality.channels)",
            frame.size(1),
            frame.size(2),
            channels,
            channels == 1 ? "" : "s");
    if (patch * patch * channels != values || frame.size(1) % patch != 0) {
      throw new UserException(
          String.format(
              Locale.ROOT,
              "%s: tensor 'encoder.patch.weight' is for patches of %d values, squares of which do not make up a frame%s",
              file,
              values,
              frames));
    }
    AutoencoderNetwork autoencoder =
        new AutoencoderNetwork(
            frame,
            patch,
            size("encoder.patch.weight", 0, "[width, values of a patch]"),
            size("encoder.hidden.weight", 0, "[hidden, patches · width]"),
            size("encoder.latent.weight", 0, "[latents, hidden]"));
    try {
      StoredCheckpoint.matching(file, weights, autoencoder.shapes());
    } catch (UserException e) {
      throw new UserException(e.getMessage() + frames, e);
    }
    return new AutoencoderSpace(
        autoencoder, weights, file.toString(), Sha256.of(bytes).substring(0, SHOWN));
  }

  private int size(String name, int axis, String expected) {
    Array weight = weights.get(name);
    if (weight == null || weight.shape().rank() != 2) {
      throw new UserException(
          String.format(
              Locale.ROOT,
              "%s: tensor '%s' %s; shape %s expected",
              file,
              name,
              weight == null ? "is missing" : "has shape " + weight.shape(),
              expected));
    }
    return weight.shape().size(axis);
  }

  @Override
  public TrainedAutoencoderSettings settings() {
    return new TrainedAutoencoderSettings(TrainedAutoencoderSettings.KEPT);
  }

  @Override
  public Map<String, byte[]> files() {
    return Map.of(TrainedAutoencoderSettings.KEPT, bytes);
  }
}
