package dev.ebt.tensorflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.ebt.tensorflow.GpuLibraries.Library;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GpuLibrariesTest {
  @Test
  void everyLibraryIsListedDriverFirst() {
    assertThat(GpuLibraries.forGpu())
        .extracting(Library::name)
        .startsWith("libcuda.so.1")
        .contains("libcudart.so.12", "libcublas.so.12", "libcudnn.so.9")
        .doesNotHaveDuplicates();
  }

  @Test
  void aPlaceIsShown() {
    assertThat(new Library("libcuda.so.1", Optional.of(Path.of("/lib/libcuda.so.1"))))
        .hasToString("libcuda.so.1: /lib/libcuda.so.1");
    assertThat(new Library("libcuda.so.1", Optional.empty()))
        .hasToString("libcuda.so.1: not found");
  }

  @Test
  void theTensorFlowForCpusIsNamedAsTheReason() {
    assumeThat(Devices.supportsGpu()).isFalse();
    assertThat(GpuLibraries.whyNoGpu(List.of(new Devices.Device("/device:CPU:0", "CPU", 1 << 28))))
        .isEqualTo(
            "device gpu was requested, but TensorFlow found only /device:CPU:0. The TensorFlow on"
                + " the class path is the one for CPUs: build with -Pgpu (Linux, x86-64). Or use"
                + " device cpu, or auto, which takes what there is.");
  }

  @Test
  void pluginBringsTheBackend() {
    assertThat(new TensorFlowPlugin().backends())
        .extracting(dev.ebt.plugin.Factory::name)
        .containsExactly("tensorflow");
  }
}
