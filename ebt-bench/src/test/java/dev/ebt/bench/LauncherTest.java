package dev.ebt.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code ./ebt}: when it builds, what is started then, and how Java is to read its words. */
class LauncherTest {
  /** Knows two locales, as {@code locale charmap} does with glibc. */
  private static final String LOCALE =
      """
      #!/bin/sh
      case ${LC_ALL:-${LC_CTYPE:-${LANG:-C}}} in
        C.UTF-8 | fr_FR.UTF-8) echo UTF-8 ;;
        de_DE) echo ISO-8859-1 ;;
        C | POSIX) echo ANSI_X3.4-1968 ;;
        *) echo "locale: Cannot set LC_CTYPE to default locale: No such file" >&2
           echo ANSI_X3.4-1968 ;;
      esac
      """;

  @TempDir Path folder;
  private Checkout checkout;

  @BeforeEach
  void layOut() throws IOException {
    assumeTrue(Files.isExecutable(Path.of("/bin/sh")));
    checkout = Checkout.in(folder.resolve("a [check]out ä"));
  }

  @Test
  void buildsOnceAndAgainWhenASourceIsNewer() throws IOException, InterruptedException {
    assertThat(checkout.run(Map.of(), "train", "--set", "a b"))
        .contains("\nclasses are there\n")
        .endsWith("\ndev.ebt.bench.Ebt\ntrain\n--set\na b\n");
    checkout.run(Map.of());
    assertThat(checkout.builds()).isEqualTo(1);
    checkout.change();
    checkout.run(Map.of());
    checkout.run(Map.of());
    assertThat(checkout.builds()).isEqualTo(2);
    checkout.run(Map.of("EBT_PROFILE", "extras"));
    assertThat(checkout.builds()).isEqualTo(3);
  }

  @Test
  void twoFirstStartsAtOnceBuildOnce() throws IOException, InterruptedException {
    checkout.write("hold-maven", "");
    Process first = checkout.start("first", Map.of());
    checkout.await("builds", first);
    Process second = checkout.start("second", Map.of());
    checkout.await("second.err", second);
    checkout.delete("hold-maven");
    assertThat(first.waitFor()).isZero();
    assertThat(second.waitFor()).isZero();
    assertThat(checkout.builds()).isEqualTo(1);
    assertThat(Files.readString(checkout.path("second.err")))
        .isEqualTo(
            String.format(
                Locale.ROOT, "ebt: waiting for process %d, which builds here...%n", first.pid()));
    assertThat(Files.readString(checkout.path("second.out"))).contains("classes are there");
  }

  @Test
  void whatRunsKeepsItsBuildWhateverIsBuiltBesideIt() throws IOException, InterruptedException {
    checkout.write("hold-java", "");
    Process held = checkout.start("held", Map.of("HELD", "1"));
    checkout.await("starts", held);
    String used = checkout.latest();
    for (int i = 0; i < 3; i++) {
      checkout.change();
      checkout.run(Map.of());
    }
    assertThat(checkout.kept()).hasSize(3).contains(used, checkout.latest());
    checkout.delete("hold-java");
    assertThat(held.waitFor()).isZero();
    assertThat(Files.readString(checkout.path("held.out"))).contains("classes are there");

    checkout.change();
    checkout.run(Map.of());
    assertThat(checkout.kept()).hasSize(2).doesNotContain(used);
  }

  @Test
  void buildThatFailsLeavesTheOneBefore() throws IOException, InterruptedException {
    checkout.write("broken", "");
    assertThat(checkout.refusal())
        .contains("[ERROR] a class is missing\nebt: the build failed; all of its output is in ")
        .endsWith("build.log\n");
    checkout.delete("broken");
    checkout.run(Map.of());
    String before = checkout.latest();

    checkout.change();
    checkout.write("broken", "");
    assertThat(checkout.refusal()).endsWith("; EBT_BUILD=never starts the build from before\n");
    assertThat(checkout.run(Map.of("EBT_BUILD", "never"))).contains("classes are there");
    assertThat(checkout.kept()).containsExactly(before);
    assertThat(checkout.latest()).isEqualTo(before);
  }

