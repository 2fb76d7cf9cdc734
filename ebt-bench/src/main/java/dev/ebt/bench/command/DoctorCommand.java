package dev.ebt.bench.command;

import dev.ebt.backend.Backend;
import dev.ebt.bench.console.StandardStreams;
import dev.ebt.bench.report.ValueFormat;
import dev.ebt.plugin.Catalog;
import dev.ebt.tensorflow.Devices;
import dev.ebt.tensorflow.GpuLibraries;
import dev.ebt.tensorflow.TensorFlowBackend;
import dev.ebt.tensorflow.TensorFlowSettings;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The command that reports the resources of this machine for training. */
@Command(
    name = "doctor",
    mixinStandardHelpOptions = true,
    header = "Check Java, memory, TensorFlow and its devices; explain why a GPU is not used.",
    description = {"", "  ./ebt doctor", ""})
public final class DoctorCommand implements Callable<Integer> {
  private static final long MIB = 1 << 20;

  private final StandardStreams streams;
  private final Supplier<Catalog> discovery;

  /** The lines by their names, of which some are repeated. */
  private final Map<String, List<String>> facts = new LinkedHashMap<>();

  @Mixin private JsonOption json;

  @Inject
  DoctorCommand(StandardStreams streams, Supplier<Catalog> discovery) {
    this.streams = streams;
    this.discovery = discovery;
  }

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
            ValueFormat.counted(runtime.availableProcessors(), "processor")));
    line("java heap", runtime.maxMemory() / MIB + " MiB at most");
    line("plugins", discovery.get().plugins().size() + " found");
    List<Devices.Device> devices = Devices.list();
    try (Backend backend = TensorFlowBackend.open(TensorFlowSettings.defaults())) {
      backend.description().forEach((name, value) -> line("  " + name, value));
    }
    line(
        "bfloat16",
        String.format(
            Locale.ROOT,
            "large products %.1f times as fast as in float32 (backend.precision)",
            TensorFlowBackend.bfloat16Speed()));
    devices.forEach(device -> line("device", device.toString()));
    if (devices.stream().noneMatch(Devices.Device::isGpu)) {
      line("gpu", "not used: " + whyNoGpu());
    }
    if (json.given()) {
      JsonOption.print(facts, streams.out());
    }
    return 0;
  }

  /** Returns the first missing requirement for a GPU, and the remedy. */
  private String whyNoGpu() {
    if (!Devices.supportsGpu()) {
      return "this TensorFlow is built for the CPU; start with EBT_PROFILE=gpu for the GPU build";
    }
    List<GpuLibraries.Library> libraries = GpuLibraries.forGpu();
    libraries.forEach(library -> line("gpu library", library.toString()));
    return libraries.stream().anyMatch(library -> library.place().isEmpty())
        ? "the libraries above that were not found are missing"
        : "TensorFlow finds no NVIDIA GPU; is the driver loaded (nvidia-smi)?";
  }

  private void line(String name, String value) {
    if (json.given()) {
      facts.computeIfAbsent(name.strip(), key -> new ArrayList<>()).add(value);
    } else {
      streams.out().printf(Locale.ROOT, "%-14s %s%n", name, value);
    }
  }
}
