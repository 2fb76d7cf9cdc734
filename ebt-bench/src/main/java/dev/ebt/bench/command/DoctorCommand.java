package dev.ebt.bench.command;

import dev.ebt.backend.Backend;
import dev.ebt.bench.report.PlainText;
import dev.ebt.tensorflow.Devices;
import dev.ebt.tensorflow.GpuLibraries;
import dev.ebt.tensorflow.TensorFlowBackend;
import dev.ebt.tensorflow.TensorFlowConfiguration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

/** Tells what this machine has for training, and what it lacks. */
@Command(
    name = "doctor",
    mixinStandardHelpOptions = true,
    header = "Check Java, memory, TensorFlow and its devices; say why a GPU is not used.",
    description = {"", "  ./ebt doctor", ""})
public final class DoctorCommand implements Callable<Integer> {
  private static final long MIB = 1 << 20;

  @ParentCommand private GlobalOptions ebt;

  @Override
  public Integer call() {
    Runtime runtime = Runtime.getRuntime();
    line("java", System.getProperty("java.version") + ", " + System.getProperty("java.home"));
    line(
        "machine",
        String.format(
            Locale.ROOT,
            "%s %s, %s",
            System.getProperty("os.name"),
            System.getProperty("os.arch"),
            PlainText.counted(runtime.availableProcessors(), "processor")));
    line("java heap", runtime.maxMemory() / MIB + " MiB at most");
    line("plugins", ebt.catalog().plugins().size() + " found");
    List<Devices.Device> devices = Devices.list();
    try (Backend backend = TensorFlowBackend.open(TensorFlowConfiguration.defaults())) {
      backend.description().forEach((name, value) -> line("  " + name, value));
    }
    devices.forEach(device -> line("device", device.toString()));
    if (devices.stream().noneMatch(Devices.Device::isGpu)) {
      line("gpu", "not used: " + whyNoGpu());
    }
    return 0;
  }

  /** The first thing that is missing on the way to a GPU, and what to do about it. */
  private static String whyNoGpu() {
    if (!Devices.supportsGpu()) {
      return "this TensorFlow is built for the CPU; start with EBT_PROFILE=gpu for the other one";
    }
    List<GpuLibraries.Library> libraries = GpuLibraries.forGpu();
    libraries.forEach(library -> line("gpu library", library.toString()));
    return libraries.stream().anyMatch(library -> library.place().isEmpty())
        ? "the libraries above that were not found are missing"
        : "TensorFlow finds no NVIDIA GPU; is the driver loaded (nvidia-smi)?";
  }

  private static void line(String name, String value) {
    System.out.printf(Locale.ROOT, "%-14s %s%n", name, value);
  }
}
