package dev.ebt.store;

import java.util.Locale;

/** Human-readable sizes in bytes. */
public final class ByteSizes {
  private ByteSizes() {}

  /** Formats a size, such as 12.2 MiB. */
  public static String words(long bytes) {
    if (bytes < 1024) {
      return bytes + " bytes";
    }
    String[] units = {"KiB", "MiB", "GiB", "TiB"};
    int unit = 0;
    double size = bytes / 1024.0;
    while (size >= 1024 && unit < units.length - 1) {
      size /= 1024;
      unit++;
    }
    return String.format(Locale.ROOT, "%.1f %s", size, units[unit]);
  }
}
