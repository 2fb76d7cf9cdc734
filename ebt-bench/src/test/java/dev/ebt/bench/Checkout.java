package dev.ebt.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A folder that looks like a checkout to the launcher, with a Maven that only writes down that it
 * built and a Java that prints what it was given. Maven waits while a file {@code hold-maven} is
 * there, Java, where the variable {@code HELD} is set, while {@code hold-java} is; Maven fails
 * where there is a file {@code broken}.
 */
final class Checkout {
  private static final Path LAUNCHER =
      Path.of(System.getProperty("basedir", ".")).toAbsolutePath().resolveSibling("ebt");

  private static final String MAVEN =
      """
      #!/bin/sh
      here=$(dirname "$0")
      echo "built with LC_ALL=${LC_ALL:-}" >>"$here/builds"
      while [ -e "$here/hold-maven" ]; do sleep 0.02; done
      if [ -e "$here/broken" ]; then echo "[ERROR] a class is missing"; exit 1; fi
      for word; do
        case $word in -Debt.output=*) out=${word#*=} ;; esac
      done
      mkdir -p "$out/ebt-bench/classes" "$out/ebt-api/classes"
      printf %s "$out/ebt-api/classes" >"$out/ebt-bench/classpath.txt"
      """;

  private static final String JAVA =
      """
      #!/bin/sh
      here=$(dirname "$0")/../..
      echo "LC_ALL=${LC_ALL:-}"
      echo started >>"$here/starts"
      while [ -n "${HELD:-}" ] && [ -e "$here/hold-java" ]; do sleep 0.02; done
      for word; do
        case $word in */ebt-bench/classes:*) [ -d "${word%%:*}" ] && echo "classes are there" ;; esac
        echo "$word"
      done
      """;

  private final Path folder;

  private Checkout(Path folder) {
    this.folder = folder;
  }

  /** One in a new folder. */
  static Checkout in(Path folder) throws IOException {
    Checkout checkout = new Checkout(Files.createDirectories(folder));
    Files.copy(LAUNCHER, checkout.path("ebt"));
    checkout.executable("ebt");
    checkout.script("mvnw", MAVEN);
    checkout.script("jdk/bin/java", JAVA);
    checkout.write("jdk/release", "JAVA_VERSION=\"17.0.1\"\n");
    for (String source : List.of("pom.xml", "ebt-api/pom.xml", "ebt-api/src/main/Source.java")) {
      checkout.write(source, "source");
      checkout.date(source, "2001-01-01T00:00:00Z");
    }
    checkout.date("ebt-api/src/main", "2001-01-01T00:00:00Z");
    return checkout;
  }

  Path path(String name) {
    return folder.resolve(name);
  }

  void write(String name, String text) throws IOException {
    Files.createDirectories(path(name).getParent());
    Files.writeString(path(name), text);
  }

  void delete(String name) throws IOException {
    Files.delete(path(name));
  }

  void script(String name, String text) throws IOException {
    write(name, text);
    executable(name);
  }

  private void executable(String name) throws IOException {
    Files.setPosixFilePermissions(path(name), PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private void date(String name, String instant) throws IOException {
    Files.setLastModifiedTime(path(name), FileTime.from(Instant.parse(instant)));
  }

  /** Makes a source newer than the last build. */
  void change() throws IOException {
    date(".ebt/builds/" + latest() + "/complete", "2001-01-02T00:00:00Z");
    date("ebt-api/src/main/Source.java", "2001-01-03T00:00:00Z");
  }

  String latest() throws IOException {
    return Files.readString(path(".ebt/current"));
  }

  /** The builds that there are. */
  List<String> kept() throws IOException {
    try (Stream<Path> builds = Files.list(path(".ebt/builds"))) {
      return builds.map(build -> build.getFileName().toString()).sorted().toList();
    }
  }

  /** How many times Maven was called. */
  long builds() throws IOException {
    return Files.exists(path("builds")) ? Files.readAllLines(path("builds")).size() : 0;
  }

  /** Waits for a process to write the first line of a file. */
  void await(String name, Process writer) throws IOException, InterruptedException {
    while (!Files.exists(path(name)) || Files.readAllLines(path(name)).isEmpty()) {
      assertThat(writer.isAlive()).as(name).isTrue();
      Thread.sleep(5);
    }
  }

  /** Starts {@code ./ebt}; what it prints goes to {@code NAME.out} and {@code NAME.err}. */
  Process start(String name, Map<String, String> environment, String... words) throws IOException {
    ProcessBuilder line = new ProcessBuilder(path("ebt").toString());
    line.command().addAll(List.of(words));
    line.environment().keySet().removeIf(key -> key.matches("LC_.*|LANG|EBT_.*|COLUMNS"));
    line.environment().put("JAVA_HOME", path("jdk").toString());
    line.environment().putAll(environment);
    line.redirectOutput(path(name + ".out").toFile());
    return line.redirectError(path(name + ".err").toFile()).start();
  }

  /** Runs {@code ./ebt}, which must go well; what it printed. */
  String run(Map<String, String> environment, String... words)
      throws IOException, InterruptedException {
    int code = start("run", environment, words).waitFor();
    assertThat(code).as(Files.readString(path("run.err"))).isZero();
    return Files.readString(path("run.out"));
  }

  /** Runs {@code ./ebt}, which must refuse; what it said. */
  String refusal() throws IOException, InterruptedException {
    assertThat(start("run", Map.of()).waitFor()).isEqualTo(2);
    assertThat(path("run.out")).isEmptyFile();
    return Files.readString(path("run.err"));
  }
}
