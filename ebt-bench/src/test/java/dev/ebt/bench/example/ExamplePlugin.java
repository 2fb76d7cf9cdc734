package dev.ebt.bench.example;

import dev.ebt.plugin.EbtPlugin;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;

/**
 * A plugin of {@code docs/examples}, made into a jar with nothing but ebt-api to compile against.
 */
public final class ExamplePlugin {
  private static final Path DOCUMENTATION =
      Path.of(System.getProperty("basedir", ".")).toAbsolutePath().resolveSibling("docs");

  private ExamplePlugin() {}

  /** A page or folder of the documentation. */
  static Path documentation(String name) {
    return DOCUMENTATION.resolve(name);
  }

  /** The classes of ebt-api: all that a plugin is compiled against. */
  static Path api() {
    try {
      return Path.of(EbtPlugin.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** {@code folder/NAME.jar} of {@code docs/examples/NAME}; a warning of the compiler fails. */
  public static Path jar(String name, Path folder) {
    return jar(documentation("examples").resolve(name), name, folder);
  }

  /** {@code folder/NAME.jar} of the Maven project {@code docs/examples/NAME}, without Maven. */
  public static Path project(String name, Path folder) {
    Path main = documentation("examples").resolve(name).resolve("src/main");
    return jar(main.resolve("java"), main.resolve("resources"), ".", name, folder);
  }

  /** The same of a folder of sources elsewhere. */
  static Path jar(Path example, String name, Path folder) {
    return jar(example, example, "META-INF", name, folder);
  }

  private static Path jar(Path example, Path resources, String packed, String name, Path folder) {
    Path classes = folder.resolve(name);
    Path jar = folder.resolve(name + ".jar");
    List<String> compile =
        new ArrayList<>(
            List.of("--release", "17", "-Xlint:all,-classfile,-options", "-Werror", "-proc:none"));
    compile.addAll(List.of("-cp", api().toString(), "-d", classes.toString()));
    try (Stream<Path> files = Files.walk(example)) {
      files.map(Path::toString).filter(f -> f.endsWith(".java")).forEach(compile::add);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    run("javac", compile);
    run(
        "jar",
        List.of(
            "--create",
            "--file=" + jar,
            "-C",
            classes.toString(),
            ".",
            "-C",
            resources.toString(),
            packed));
    return jar;
  }

  private static void run(String tool, List<String> arguments) {
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(output, true, StandardCharsets.UTF_8);
    int code =
        ToolProvider.findFirst(tool).orElseThrow().run(out, out, arguments.toArray(String[]::new));
    if (code != 0) {
      throw new AssertionError(
          tool + " " + arguments + ":\n" + output.toString(StandardCharsets.UTF_8));
    }
  }
}
