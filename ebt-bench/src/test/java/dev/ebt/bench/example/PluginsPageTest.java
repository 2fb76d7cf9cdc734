package dev.ebt.bench.example;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code docs/plugins.md} is true: its commands run, its links lead somewhere. */
class PluginsPageTest {
  private static final Pattern COMMANDS = Pattern.compile("```sh\n(.*?)```", Pattern.DOTALL);
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]+)\\)");

  @TempDir Path folder;
  private final List<Path> links = new ArrayList<>();

  @Test
  void itsCommandsRun() throws IOException, InterruptedException {
    assumeTrue(Files.isExecutable(Path.of("/bin/sh")));
    Matcher commands = COMMANDS.matcher(page("plugins.md"));
    assertThat(commands.find()).isTrue();
    layOut();
    Path java = Path.of(System.getProperty("java.home"), "bin");
    Path output = folder.resolve("output");
    ProcessBuilder shell = new ProcessBuilder("/bin/sh", "-e", "-c", commands.group(1));
    shell.directory(folder.toFile()).redirectErrorStream(true).redirectOutput(output.toFile());
    shell.environment().merge("PATH", java.toString(), (path, first) -> first + ":" + path);

    int code = shell.start().waitFor();

    String printed = Files.readString(output, StandardCharsets.UTF_8);
    assertThat(code).as(printed).isZero();
    assertThat(printed)
        .contains(folder.toRealPath().resolve("target/curve.jar").toString())
        .contains("over 512 predictions")
        .contains("  noise: number, default 0.05\n      standard deviation of y");
    assertThat(printed.lines().filter(line -> line.startsWith("predicted x = "))).hasSize(3);
  }

  @Test
  void itsLinksLeadSomewhere() throws IOException {
    Matcher links = LINK.matcher(page("plugins.md"));
    Path docs = ExamplePlugin.documentation("");
    while (links.find()) {
      assertThat(docs.resolve(links.group(1)).normalize()).exists();
    }
  }

  @Test
  void theReadmeQuotesTheShortestPluginAsItIs() throws IOException {
    String source = page("examples/jitter/example/jitter/JitterPlugin.java");
    String quoted = source.substring(source.indexOf("public final class"));

    assertThat(page("../README.md")).contains(quoted);
    assertThat(quoted.lines().filter(line -> !line.isBlank())).hasSizeLessThanOrEqualTo(20);
  }

  private static String page(String name) throws IOException {
    return Files.readString(ExamplePlugin.documentation(name), StandardCharsets.UTF_8);
  }

  /** A folder that looks like the project's, with an {@code ebt} that needs no build. */
  private void layOut() throws IOException {
    link("docs", ExamplePlugin.documentation(""));
    String classPath =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    String script =
        """
        #!/bin/sh
        [ "$1" = train ] && set -- "$@" --backend reference  # starts sooner
        exec java -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -cp '%s' dev.ebt.bench.Ebt "$@"
        """
            .formatted(classPath);
    Path ebt = Files.writeString(folder.resolve("ebt"), script);
    Files.setPosixFilePermissions(ebt, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private void link(String name, Path target) throws IOException {
    Path link = folder.resolve(name);
    Files.createDirectories(link.getParent());
    links.add(Files.createSymbolicLink(link, target));
  }

  @AfterEach
  void removeLinks() throws IOException {
    for (Path link : links) {
      Files.delete(link);
    }
  }
}
