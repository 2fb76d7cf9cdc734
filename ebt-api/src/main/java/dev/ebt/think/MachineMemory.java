package dev.ebt.think;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** The memory of this machine. */
public final class MachineMemory {
  private MachineMemory() {}

  /** Returns the bytes of physical memory, if Java provides them. */
  public static OptionalLong physical() {
    return ManagementFactory.getOperatingSystemMXBean()
            instanceof com.sun.management.OperatingSystemMXBean system
        ? OptionalLong.of(system.getTotalMemorySize())
        : OptionalLong.empty();
  }

  /**
   * Returns the most bytes that this process has had in physical memory, if the system reports it:
   * native memory, and files that are mapped, which the system takes away if others need it.
   */
  public static OptionalLong peak() {
    try (Stream<String> lines = Files.lines(Path.of("/proc/self/status"))) {
      return lines
          .filter(line -> line.startsWith("VmHWM:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
          .findFirst();
    } catch (IOException e) {
      return OptionalLong.empty(); // Only Linux has the file.
    }
  }
}
