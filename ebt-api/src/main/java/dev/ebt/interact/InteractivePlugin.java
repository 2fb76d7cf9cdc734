package dev.ebt.interact;

import dev.ebt.plugin.EbtPlugin;
import java.util.List;

/**
 * A plugin that also provides uses of trained models. It is the same entry point, and found in the
 * same way, as any {@link EbtPlugin}; its parts are above those that a configuration names.
 */
public interface InteractivePlugin extends EbtPlugin {
  /** Returns the interactions: ways to use a trained model, which {@code think} offers. */
  default List<Interaction<?>> interactions() {
    return List.of();
  }

  /** Returns the readers of published tasks, which {@code eval --task} names. */
  default List<TaskReader> tasks() {
    return List.of();
  }

  /** Returns the settings that an evaluation can vary, each an option of {@code eval}. */
  default List<VariedSetting> variedSettings() {
    return List.of();
  }

  /** Returns the readers of given answers, which {@code verify} ranks. */
  default List<AnswerReader> answerReaders() {
    return List.of();
  }

  /** Returns the probes of what a model represents, for {@code probe}. */
  default List<Probe> probes() {
    return List.of();
  }
}
