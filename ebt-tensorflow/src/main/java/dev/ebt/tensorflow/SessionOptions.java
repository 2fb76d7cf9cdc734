package dev.ebt.tensorflow;

import org.tensorflow.proto.ConfigProto;
import org.tensorflow.proto.GPUOptions;
import org.tensorflow.proto.GraphOptions;
import org.tensorflow.proto.RewriterConfig;

/** Our configuration in TensorFlow's words. */
final class SessionOptions {
  private SessionOptions() {}

  static ConfigProto of(TensorFlowConfiguration configuration) {
    ConfigProto.Builder options =
        shared().toBuilder()
            .setIntraOpParallelismThreads(configuration.intraThreads())
            .setInterOpParallelismThreads(configuration.interThreads())
            .setGraphOptions(graph(configuration));
    if (configuration.device() == DeviceChoice.CPU) {
      options.putDeviceCount("GPU", 0);
    }
    return options.build();
  }

  /**
   * What every session of a process has to say alike: the first one to touch a GPU decides how its
   * memory is taken.
   */
  static ConfigProto shared() {
    return ConfigProto.newBuilder()
        .setAllowSoftPlacement(true)
        .setGpuOptions(GPUOptions.newBuilder().setAllowGrowth(true))
        .build();
  }

  /**
   * Of all programs in the graph, only the one to be run is placed on devices and optimised before
   * its first run: otherwise that would take longer with every program added.
   */
  private static GraphOptions graph(TensorFlowConfiguration configuration) {
    return GraphOptions.newBuilder()
        .setPlacePrunedGraph(true)
        .setRewriteOptions(
            RewriterConfig.newBuilder().setDisableMetaOptimizer(!configuration.metaOptimizer()))
        .build();
  }
}
