package dev.ebt.store;

import dev.ebt.error.UserException;
import dev.ebt.tensor.Array;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The weights of a checkpoint that stores only what differs from another one, its base: parameters,
 * and the factors A and B of low-rank adapters, by which W = W₀ + scale · B A.
 */
public final class AdaptedWeights {
  /** The name of the base among the parts of a checkpoint: its folder and the hash of weights. */
  public static final String BASE = "base";

  /** The name of the scale among the numbers of a checkpoint. */
  public static final String SCALE = "adapter.scale";

  private static final String DOWN = "adapter.down.";
  private static final String UP = "adapter.up.";

  private AdaptedWeights() {}

  /** Returns the identity of a base in checkpoints. */
  public static CheckpointMetadata.Part identity(StoredCheckpoint base) {
    return new CheckpointMetadata.Part(
        base.folder().toAbsolutePath().normalize().toString(), base.weightsId(Weights.USUAL));
  }

  /**
   * Reads the base of a checkpoint.
   *
   * @throws UserException if it is gone, damaged, or has other weights now
   */
  public static StoredCheckpoint base(Path of, CheckpointMetadata.Part identity) {
    Path folder = Path.of(identity.name());
    if (!Files.exists(folder)) {
      throw new UserException(
          of
              + " has low-rank adapters of "
              + folder
              + ", which is gone; put it back there. An exported model (ebt export) needs no other"
              + " folder");
    }
    StoredCheckpoint base = StoredCheckpoint.read(folder);
    if (!base.weightsId(Weights.USUAL).equals(identity.fingerprint())) {
      throw new UserException(
          of
              + " has low-rank adapters of "
              + folder
              + ", which has other weights now; put back those that the training began with");
    }
    return base.with(Weights.USUAL);
  }

  /**
   * Returns all weights of a checkpoint.
   *
   * @param own the parameters that it stores itself
   * @param optimizer its optimizer's state, in which the factors are
   * @throws UserException if it has a base that cannot be read
   */
  static Map<String, Array> whole(
      Path folder,
      CheckpointMetadata progress,
      Map<String, Array> own,
      Map<String, Array> optimizer) {
    CheckpointMetadata.Part base = progress.parts().get(BASE);
    if (base == null) {
      return own;
    }
    double scale = progress.figures().getOrDefault(SCALE, 1.0);
    Map<String, Array> all = new LinkedHashMap<>(base(folder, base).parameters());
    all.putAll(own);
    all.replaceAll(
        (name, value) -> {
          Array down = optimizer.get(DOWN + name);
          Array up = optimizer.get(UP + name);
          return down == null || up == null ? value : merged(value, down, up, scale);
        });
    return all;
  }

  private static Array merged(Array base, Array down, Array up, double scale) {
    int out = base.shape().size(0);
    int in = base.shape().size(1);
    int rank = down.shape().size(0);
    double[] values = base.doubles();
    double[] a = down.doubles();
    double[] b = up.doubles();
    for (int row = 0; row < out; row++) {
      for (int k = 0; k < rank; k++) {
        double factor = scale * b[row * rank + k];
        for (int column = 0; column < in; column++) {
          values[row * in + column] += factor * a[k * in + column];
        }
      }
    }
    return Array.of(base.shape(), values);
  }
}
