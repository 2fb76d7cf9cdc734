package dev.ebt.think;

import java.lang.management.ManagementFactory;
import java.util.OptionalLong;

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
}
