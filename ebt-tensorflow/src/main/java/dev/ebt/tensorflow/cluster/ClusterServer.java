package dev.ebt.tensorflow.cluster;

import static org.tensorflow.internal.c_api.global.tensorflow.TF_NewServer;
import static org.tensorflow.internal.c_api.global.tensorflow.TF_ServerStart;
import static org.tensorflow.internal.c_api.global.tensorflow.TF_ServerTarget;

import dev.ebt.backend.Cluster;
import dev.ebt.error.ReasonText;
import dev.ebt.error.UserException;
import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.util.Locale;
import org.bytedeco.javacpp.BytePointer;
import org.tensorflow.internal.c_api.TF_Server;
import org.tensorflow.proto.ClusterDef;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.proto.JobDef;
import org.tensorflow.proto.ServerDef;

/**
 * TensorFlow's server in this process, which the others connect to. TensorFlow cannot stop a
 * server: it lives as long as the process.
 */
final class ClusterServer {
  private static final String JOB = "worker";

  private final Cluster cluster;
  private String target = "";

  /** Creates a server that is not started. */
  ClusterServer(Cluster cluster) {
    this.cluster = cluster;
  }

  /**
   * Starts the server of this process.
   *
   * @throws UserException naming the port, if it is in use
   */
  void start() {
    requireFree();
    ServerDef definition =
        ServerDef.newBuilder()
            .setCluster(ClusterDef.newBuilder().addJob(job()))
            .setJobName(JOB)
            .setTaskIndex(cluster.rank())
            .setProtocol("grpc")
            .setDefaultSessionConfig(options(cluster))
            .build();
    try (NativeStatus status = new NativeStatus();
        BytePointer bytes = new BytePointer(definition.toByteArray())) {
      TF_Server server = TF_NewServer(bytes, bytes.limit(), status.pointer());
      status.check();
      TF_ServerStart(server, status.pointer());
      status.check();
      target = TF_ServerTarget(server).getString();
    } catch (CollectiveException e) {
      throw new UserException(
          cluster.name(cluster.rank()) + " cannot be started: " + e.getMessage(), e);
    }
  }

  /**
   * Refuses a port in use: several servers of TensorFlow would share one silently. A port that is
   * reserved for this process is not in use as long as nothing listens there.
   */
  private void requireFree() {
    int port = cluster.port(cluster.rank());
    boolean reserved = Boolean.parseBoolean(System.getenv(TensorFlowProcesses.SHARES_PORT));
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      if (reserved) {
        requireSilence(port);
        socket.setOption(StandardSocketOptions.SO_REUSEPORT, true);
      }
      socket.bind(new InetSocketAddress(port));
    } catch (IOException e) {
      throw new UserException(
          String.format(
              Locale.ROOT,
              "port %d of %s cannot be used (%s): another program has it, or another process with"
                  + " the same number; end that one, or choose another port",
              port,
              cluster.name(cluster.rank()),
              ReasonText.of(e)),
          e);
    }
  }

  private static void requireSilence(int port) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      throw new BindException(socket.getRemoteSocketAddress() + " answers");
    } catch (ConnectException e) {
      return; // As expected.
    }
  }

  private JobDef job() {
    JobDef.Builder job = JobDef.newBuilder().setName(JOB);
    for (int i = 0; i < cluster.size(); i++) {
      job.putTasks(i, cluster.addresses().get(i));
    }
    return job.build();
  }

  /**
   * Returns the options of sessions on the server. A session is of its own process only: it would
   * otherwise wait for all others without an end.
   */
  static ConfigProto options(Cluster cluster) {
    return ConfigProto.newBuilder()
        .putDeviceCount("GPU", 0)
        .setIntraOpParallelismThreads(1)
        .setInterOpParallelismThreads(2)
        .addDeviceFilters("/job:" + JOB + "/task:" + cluster.rank())
        .setExperimental(
            ConfigProto.Experimental.newBuilder()
                .setCollectiveGroupLeader("/job:" + JOB + "/replica:0/task:0"))
        .build();
  }

  /** Returns the name of the CPU of this process in the cluster. */
  static String device(Cluster cluster) {
    return "/job:" + JOB + "/replica:0/task:" + cluster.rank() + "/device:CPU:0";
  }

  /** Returns what a session has to be opened on. */
  String target() {
    return target;
  }
}
