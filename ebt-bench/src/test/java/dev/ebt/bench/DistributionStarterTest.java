package dev.ebt.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The starter scripts of an unpacked distribution, from whatever folder and through links. */
class DistributionStarterTest {
  private static final Path SCRIPTS = Path.of("src/main/dist");

  /** A Java that prints its arguments, one a line. */
  private static final String JAVA =
      """
      #!/bin/sh
      if [ "$1" = -version ]; then echo 'openjdk version "17.0.1"' >&2; exit; fi
      for argument in "$@"; do printf '%s\\n' "$argument"; done
      """;

  @TempDir Path folder;
  private Path home;
  private Path elsewhere;

  @BeforeEach
  void unpack() throws IOException {
    assumeTrue(Files.isExecutable(Path.of("/bin/sh")));
    home = Files.createDirectories(folder.resolve("an [ebt] 1"));
    elsewhere = Files.createDirectories(folder.resolve("else where"));
    Files.createDirectory(home.resolve("bin"));
    for (String script : List.of("ebt", "bin/ebt")) {
      write(home.resolve(script), Files.readString(SCRIPTS.resolve(script)));
    }
    write(folder.resolve("jdk/bin/java"), JAVA);
  }

  private static void write(Path file, String content) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }

  /** Runs a script in the other folder, and returns the last arguments of Java. */
  private List<String> start(Path script) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(script.toString(), "think", "a b"));
    ProcessBuilder process =
        new ProcessBuilder(command).directory(elsewhere.toFile()).redirectErrorStream(true);
    process.environment().put("JAVA_HOME", folder.resolve("jdk").toString());
    Process started = process.start();
    String printed = new String(started.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(started.waitFor()).as(printed).isZero();
    List<String> lines = printed.lines().toList();
    return lines.subList(lines.indexOf("-cp"), lines.size());
  }

  private List<String> expected() throws IOException {
    return List.of(
        "-cp", home.toRealPath().resolve("lib") + "/*", "dev.ebt.bench.Ebt", "think", "a b");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ebt", "bin/ebt"})
  void itsJarsAreFoundFromAnotherFolder(String script) throws IOException, InterruptedException {
    assertThat(start(home.resolve(script))).isEqualTo(expected());
  }

  @ParameterizedTest
  @ValueSource(strings = {"ebt", "bin/ebt"})
  void itsJarsAreFoundThroughAChainOfLinks(String script) throws IOException, InterruptedException {
    Path relative = elsewhere.relativize(home.resolve(script));
    Path link = Files.createSymbolicLink(elsewhere.resolve("link"), relative);
    Path absolute = Files.createSymbolicLink(folder.resolve("ebt"), link.toAbsolutePath());

    assertThat(start(link)).isEqualTo(expected());
    assertThat(start(absolute)).isEqualTo(expected());
  }

  @Test
  void aLinkedFolderIsFollowed() throws IOException, InterruptedException {
    Path linked = Files.createSymbolicLink(folder.resolve("current"), home);

    assertThat(start(linked.resolve("ebt"))).isEqualTo(expected());
  }
}
