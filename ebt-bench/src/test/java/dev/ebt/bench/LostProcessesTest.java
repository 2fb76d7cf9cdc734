package dev.ebt.bench;

import static dev.ebt.bench.Commands.fine;
import static dev.ebt.bench.SharedRuns.ACCUMULATED;
import static dev.ebt.bench.SharedRuns.STEPS;
import static dev.ebt.bench.SharedRuns.and;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ebt.testing.ProcessGroupContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is left of a shared training when one of its processes is killed. */
class LostProcessesTest {
  /** In seconds: a process that is killed is noticed without it. */
  private static final String DAY = "86400";

  @TempDir static Path folder;
  private static SharedRuns runs;

  @BeforeAll
  static void create() throws IOException {
    runs = SharedRuns.in(folder);
  }

  @Test
  void aKilledProcessStopsAllWithOneMessageAndTheLastUpdateIsSaved()
      throws IOException, InterruptedException {
    String[] shared = and(runs.line("killed"), "--process-timeout", DAY, "--processes", "2");
    try (EbtProcess command = EbtProcess.start(folder, shared)) {
      command.await(() -> runs.reached("killed") >= 12);
      children(command).get(1).destroyForcibly();

      assertThat(command.exitCode()).isEqualTo(2);
      assertThat(command.errors()).contains("processes 2, with 1 batch of 1 row each per update");
      List<String> messages =
          command.errors().lines().filter(line -> line.startsWith("ebt: ")).toList();
      assertThat(messages).hasSize(1);
      String message = messages.get(0);
      assertThat(message).startsWith("ebt: process 1 (127.0.0.1:").contains(" has ended, ");
      assertThat(command.errors()).contains("\n  process 1 was ended by signal 9");
      assertThat(folder.resolve("killed/checkpoints/step-000000" + stopped(message))).exists();
    }
    fine(runs.tiny().resume("killed"));
    fine(runs.line("alone", ACCUMULATED));
    SharedRuns.assertSame(runs.losses("killed"), runs.losses("alone"));
  }

  /** Returns the processes that a command has started, in the order of their numbers. */
  private static List<ProcessHandle> children(EbtProcess command) {
    return ProcessHandle.of(command.number())
        .orElseThrow()
        .children()
        .sorted(
            Comparator.comparing((ProcessHandle child) -> child.info().startInstant().orElseThrow())
                .thenComparing(ProcessHandle::pid))
        .toList();
  }

  /** Returns the update after which a training has stopped. */
  private static String stopped(String message) {
    Matcher stopped =
        Pattern.compile("The training has stopped after update ([0-9]+); resume it with --resume")
            .matcher(message);
    assertThat(stopped.find()).as(message).isTrue();
    return stopped.group(1);
  }

  /**
   * A validation takes much longer than an update, so that the kill falls into one; all the same
   * holds where it does not.
   */
  @Test
  void aProcessKilledWhileAllValidateLeavesTheValidationToTheFirst()
      throws IOException, InterruptedException {
    int every = 10;
    String text = Files.readString(folder.resolve("text.txt"));
    String data = runs.tiny().write("long.txt", text + "the validated rows\n".repeat(2000));
    List<String> addresses = ProcessGroupContract.addresses(2);
    String[] shared =
        and(
            runs.line(
                "validating",
                "data.path=" + data,
                "training.validationRows=250",
                "training.validateEvery=" + every),
            "--process-timeout",
            DAY,
            "--cluster",
            String.join(",", addresses));
    try (EbtProcess first = EbtProcess.start(folder, and(shared, "--rank", "0"));
        EbtProcess other = EbtProcess.start(folder, and(shared, "--rank", "1"))) {
      first.await(() -> runs.reached("validating") >= every);
      other.kill();

      assertThat(first.exitCode()).isEqualTo(2);
      assertThat(first.errors()).contains("ebt: process 1 (" + addresses.get(1) + ") ");
      int stopped = Integer.parseInt(stopped(first.errors()));
      assertThat(runs.validations("validating")).hasSize(stopped / every);
    }
    fine(runs.tiny().resume("validating"));
    assertThat(runs.validations("validating")).hasSize(STEPS / every);
    assertThat(runs.losses("validating")).hasSize(STEPS);
  }

  @Test
  void processesEndWithTheCommandThatStartedThem()
      throws IOException, InterruptedException, ExecutionException, TimeoutException {
    String[] line = and(runs.line("orphans", "training.steps=1000000"), "--processes", "2");
    try (EbtProcess command = EbtProcess.start(folder, line)) {
      command.await(() -> runs.reached("orphans") >= 1);
      List<ProcessHandle> children = children(command);
      assertThat(children).hasSize(2);
      command.kill();

      for (ProcessHandle child : children) {
        child.onExit().get(15, TimeUnit.MINUTES); // Its own end would be hours away.
      }
    }
  }
}
