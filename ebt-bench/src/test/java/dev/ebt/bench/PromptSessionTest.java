package dev.ebt.bench;

import static dev.ebt.bench.Commands.fine;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.inject.Module;
import dev.ebt.bench.application.Application;
import dev.ebt.bench.command.Interrupt;
import dev.ebt.bench.command.Interrupts;
import dev.ebt.bench.console.ConsoleTerminal;
import dev.ebt.bench.console.StandardStreams;
import dev.ebt.bench.prompt.PromptsFactory;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code think} without a prompt, at a terminal and with a pipe. */
class PromptSessionTest {
  private static final ConsoleTerminal TERMINAL =
      new ConsoleTerminal(Optional.of(true), true, 80, null);
  private static final ConsoleTerminal PIPE =
      new ConsoleTerminal(Optional.of(false), false, 80, null);

  @TempDir static Path folder;
  private static String run;

  @BeforeAll
  static void train() throws IOException {
    run = Tiny.in(folder).trained("run").toString();
  }

  /** What a person who gives these inputs sees, after the heading. */
  private static Commands session(Interrupts interrupts, List<String> inputs, String... options) {
    Iterator<String> next = inputs.iterator();
    Module module =
        binder -> {
          binder.bind(Interrupts.class).toInstance(interrupts);
          binder
              .bind(PromptsFactory.class)
              .toInstance(
                  completions ->
                      () -> next.hasNext() ? Optional.of(next.next()) : Optional.empty());
        };
    return think(TERMINAL, "", module, options);
  }

  private static Commands think(
      ConsoleTerminal terminal, String in, Module module, String... options) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    StandardStreams streams =
        new StandardStreams(
            new ByteArrayInputStream(in.getBytes(StandardCharsets.UTF_8)),
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            terminal);
    List<String> line = new ArrayList<>(List.of("think", run));
    line.addAll(List.of(options));
    int code = Ebt.execute(Application.of(streams, module), line.toArray(String[]::new));
    return new Commands(
        code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  private static Interrupt patient(Runnable notice) {
    return new Interrupt(notice, () -> {});
  }

  private static String written(String prompt, String... options) {
    List<String> line = new ArrayList<>(List.of("think", run, "--prompt", prompt));
    line.addAll(List.of(options));
    return fine(line.toArray(String[]::new)).out();
  }

  @Test
  void everyInputIsAnsweredByItself() {
    Commands done =
        session(PromptSessionTest::patient, List.of("abc", "", "//d"), "--count", "5", "--seed=3");

    assertThat(done.code()).as(done.err()).isZero();
    assertThat(done.out())
        .startsWith(run + " at step ")
        .endsWith(
            " Ctrl-D leaves.\n"
                + written("abc", "--count", "5", "--seed=3")
                + written("/d", "--count", "5", "--seed=3"));
  }

  @Test
  void optionsAreChangedBetweenInputs() {
    Commands done =
        session(
            PromptSessionTest::patient,
            List.of(
                "/set temperature 0",
                "/set --steps 1",
                "abc",
                "/unset steps",
                "/set",
                "/quit",
                "d"),
            "--count",
            "5");

    assertThat(done.err()).isEmpty();
    assertThat(done.out())
        .endsWith(
            written("abc", "--count", "5", "--temperature", "0", "--steps", "1")
                + "--count 5\n--temperature 0\n");
  }

  @Test
  void timeoutEndsEachAnswerAndNotTheSession() {
    Commands done =
        session(
            PromptSessionTest::patient,
            List.of("abc", "d", "/set", "/quit"),
            "--count=5",
            "--timeout=1e-9");

    assertThat(done.code()).isZero();
    assertThat(done.err().lines())
        .hasSize(2)
        .allSatisfy(
            line -> assertThat(line).contains("the answer takes longer than --timeout 1.0E-9 s"));
    assertThat(done.out()).endsWith("--count 5\n");
  }

  @Test
  void mistakeIsToldAndChangesNothing() {
    Commands done =
        session(
            PromptSessionTest::patient,
            List.of(
                "/set steps 0",
                "/set temprature 1",
                "/set top-k many",
                "/sett",
                "/set prompt x",
                "far too long",
                "abc"),
            "--count",
            "5");

    assertThat(done.code()).isZero();
    assertThat(done.err().lines())
        .satisfiesExactly(
            line -> assertThat(line).isEqualTo("ebt: --steps is 0; at least 1 expected"),
            line -> assertThat(line).contains("unknown option '--temprature'", "--temperature"),
            line -> assertThat(line).contains("--top-k", "many"),
            line -> assertThat(line).startsWith("ebt: /sett is no command"),
            line -> assertThat(line).contains("unknown option '--prompt'"),
            line -> assertThat(line).contains("--truncate left"));
    assertThat(done.out()).endsWith("leaves.\n" + written("abc", "--count", "5"));
  }

  @Test
  void keyboardInterruptEndsTheAnswerAndNotTheSession() {
    Interrupts atOnce =
        notice -> {
          Interrupt interrupt = patient(notice);
          interrupt.received();
          return interrupt;
        };
    Commands done = session(atOnce, List.of("abc", "d"), "--explain");

    assertThat(done.code()).isZero();
    assertThat(done.out().lines().filter(line -> line.contains(".") && line.contains("▁")))
        .as("a token of each answer")
        .hasSize(2);
  }

  @Test
  void helpListsTheOptionsOfTheModelsOwnData() {
    Commands done = session(PromptSessionTest::patient, List.of("/help"));

    assertThat(done.out())
        .contains("/set NAME VALUE", "  steps N ", "  explain ")
        .doesNotContain("  --", "  frames", "  prompt ");
  }

  @Test
  void inputFromAPipeIsThePrompt() {
    Commands done = think(PIPE, "ab\nc\n", binder -> {}, "--count", "5");

    assertThat(done.out()).isEqualTo(written("ab\nc", "--count", "5"));
    assertThat(think(PIPE, "", binder -> {}, "--count", "5").out())
        .isEqualTo(written("", "--count", "5"));
    assertThat(think(PIPE, "ignored", binder -> {}, "--count", "5", "--prompt", "d").out())
        .isEqualTo(written("d", "--count", "5"));
  }

  @Test
  void aFileOfPromptsTakesThePlaceOfAnInput() throws IOException {
    String prompts = Files.writeString(folder.resolve("prompts.txt"), "abc\nd\n").toString();
    String answers = fine("think", run, "--count", "5", "--prompts", prompts).out();

    for (ConsoleTerminal each : List.of(PIPE, TERMINAL)) {
      Commands done = think(each, "ignored", binder -> {}, "--count", "5", "--prompts", prompts);
      assertThat(done.out()).as(done.err()).isEqualTo(answers);
    }
  }

  @Test
  void programsAreNotAsked() {
    Commands done = think(TERMINAL, "", binder -> {}, "--count", "5", "--json");

    assertThat(done.out()).startsWith("{\"run\":").contains("\"text\":\"");
  }
}
