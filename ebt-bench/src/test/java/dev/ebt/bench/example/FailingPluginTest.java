package dev.ebt.bench.example;

import static dev.ebt.bench.Commands.ebt;
import static dev.ebt.bench.Commands.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ebt.bench.Commands;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Plugins that fail while a run is put together, at the command line. */
class FailingPluginTest {
  @TempDir Path folder;

  /** A jar whose optimizer {@code failing} does this when it is made. */
  private String jar(String body) throws IOException {
    Path services = Files.createDirectories(folder.resolve("source/META-INF/services"));
    Files.writeString(services.resolve("dev.ebt.plugin.EbtPlugin"), "failing.Failing");
    Files.writeString(
        folder.resolve("source/Failing.java"),
        """
        package failing;

        import dev.ebt.optimize.Optimizer;
        import dev.ebt.plugin.EbtPlugin;
        import dev.ebt.plugin.Factory;
        import java.util.List;

        public final class Failing implements EbtPlugin {
          public record None() {}

          public String name() {
            return "failing";
          }

          public int spiVersion() {
            return SPI_VERSION;
          }

          public List<Factory<? extends Optimizer, ?>> optimizers() {
            return List.of(Factory.of("failing", "fails", None.class, (none, run) -> make()));
          }

          private static Optimizer make() {
            %s
          }
        }
        """
            .formatted(body));
    return ExamplePlugin.jar(folder.resolve("source"), "failing", folder).toString();
  }

  private String refused(String jar) {
    return refusal(training(jar));
  }

  private String[] training(String jar) {
    return new String[] {
      "train",
      "--plugins",
      jar,
      "--set",
      "optimizer=failing",
      "--backend",
      "reference",
      "--out",
      folder.resolve("run").toString()
    };
  }

  @Test
  void lackOfMemoryIsReportedAsSuch() throws IOException {
    String thrown = "throw new IllegalStateException(new OutOfMemoryError(\"Java heap space\"));";

    assertThat(refused(jar(thrown)))
        .startsWith("ebt: out of memory: Java heap space; Java may use ")
        .contains("EBT_JAVA_OPTS=-Xmx");
  }

  @Test
  void aPartThatIsNullIsReportedWithItsJar() throws IOException {
    String jar = jar("return null;");

    assertThat(refused(jar))
        .isEqualTo(
            "ebt: plugin 'failing' ("
                + Path.of(jar).toRealPath()
                + ") returned null when asked for optimizer 'failing'\n");
  }

  /** Its optimizer is made, and fails when parameters are updated. */
  @Test
  void aFaultDuringTrainingIsThatOfThePlugin() throws IOException {
    String jar =
        jar(
            """
            return new Optimizer() {
              public List<Slot> slots() {
                return List.of();
              }

              public Update move(Inputs inputs) {
                throw new IllegalStateException("no update");
              }
            };
            """);

    Commands failed = ebt(training(jar));

    assertThat(failed.code()).isEqualTo(1);
    assertThat(failed.err().lines().reduce((before, last) -> last).orElseThrow())
        .startsWith(
            "ebt: internal error of plugin 'failing' ("
                + Path.of(jar).toRealPath()
                + "): java.lang.")
        .endsWith("java.lang.IllegalStateException: no update");
  }

  /** Such as of a plugin that was compiled against another version. */
  @Test
  void anErrorDuringTrainingIsThatOfThePlugin() throws IOException {
    String jar =
        jar(
            """
            return new Optimizer() {
              public List<Slot> slots() {
                throw new NoSuchMethodError("gone");
              }

              public Update move(Inputs inputs) {
                throw new NoSuchMethodError("gone");
              }
            };
            """);

    Commands failed = ebt(training(jar));

    assertThat(failed.code()).isEqualTo(1);
    assertThat(failed.err().lines().reduce((before, last) -> last).orElseThrow())
        .startsWith("ebt: internal error of plugin 'failing' (")
        .endsWith("java.lang.NoSuchMethodError: gone");
  }

  @Test
  void aFaultOfAPluginHasATraceAndAMessageThatCannotControlTheTerminal() throws IOException {
    Commands failed =
        ebt(training(jar("throw new AssertionError(\"\\033[2J\" + \"x\".repeat(100_000));")));

    assertThat(failed.code()).isEqualTo(1);
    assertThat(failed.err()).contains("\tat failing.Failing.make(Failing.java");
    assertThat(failed.err().lines().reduce((before, last) -> last).orElseThrow())
        .startsWith("ebt: internal error of plugin 'failing' (")
        .contains("java.lang.AssertionError: \\u001b[2Jxxx")
        .doesNotContain("\u001b")
        .hasSizeLessThan(700);
  }
}
