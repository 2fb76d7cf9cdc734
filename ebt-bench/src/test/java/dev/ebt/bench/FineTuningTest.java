package dev.ebt.bench;

import static dev.ebt.bench.Commands.fine;
import static dev.ebt.bench.Commands.refusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Matcher;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Learning the answers of a task from the weights of a run. */
class FineTuningTest {
  /** So little that weights stay what they were. */
  private static final String STILL = "--set=training.learningRate=1e-15";

  @TempDir static Path folder;
  private static Tiny tiny;
  private static String run;
  private static String task;

  @BeforeAll
  static void train() throws IOException {
    tiny = Tiny.in(folder);
    run = tiny.trained("run").toString();
    task =
        "lambada=" + tiny.write("task.txt", "one two three\nfour five six\nseven eight nine ten\n");
  }

  private static double perplexity(String model) throws IOException {
    String out = fine("eval", model, "--task", task, "--steps", "2", "--json").out();
    return new ObjectMapper().readTree(out).at("/tasks/0/results/0/answerPerplexity").asDouble();
  }

  @Test
  void beginsWithTheWeightsOfTheRun() throws IOException {
    String tuned = tiny.path("still");
    Commands done =
        fine(
            "train",
            "--from",
            run,
            "--task",
            task,
            "--out",
            tuned,
            "--set=training.steps=1",
            STILL);
    assertThat(done.err())
        .contains(
            "weights   first those of " + run, "2 for training, 1 for validation, answers only");
    assertThat(perplexity(tuned)).isCloseTo(perplexity(run), withinPercentage(1e-6));
    assertThat(folder.resolve("still/config.yaml"))
        .content()
        .contains("from: ", "name: task", "format: lambada", "decaySteps: 1");
  }

  @Test
  void learnsGentlyAndIsResumedAsAnyRun() throws IOException {
    String tuned = tiny.path("tuned");
    fine("train", "--from", run, "--task", task, "--out", tuned, "--set", "training.steps=2");
    assertThat(Files.readString(folder.resolve("tuned/config.yaml")))
        .as("a tenth of 0.004")
        .containsPattern("learningRate: (0\\.0004|4\\.0E-4)\n");
    assertThat(perplexity(tuned)).isNotCloseTo(perplexity(run), withinPercentage(1e-6));
    fine("train", "--resume", tuned, "--set", "training.steps=3");
  }

  @Test
  void stoppedBeforeItsFirstCheckpointItBeginsWithTheSameWeightsAgain() throws IOException {
    String tuned = tiny.path("again");
    fine("train", "--from", run, "--task", task, "--out", tuned, "--set=training.steps=1", STILL);
    Files.move(folder.resolve("again/checkpoints"), folder.resolve("aside"));
    assertThat(fine("train", "--resume", tuned).err()).contains("the run starts again");
    assertThat(perplexity(tuned)).isCloseTo(perplexity(run), withinPercentage(1e-6));
  }

  /** The name in {@code from} is nearly that of a bundled model, which a training refuses. */
  @Test
  void aModelIsUsedAndResumedWhereItsFirstWeightsAreNotFound() throws IOException {
    String tuned = tiny.path("elsewhere");
    fine("train", "--from", run, "--task", task, "--out", tuned, "--set=training.steps=1", STILL);
    Path file = folder.resolve("elsewhere/config.yaml");
    String configuration = Files.readString(file);
    Files.writeString(file, configuration.replaceFirst("(?m)^from: .*$", "from: shape"));

    assertThat(perplexity(tuned)).isCloseTo(perplexity(run), withinPercentage(1e-6));
    Commands resumed = fine("train", "--resume", tuned, "--set=training.steps=2");
    assertThat(resumed.err()).doesNotContain("schedule.warmUp");
    Files.move(folder.resolve("elsewhere/checkpoints"), folder.resolve("elsewhere/aside"));
    assertThat(refusal("train", "--resume", tuned)).contains("the bundled model 'shapes'");
  }

  /** Exports the run with other data in its configuration. */
  private static String exportedWith(String name, String data) throws IOException {
    Path exported = folder.resolve(name);
    fine("export", run, "--out", exported.toString());
    Path file = exported.resolve("config.yaml");
    String configuration = Files.readString(file);
    Files.writeString(
        file, configuration.replaceFirst("  path: .*\n", Matcher.quoteReplacement(data)));
    return exported.toString();
  }

  @Test
  void otherDataIsNotSplitAsThatOfTheRunWas() throws IOException {
    String text = tiny.path("text.txt");
    String all = exportedWith("all", "  path: '" + text + "'\n  validation: 1.0\n");
    assertThat(refusal("train", "--from", all, "--out", tiny.path("none")))
        .contains("there is no training data", "data.validation is 1", "--data PATH");
    String[] line = {"train", "--from", all, "--data", text, "--out", tiny.path("some")};
    assertThat(fine(with(line, "--set=training.steps=1")).err()).contains("(the last part for val");

    String other = tiny.write("other.txt", "other lines of a text\n");
    String own = exportedWith("own", "  path: '" + text + "'\n  validationPath: '" + other + "'\n");
    assertThat(fine("eval", own, "--data", other, "--rows=2").out()).contains("other.txt: 1 docu");
    line = new String[] {"train", "--from", own, "--data", text, "--out", tiny.path("more")};
    assertThat(fine(with(line, "--set=training.steps=1")).err()).contains("(the last part for val");
  }

  private static String[] with(String[] line, String last) {
    String[] all = Arrays.copyOf(line, line.length + 1);
    all[line.length] = last;
    return all;
  }

  @Test
  void dataInTheFolderOfTheRunIsCopied() throws IOException {
    String exported = exportedWith("stored", "  path: parts/own.txt\n");
    Files.createDirectories(folder.resolve("stored/parts"));
    Files.copy(folder.resolve("text.txt"), folder.resolve("stored/parts/own.txt"));
    String tuned = tiny.path("copied");
    fine("train", "--from", exported, "--out", tuned, "--set=training.steps=1");
    Files.delete(folder.resolve("stored/parts/own.txt"));

    assertThat(fine("eval", tuned, "--rows=2").out()).contains("own.txt: 1 document");
    fine("train", "--like", tuned, "--set=from=null", "--out", tiny.path("like"));
    assertThat(folder.resolve("like/parts/own.txt")).exists();
  }

  @Test
  void weightsOfAnotherModelAreRefused() {
    assertThat(refusal("train", "--from", run, "--task", task, "--set", "model.width=16"))
        .startsWith("ebt: cannot start from the weights of " + run + ": ")
        .contains("model.safetensors does not fit the configured model")
        .endsWith("Use the model settings of that run, or start without its weights\n");
    assertThat(
            refusal(
                "train",
                "--from",
                run,
                "--set=model.name=transformer",
                "--set=objective={name: likelihood}"))
        .contains("they are of model 'autoregressive', configured is 'transformer'");
    assertThat(refusal("train", "--from", tiny.path("nowhere"))).contains("nowhere");
    assertThat(refusal("train", "--from", run, "--task", task, "--data", tiny.path("text.txt")))
        .startsWith("ebt: --task and --data exclude each other");
    assertThat(refusal("train", "--from", run, "--task", task, "--task", task))
        .startsWith("ebt: --task is given 2 times; once expected here");
    assertThat(refusal("train", "--resume", run, "--from", run)).contains("--from");
    assertThat(Files.exists(Path.of("runs"))).isFalse();
  }
}
