package dev.ebt.tensorflow;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.Assertions;
import org.bytedeco.javacpp.Loader;
import org.junit.jupiter.api.Test;

class NativeStartupTest {
  private static final LinkageError FAILURE =
      new UnsatisfiedLinkError("no jnitensorflow in java.library.path");

  @Test
  void aMissingNativeLibraryIsToldByTheDependencyToAdd() throws Exception {
    try (URLClassLoader loader =
        new URLClassLoader(classPathWithoutNatives(), ClassLoader.getPlatformClassLoader())) {
      Class<?> configuration = loader.loadClass("dev.ebt.tensorflow.TensorFlowSettings");
      Method open =
          loader.loadClass("dev.ebt.tensorflow.TensorFlowBackend").getMethod("open", configuration);
      Object defaults = configuration.getMethod("defaults").invoke(null);

      Throwable thrown =
          Assertions.catchThrowableOfType(
                  InvocationTargetException.class, () -> open.invoke(null, defaults))
              .getCause();

      String platform = Loader.getPlatform();
      assertThat(thrown.getClass().getName()).isEqualTo("dev.ebt.error.UserException");
      assertThat(thrown)
          .hasMessageStartingWith("TensorFlow's native library for " + platform)
          .hasMessageContaining("add the dependency org.tensorflow:tensorflow-core-native, version")
          .hasMessageContaining("version 1.")
          .hasMessageContaining("classifier " + platform)
          .hasMessageContaining("dev.ebt:ebt-bench");
    }
  }

  private static URL[] classPathWithoutNatives() throws MalformedURLException {
    String classPath =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    List<URL> urls = new ArrayList<>();
    for (String entry : classPath.split(File.pathSeparator)) {
      String name = Path.of(entry).getFileName().toString();
      if (!name.matches("tensorflow-core-native-[0-9.]+-.+\\.jar")) {
        urls.add(Path.of(entry).toUri().toURL());
      }
    }
    return urls.toArray(URL[]::new);
  }

  @Test
  void aPlatformWithoutNativeLibrariesIsToldSo() {
    assertThat(NativeStartup.whyNotLoaded("macosx-x86_64", name -> false, FAILURE))
        .isEqualTo(
            "TensorFlow has no native library for macosx-x86_64; it has them for linux-x86_64,"
                + " linux-arm64, macosx-arm64, windows-x86_64. The backend 'reference' runs"
                + " everywhere, but slowly");
  }

  @Test
  void aNativeLibraryThatIsThereButDoesNotLoadIsToldWithTheReason() {
    assertThat(NativeStartup.whyNotLoaded("linux-x86_64", name -> name.contains("-gpu/"), FAILURE))
        .isEqualTo(
            "TensorFlow's native library for linux-x86_64 cannot be loaded: no jnitensorflow in"
                + " java.library.path");
  }
}
