package dev.ebt.store;

import dev.ebt.tensor.Array;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The weights of a checkpoint that stores only what differs from another one, its {@link
 * AdapterBase}: parameters, and the factors A and B of low-rank adapters, by which W = W₀ + scale ·
 * B A.
 */
public final class AdaptedWeights {
  /** The name of the scale among the numbers of a checkpoint. */
  public static final String SCALE = "adapter.scale";

  private static final String DOWN = "adapter.down.";
  private static final String UP = "adapter.up.";

  private AdaptedWeights() {}

  /**
   * Returns all weights of a checkpoint.
   *
   * @param own the parameters that it stores itself
   * @param optimizer its optimizer's state, in which the factors are
   * @throws dev.ebt.error.UserException if it has a base that cannot be read
   */
  static Map<String, Array> whole(
      Path folder,
      CheckpointMetadata progress,
      Map<String, Array> own,
      Map<String, Array> optimizer) {
    Optional<AdapterBase> base = AdapterBase.in(progress);
    if (base.isEmpty()) {
      return own;
    }
    double scale = progress.figures().getOrDefault(SCALE, 1.0);
    Map<String, Array> all = new LinkedHashMap<>(base.get().read(folder).parameters());
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
