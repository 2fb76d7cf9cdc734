package dev.ebt.store;

import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Human-readable sizes in bytes. */
public final class ByteSizes {
  private static final List<String> UNITS = List.of("KiB", "MiB", "GiB", "TiB");

  private static final Pattern SIZE =
      Pattern.compile("([0-9]{1,15}(?:\\.[0-9]{1,9})?)\\s*(|bytes|[KMGT]iB)");

  private ByteSizes() {}

  /** Formats a size, such as 12.2 MiB. */
  public static String words(long bytes) {
    if (bytes < 1024) {
      return bytes + " bytes";
    }
    int unit = 0;
    double size = bytes / 1024.0;
    while (size >= 1024 && unit < UNITS.size() - 1) {
      size /= 1024;
      unit++;
    }
    return String.format(Locale.ROOT, "%.1f %s", size, UNITS.get(unit));
  }

  /** Parses a size, such as 500 MiB, 1.5GiB or 4096; empty if the text is none. */
  public static OptionalLong parse(String text) {
    Matcher size = SIZE.matcher(text.strip());
    if (!size.matches()) {
      return OptionalLong.empty();
    }
    int unit = UNITS.indexOf(size.group(2)) + 1;
    return OptionalLong.of((long) (Double.parseDouble(size.group(1)) * Math.pow(1024, unit)));
  }
}
