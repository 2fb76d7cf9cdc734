package dev.ebt.tensorflow;

/** What has to be said before the native libraries load. */
final class Natives {
  private static boolean gpuPrepared;

  static {
    // JavaCPP refuses memory once the process is larger than some multiple of the Java heap, which
    // says nothing about models that live outside it.
    if (System.getProperty("org.bytedeco.javacpp.maxPhysicalBytes") == null) {
      System.setProperty("org.bytedeco.javacpp.maxPhysicalBytes", "0");
    }
  }

  private Natives() {}

  /** Does its work when first called: before TensorFlow is used, if only on the CPU. */
  static void prepare() {}

  /** Before TensorFlow looks for GPUs. It looks once. */
  static synchronized void prepareForGpu() {
    if (!gpuPrepared) {
      gpuPrepared = true;
      NativeLibraries.preload();
    }
  }
}
