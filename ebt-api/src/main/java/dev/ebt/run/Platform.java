package dev.ebt.run;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The machine and the Java that a training runs on, as far as its numbers may depend on them. */
final class Platform {
  private static final Path PROCESSORS = Path.of("/proc/cpuinfo");

  /** Extensions of processors that decide which kernels numerical libraries use. */
  private static final List<String> FEATURES =
      List.of(
          "sse4_2",
          "avx",
          "avx2",
          "fma",
          "avx512f",
          "avx512_vnni",
          "avx512_bf16",
          "avx_vnni",
          "amx_tile",
          "amx_bf16",
          "asimd",
          "sve",
          "bf16");

  private Platform() {}

  /** Returns the facts by name. */
  static Map<String, String> facts() {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put(
        "java",
        System.getProperty("java.version") + " (" + System.getProperty("java.vendor", "?") + ")");
    facts.put(
        "os",
        System.getProperty("os.name")
            + " "
            + System.getProperty("os.version")
            + " "
            + System.getProperty("os.arch"));
    facts.put("processor", processor(lines()));
    facts.put("libraries", libraries(System.getProperty("java.class.path", "")));
    return facts;
  }

  private static List<String> lines() {
    try {
      return Files.isReadable(PROCESSORS) ? Files.readAllLines(PROCESSORS) : List.of();
    } catch (IOException e) {
      return List.of();
    }
  }

  /** Returns the name and the features of the first processor in lines of Linux's cpuinfo. */
  static String processor(List<String> lines) {
    String name = value(lines, "model name");
    List<String> flags = new ArrayList<>();
    for (String key : List.of("flags", "Features")) {
      flags.addAll(Arrays.asList(value(lines, key).split(" ")));
    }
    String features =
        FEATURES.stream().filter(Set.copyOf(flags)::contains).collect(Collectors.joining(" "));
    if (name.isEmpty() && features.isEmpty()) {
      return "unknown";
    }
    return (name.isEmpty() ? "unnamed" : name) + (features.isEmpty() ? "" : " (" + features + ")");
  }

  private static String value(List<String> lines, String key) {
    return lines.stream()
        .filter(line -> line.matches(key + "\\s*:.*"))
        .map(line -> line.substring(line.indexOf(':') + 1).strip())
        .findFirst()
        .orElse("");
  }

  /** Returns the names of the jars of a class path, which have their versions, in order. */
  static String libraries(String classPath) {
    Set<String> jars = new TreeSet<>();
    for (String entry : classPath.split(File.pathSeparator, -1)) {
      String name = entry.substring(entry.lastIndexOf(File.separatorChar) + 1);
      if (name.endsWith(".jar")) {
        jars.add(name.substring(0, name.length() - ".jar".length()));
      }
    }
    return String.join(", ", jars);
  }
}
