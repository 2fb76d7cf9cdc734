package dev.ebt.modality;

import dev.ebt.tensor.Array;
import dev.ebt.tensor.Shape;
import java.util.Map;

/**
 * A modality, or a {@link LatentSpace} that it uses, with values that are fitted to the data before
 * training, such as the principal components of images. Its dataset fits it on reading, unless it
 * is already fitted. Fitted values are saved in checkpoints beside the parameters and restored with
 * them, before any program is built.
 */
public interface Fittable {
  /** Returns the names and shapes of the fitted values; known before fitting. */
  Map<String, Shape> fittedShapes();

  /** Returns the fitted values by name, in single precision. */
  Map<String, Array> fitted();

  /** Restores values that were fitted before. */
  void restore(Map<String, Array> fitted);
}
