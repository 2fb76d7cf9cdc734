package dev.ebt.inference;

import dev.ebt.interact.InteractivePlugin;
import java.util.List;

/**
 * A plugin that also adapts its modalities to calls of programs. It is the same entry point, and
 * found in the same way, as any {@link dev.ebt.plugin.EbtPlugin}.
 */
public interface InferencePlugin extends InteractivePlugin {
  /** Returns the adapters of its modalities for {@link EbtModel}. */
  default List<InferenceAdapter<?, ?>> inferenceAdapters() {
    return List.of();
  }
}
