package dev.ebt.tensorflow;

import dev.ebt.backend.Backend;
import dev.ebt.plugin.EbtPlugin;
import dev.ebt.plugin.Factory;
import java.util.List;

/** The plugin that provides the backend {@code tensorflow}. */
public final class TensorFlowPlugin implements EbtPlugin {
  @Override
  public String name() {
    return "tensorflow";
  }

  @Override
  public int spiVersion() {
    return SPI_VERSION;
  }

  @Override
  public List<Factory<? extends Backend, ?>> backends() {
    return List.of(
        Factory.of(
            "tensorflow",
            "TensorFlow on CPU or GPU, single precision",
            TensorFlowSettings.class,
            (settings, context) -> TensorFlowBackend.open(settings)));
  }
}
