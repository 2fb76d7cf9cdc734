package dev.ebt.tensorflow;

/** What has to be said before the native libraries load. */
final class Natives {
  static {
    // JavaCPP refuses memory once the process is larger than some multiple of the Java heap, which
    // says nothing about models that live outside it.
    if (System.getProperty("org.bytedeco.javacpp.maxPhysicalBytes") == null) {
      System.setProperty("org.bytedeco.javacpp.maxPhysicalBytes", "0");
    }
    NativeLibraries.preload();
  }

  private Natives() {}

  /** Does its work once, when first called. */
  static void prepare() {}
}
