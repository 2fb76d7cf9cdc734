package dev.ebt.plugin;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/** Compiles plugins and packs them into jars, as their authors would. */
final class PluginJars {
  private final Path folder;

  PluginJars(Path folder) {
    this.folder = folder;
  }

  /** A jar with one plugin class of this body, named in its service file. */
  Path jar(String jar, String className, String body) {
    String source =
        """
        import dev.ebt.optimize.*;
        import dev.ebt.plugin.*;
        import java.util.*;

        public final class %s implements EbtPlugin {
          public record None() {}
          static Factory<? extends Optimizer, ?> optimizer(String name) {
            return Factory.of(name, "A test's " + name, None.class, (s, a) -> new GradientDescent());
          }
          %s
        }
        """
            .formatted(className, body);
    return pack(jar, compile(className, source), className);
  }

  /** The body of a plugin that brings one optimizer. */
  static String bringing(String plugin, String optimizer) {
    return """
        public String name() { return "%s"; }
        public int spiVersion() { return SPI_VERSION; }
        public List<Factory<? extends Optimizer, ?>> optimizers() {
          return List.of(optimizer("%s"));
        }
        """
        .formatted(plugin, optimizer);
  }

  /** A jar of compiled classes, with a service file that names a class. */
  Path pack(String jar, Path classes, String service) {
    Path file = folder.resolve(jar);
    try (OutputStream out = Files.newOutputStream(file);
        JarOutputStream entries = new JarOutputStream(out);
        Stream<Path> found = Files.walk(classes)) {
      entries.putNextEntry(new JarEntry("META-INF/services/dev.ebt.plugin.EbtPlugin"));
      entries.write((service + " # the entry point\n").getBytes(StandardCharsets.UTF_8));
      for (Path path : found.filter(Files::isRegularFile).toList()) {
        entries.putNextEntry(new JarEntry(classes.relativize(path).toString()));
        entries.write(Files.readAllBytes(path));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return file;
  }

  private Path compile(String className, String source) {
    try {
      Path work = Files.createTempDirectory(folder, "classes");
      Path file = Files.writeString(folder.resolve(className + ".java"), source);
      List<String> arguments =
          List.of(
              "-proc:none",
              "-d",
              work.toString(),
              "-cp",
              System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
              file.toString());
      int result =
          ToolProvider.getSystemJavaCompiler()
              .run(null, null, null, arguments.toArray(String[]::new));
      if (result != 0) {
        throw new IllegalArgumentException("does not compile:\n" + source);
      }
      return work;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
