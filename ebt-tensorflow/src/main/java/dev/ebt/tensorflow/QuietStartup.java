package dev.ebt.tensorflow;

import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.Platform;
import org.tensorflow.Graph;
import org.tensorflow.Session;
import org.tensorflow.op.Ops;
import org.tensorflow.proto.ConfigProto;

/**
 * A silent first run of TensorFlow. The first run of a process writes two lines about logging to
 * standard error at every log level, so a trivial run is made first, with standard error
 * redirected.
 */
final class QuietStartup {
  private static final int STANDARD_ERROR = 2;
  private static final int WRITE_ONLY = 1;

  private static boolean done;

  private QuietStartup() {}

  /** The functions of the C library that redirect and restore a stream. */
  private interface Streams extends Library {
    int open(String path, int flags);

    int dup(int descriptor);

    int dup2(int from, int to);

    int close(int descriptor);
  }

  /**
   * Makes the first run, once. If standard error cannot be redirected, the lines are shown.
   *
   * @param options those of later sessions: the first session determines the threads of all
   */
  static synchronized void quietly(ConfigProto options) {
    if (done) {
      return;
    }
    done = true;
    silently(() -> run(options));
  }

  /** Does work without what native code writes to standard error, if that can be redirected. */
  static void silently(Runnable work) {
    if (Platform.isWindows()) {
      work.run();
      return;
    }
    Streams streams;
    try {
      streams = Native.load(Platform.C_LIBRARY_NAME, Streams.class);
    } catch (UnsatisfiedLinkError e) {
      work.run();
      return;
    }
    aside(streams, work);
  }

  /** One thread at a time: another would restore what the first has redirected. */
  private static synchronized void aside(Streams streams, Runnable work) {
    int saved = streams.dup(STANDARD_ERROR);
    int nowhere = streams.open("/dev/null", WRITE_ONLY);
    if (saved >= 0 && nowhere >= 0) {
      streams.dup2(nowhere, STANDARD_ERROR);
    }
    try {
      work.run();
    } finally {
      if (saved >= 0) {
        streams.dup2(saved, STANDARD_ERROR);
        streams.close(saved);
      }
      if (nowhere >= 0) {
        streams.close(nowhere);
      }
    }
  }

  private static void run(ConfigProto options) {
    try (Graph graph = new Graph();
        Session session = new Session(graph, options)) {
      Ops ops = Ops.create(graph);
      session.runner().fetch(ops.constant(1f)).run().close();
    }
  }
}
