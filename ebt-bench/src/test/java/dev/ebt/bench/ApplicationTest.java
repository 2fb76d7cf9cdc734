package dev.ebt.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.inject.AbstractModule;
import com.google.inject.Module;
import com.google.inject.TypeLiteral;
import com.google.inject.multibindings.MapBinder;
import com.google.inject.name.Names;
import dev.ebt.bench.application.Application;
import dev.ebt.bench.command.Interrupt;
import dev.ebt.bench.command.Interrupts;
import dev.ebt.bench.console.StandardStreams;
import dev.ebt.plugin.Catalog;
import dev.ebt.plugin.EbtPlugin;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine.Command;

/** Commands take their collaborators from the application, which can have others. */
class ApplicationTest {
  @TempDir Path folder;

  /** A plugin with nothing but a recipe. */
  private static final class OneRecipe implements EbtPlugin {
    @Override
    public String name() {
      return "one";
    }

    @Override
    public int spiVersion() {
      return SPI_VERSION;
    }

    @Override
    public Map<String, String> recipes() {
      return Map.of("only", "# The only one\nseed: 1\n");
    }
  }

  private static Commands ebt(Module replacements, String... line) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    StandardStreams streams =
        new StandardStreams(
            InputStream.nullInputStream(),
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8));
    int code = Ebt.execute(Application.of(streams, replacements), line);
    return new Commands(
        code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  /** A user who asks to stop as soon as that is possible. */
  @Test
  void interruptedTrainingIsSavedOrSaysThatThereIsNothingToSave() throws IOException {
    Module impatient =
        binder ->
            binder
                .bind(Interrupts.class)
                .toInstance(
                    notice -> {
                      Interrupt interrupt = new Interrupt(notice, () -> {});
                      interrupt.received();
                      return interrupt;
                    });
    Tiny tiny = Tiny.in(folder);

    Commands done = ebt(impatient, tiny.train("run"));

    assertThat(done.code()).isEqualTo(130);
    assertThat(done.out()).isEmpty();
    assertThat(done.err())
        .contains("stopping  before the first update starts. Ctrl-C again ends at once")
        .contains("Stopped before the first update; there is nothing to save. Resume with:")
        .endsWith("./ebt train --resume " + tiny.path("run") + System.lineSeparator());
  }

  @Test
  void catalogCanBeAnotherOne() {
    Module onlyOne =
        new AbstractModule() {
          @Override
          protected void configure() {
            bind(new TypeLiteral<Supplier<Catalog>>() {})
                .toInstance(() -> Catalog.of(new OneRecipe()));
          }
        };

    Commands done = ebt(onlyOne, "plugins");

    assertThat(done.code()).as(done.err()).isZero();
    assertThat(done.out()).contains("The only one").doesNotContain("adamw");
    assertThat(ebt(onlyOne, "init", "--recipe", "text").err()).contains("unknown recipe 'text'");
  }

  /** A command of another program that embeds this one. */
  @Command(name = "hello", header = "Greet.")
  private static final class Hello implements Callable<Integer> {
    @Override
    public Integer call() {
      return 7;
    }
  }

  @Test
  void commandsCanBeAdded() {
    Module hello =
        binder ->
            MapBinder.newMapBinder(
                    binder, String.class, Object.class, Names.named(Application.COMMANDS))
                .addBinding("hello")
                .toInstance(new Hello());

    assertThat(ebt(hello, "hello").code()).isEqualTo(7);
    assertThat(ebt(hello, "help").out())
        .containsSubsequence("demo ", "Greet.", "help ")
        .contains("train ");
  }
}
