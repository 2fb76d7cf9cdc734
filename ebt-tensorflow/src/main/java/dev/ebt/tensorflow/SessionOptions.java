package dev.ebt.tensorflow;

import org.tensorflow.proto.ConfigProto;
import org.tensorflow.proto.GPUOptions;
import org.tensorflow.proto.GraphOptions;
import org.tensorflow.proto.RewriterConfig;

/** The session options of TensorFlow for a configuration. */
final class SessionOptions {
  private SessionOptions() {}

  static ConfigProto of(TensorFlowSettings configuration) {
    ConfigProto.Builder options =
        shared().toBuilder()
            .setIntraOpParallelismThreads(threads(configuration.intraThreads()))
            .setInterOpParallelismThreads(threads(configuration.interThreads()))
            .setGraphOptions(graph(configuration));
    if (configuration.device() == DeviceChoice.CPU) {
      options.putDeviceCount("GPU", 0);
    }
    return options.build();
  }

  /** TensorFlow would take all processors of the machine, also where Java may use fewer. */
  private static int threads(int configured) {
    return configured == 0 ? Runtime.getRuntime().availableProcessors() : configured;
  }

  /**
   * Returns these options with operations executed one after the other by TensorFlow's executor for
   * a single thread: it does without queues and locks, which take as long as small operations do.
   * It supports one device and no control flow.
   */
  static ConfigProto oneAtATime(ConfigProto options) {
    return options.toBuilder()
        .setExperimental(
            options.getExperimental().toBuilder().setExecutorType("SINGLE_THREADED_EXECUTOR"))
        .build();
  }

  /**
   * Returns the options that all sessions of a process must share: the first one that uses a GPU
   * determines how its memory is allocated.
   */
  static ConfigProto shared() {
    return ConfigProto.newBuilder()
        .setAllowSoftPlacement(true)
        .setGpuOptions(GPUOptions.newBuilder().setAllowGrowth(true))
        .build();
  }

  /**
   * Returns graph options by which only the program to run is placed on devices and optimized
   * before its first run, not all programs in the graph: otherwise each added program would make
   * that slower.
   */
  private static GraphOptions graph(TensorFlowSettings configuration) {
    return GraphOptions.newBuilder()
        .setPlacePrunedGraph(true)
        .setRewriteOptions(
            RewriterConfig.newBuilder().setDisableMetaOptimizer(!configuration.metaOptimizer()))
        .build();
  }
}
