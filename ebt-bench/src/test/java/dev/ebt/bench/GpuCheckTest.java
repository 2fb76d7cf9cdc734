package dev.ebt.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** The script that checks a machine with a GPU runs commands that exist, within its time. */
class GpuCheckTest {
  private static final int LIMIT_SECONDS = 600;
  private static final Path SCRIPT =
      Path.of(System.getProperty("basedir", ".")).resolve("../scripts/gpu-check");

  private record Run(int code, String out) {}

  private static Run run(String option) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder("sh", SCRIPT.toString(), option).redirectErrorStream(true).start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Run(process.waitFor(), out);
  }

  @Test
  void itsCommandsAreUnderstood() throws IOException, InterruptedException {
    Run listed = run("--list");

    assertThat(listed.code()).isZero();
    List<String> commands = listed.out().lines().filter(line -> line.startsWith("./ebt ")).toList();
    assertThat(commands).hasSize(9);
    assertThat(listed.out().lines().filter(line -> !commands.contains(line)))
        .hasSize(2)
        .allMatch(line -> line.startsWith("python3 scripts/torch-step.py --layers "));
    for (String command : commands) {
      String[] words = Arrays.stream(command.split(" ", -1)).skip(1).toArray(String[]::new);
      CommandLine line = Ebt.commandLine(words);
      assertThatCode(() -> line.parseArgs(words)).as(command).doesNotThrowAnyException();
    }
  }

  @Test
  void itsLimitsTogetherAreItsTime() throws IOException {
    int seconds =
        Pattern.compile("(?m)\\b(?:run|torch) [-a-z0-9]+ ([0-9]+) ")
            .matcher(Files.readString(SCRIPT))
            .results()
            .mapToInt(limit -> Integer.parseInt(limit.group(1)))
            .sum();
    assertThat(seconds).isBetween(1, LIMIT_SECONDS);
  }

  @Test
  void unknownOptionsAreRefused() throws IOException, InterruptedException {
    Run refused = run("--all");

    assertThat(refused.code()).isEqualTo(2);
    assertThat(refused.out()).contains("gpu-check: '--all' is unknown; --dry-run or --list");
  }
}
