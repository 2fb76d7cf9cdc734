package dev.ebt.experiment;

import dev.ebt.plugin.EbtPlugin;
import java.util.List;

/**
 * A plugin that also provides experiments. It is the same entry point, and found in the same way,
 * as any {@link EbtPlugin}.
 */
public interface ExperimentPlugin extends EbtPlugin {
  /** Returns the experiments. */
  default List<Experiment> experiments() {
    return List.of();
  }
}
