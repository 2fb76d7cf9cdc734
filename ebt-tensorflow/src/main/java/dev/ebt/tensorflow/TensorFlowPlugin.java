package dev.ebt.tensorflow;

import dev.ebt.backend.Backend;
import dev.ebt.monitor.Monitor;
import dev.ebt.plugin.EbtPlugin;
import dev.ebt.plugin.Factory;
import dev.ebt.tensorflow.board.TensorBoard;
import dev.ebt.tensorflow.board.TensorBoardSettings;
import java.util.List;

/** The plugin that provides the backend {@code tensorflow} and the monitor {@code tensorboard}. */
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
            "TensorFlow on CPU or GPU, single precision or bfloat16",
            TensorFlowSettings.class,
            (settings, context) ->
                TensorFlowBackend.open(settings.suited(context.performanceHint()))));
  }

  @Override
  public List<Factory<? extends Monitor, ?>> monitors() {
    return List.of(
        Factory.of(
            "tensorboard",
            "Writes event files for TensorBoard into the folder of the run",
            TensorBoardSettings.class,
            (settings, context) -> new TensorBoard(settings)));
  }
}
