package dev.ebt.bench.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/**
 * The memory of this process.
 *
 * @param heapMiB Java objects that are in use, after a garbage collection
 * @param residentMiB all memory, that of native libraries included; empty where the system does not
 *     tell it
 */
record ProcessMemory(double heapMiB, OptionalDouble residentMiB) {
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final double KIB_PER_MIB = 1024;
  private static final double BYTES_PER_MIB = 1 << 20;

  /** Measures it. */
  static ProcessMemory now() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return new ProcessMemory(
        (runtime.totalMemory() - runtime.freeMemory()) / BYTES_PER_MIB, resident());
  }

  private static OptionalDouble resident() {
    try (Stream<String> lines = Files.lines(STATUS)) {
      return lines
          .filter(line -> line.startsWith("VmRSS:"))
          .mapToDouble(line -> Long.parseLong(line.replaceAll("\\D", "")) / KIB_PER_MIB)
          .findFirst();
    } catch (IOException e) {
      return OptionalDouble.empty();
    }
  }
}
