package dev.ebt.modality;

import dev.ebt.tensor.Array;
import dev.ebt.tensor.Shape;
import java.util.Map;

/**
 * A modality, or a {@link LatentSpace} that it uses, of which something is fitted to the data
 * before anything is learnt, such as the directions in which pictures differ most. Its dataset has
 * it fitted when it is read, unless that was done before. It is kept in checkpoints beside the
 * parameters and comes back with them, before any program is made.
 */
public interface Fittable {
  /** Names and shapes of what is fitted; known before it is. */
  Map<String, Shape> fittedShapes();

  /** What was fitted, by name, in single precision. */
  Map<String, Array> fitted();

  /** Takes what was fitted before. */
  void restore(Map<String, Array> fitted);
}
