package dev.ebt.tensorflow;

import dev.ebt.error.UserException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Properties;
import java.util.function.Predicate;
import org.bytedeco.javacpp.Loader;
import org.tensorflow.TensorFlow;
import org.tensorflow.internal.c_api.global.tensorflow;

/** The loading of TensorFlow's native libraries, and the properties that must be set before. */
final class NativeStartup {
  private static final List<String> PLATFORMS =
      List.of("linux-x86_64", "linux-arm64", "macosx-arm64", "windows-x86_64");

  private static boolean loaded;
  private static boolean gpuPrepared;

  static {
    // JavaCPP refuses to allocate memory once the process exceeds some multiple of the Java heap,
    // which is no useful limit for models that are stored outside the heap.
    if (System.getProperty("org.bytedeco.javacpp.maxPhysicalBytes") == null) {
      System.setProperty("org.bytedeco.javacpp.maxPhysicalBytes", "0");
    }
  }

  private NativeStartup() {}

  /**
   * Loads TensorFlow; must be called before its first use. Further calls have no effect.
   *
   * @throws UserException naming the dependency to add, if the native libraries are missing
   */
  static synchronized void prepare() {
    if (loaded) {
      return;
    }
    try {
      Loader.load(tensorflow.class);
    } catch (LinkageError e) {
      throw new UserException(
          whyNotLoaded(Loader.getPlatform(), name -> TensorFlow.class.getResource(name) != null, e),
          e);
    }
    loaded = true;
  }

  /**
   * Loads the GPU libraries; must be called before TensorFlow looks for GPUs, which it does once.
   */
  static synchronized void prepareForGpu() {
    if (!gpuPrepared) {
      gpuPrepared = true;
      GpuLibraries.preload();
    }
  }

  /**
   * Returns the message about native libraries that did not load.
   *
   * @param platform the platform name of JavaCPP
   * @param onClassPath returns whether there is such a resource
   */
  static String whyNotLoaded(String platform, Predicate<String> onClassPath, LinkageError e) {
    String folder = "/org/tensorflow/internal/c_api/" + platform;
    String library = "/" + System.mapLibraryName("jnitensorflow");
    if (onClassPath.test(folder + library) || onClassPath.test(folder + "-gpu" + library)) {
      return "TensorFlow's native library for " + platform + " cannot be loaded: " + reason(e);
    }
    if (!PLATFORMS.contains(platform)) {
      return "TensorFlow has no native library for "
          + platform
          + "; it has them for "
          + String.join(", ", PLATFORMS)
          + ". The backend 'reference' runs everywhere, but slowly";
    }
    return "TensorFlow's native library for "
        + platform
        + " is not on the class path: add the dependency org.tensorflow:tensorflow-core-native,"
        + " version "
        + version()
        + ", classifier "
        + platform
        + ", or depend on dev.ebt:ebt-bench, which brings it";
  }

  private static String reason(Throwable e) {
    Throwable first = e;
    while (first.getMessage() == null && first.getCause() != null) {
      first = first.getCause();
    }
    return first.getMessage() == null ? first.toString() : first.getMessage();
  }

  /** Returns the version of the Java classes, which the native libraries must match. */
  private static String version() {
    String file = "/META-INF/maven/org.tensorflow/tensorflow-core-api/pom.properties";
    try (InputStream in = TensorFlow.class.getResourceAsStream(file)) {
      Properties properties = new Properties();
      if (in != null) {
        properties.load(in);
      }
      return properties.getProperty("version", "that of tensorflow-core-api");
    } catch (IOException e) {
      return "that of tensorflow-core-api";
    }
  }
}