  @Test
  void lockOfABuilderThatWasKilledDoesNotCount() throws IOException, InterruptedException {
    checkout.write(".ebt/lock", "999999999\n");
    checkout.write(".ebt/builds/20010101-000000-999999999/begun", "");
    checkout.run(Map.of());
    assertThat(checkout.kept()).containsExactly(checkout.latest());
    assertThat(checkout.path(".ebt/lock")).doesNotExist();
  }

  @Test
  void colonInThePathIsRefused() throws IOException, InterruptedException {
    checkout = Checkout.in(folder.resolve("12:30"));
    assertThat(checkout.refusal())
        .startsWith("ebt: cannot build in ")
        .contains("12:30: ':' separates the entries of Java's class path")
        .endsWith("; move or rename it\n");
    assertThat(checkout.builds()).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "LANG, en_US.UTF-8, C.UTF-8",
    "LC_ALL, en_US.UTF-8, C.UTF-8",
    "LC_CTYPE, xx, C.UTF-8",
    "LC_ALL, C, C.UTF-8",
    "LANG, POSIX, C.UTF-8",
    "LANG, fr_FR.UTF-8, ''",
    "LC_ALL, fr_FR.UTF-8, fr_FR.UTF-8",
    "LC_ALL, de_DE, de_DE",
  })
  void characterSetIsThatOfAnInstalledLocale(String variable, String named, String taken)
      throws IOException, InterruptedException {
    checkout.script("bin/locale", LOCALE);
    String path = checkout.path("bin") + ":" + System.getenv("PATH");
    assertThat(checkout.run(Map.of("PATH", path, variable, named), "--prompt", "ä"))
        .startsWith("LC_ALL=" + taken + "\n")
        .endsWith("\n--prompt\nä\n");
    assertThat(checkout.path("builds")).hasContent("built with LC_ALL=" + taken);
    assertThat(checkout.path("run.err")).content().doesNotContain("locale");
  }

  @Test
  void withoutAnyLocaleOfUnicodeItIsSaidThatOnlyAsciiIsRead()
      throws IOException, InterruptedException {
    checkout.script("bin/locale", "#!/bin/sh\necho ANSI_X3.4-1968\n");
    Map<String, String> path =
        Map.of("PATH", checkout.path("bin") + ":" + System.getenv("PATH"), "LANG", "C");
    checkout.run(path, "--prompt", "ä");
    assertThat(checkout.path("run.err"))
        .content()
        .startsWith("ebt: no locale with UTF-8 is installed: only ASCII is read as it is meant\n");
    checkout.run(path, "--prompt", "a ~!");
    assertThat(checkout.path("run.err")).isEmptyFile();
  }

  @Test
  void whereThereIsNoLocaleCommandUnicodeIsTaken() throws IOException, InterruptedException {
    for (String tool :
        List.of(
            "sh",
            "awk",
            "cat",
            "cut",
            "date",
            "dirname",
            "find",
            "grep",
            "head",
            "mkdir",
            "mv",
            "readlink",
            "rm",
            "sed",
            "sleep",
            "stty",
            "tail")) {
      for (String bin : System.getenv("PATH").split(":")) {
        Path found = Path.of(bin, tool);
        if (Files.isExecutable(found) && !Files.exists(checkout.path("bin/" + tool))) {
          checkout.script("bin/" + tool, "#!/bin/sh\nexec " + found + " \"$@\"\n");
        }
      }
    }
    String path = checkout.path("bin").toString();
    assertThat(checkout.run(Map.of("PATH", path, "LANG", "en_US.UTF-8")))
        .startsWith("LC_ALL=C.UTF-8\n");
  }
}
