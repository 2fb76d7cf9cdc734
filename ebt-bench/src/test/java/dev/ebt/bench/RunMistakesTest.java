package dev.ebt.bench;

import static dev.ebt.bench.Commands.fine;
import static dev.ebt.bench.Commands.refusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Run directories that are taken, are none, are finished, or cannot be written. */
class RunMistakesTest {
  @TempDir static Path folder;
  private static Tiny tiny;
  private static String run;

  @BeforeAll
  static void train() throws IOException {
    tiny = Tiny.in(folder);
    run = tiny.trained("run").toString();
    Files.createDirectory(folder.resolve("foreign"));
    tiny.write("foreign/thesis.tex", "important");
  }

  @Test
  void placeThatIsTakenIsLeftAlone() throws IOException {
    byte[] before = Files.readAllBytes(folder.resolve("run/metrics.jsonl"));
    assertThat(refusal(tiny.train("run")))
        .isEqualTo(
            "ebt: %s already exists; continue it with --resume %s, or choose another place with --out\n"
                .formatted(run, run));
    assertThat(folder.resolve("run/metrics.jsonl")).hasBinaryContent(before);
    assertThat(refusal(tiny.train("foreign")))
        .isEqualTo(
            "ebt: %s already exists; choose another place with --out\n"
                .formatted(tiny.path("foreign")));
    assertThat(folder.resolve("foreign")).isDirectoryContaining("glob:**thesis.tex");
    assertThat(refusal(tiny.train("text.txt"))).contains("text.txt already exists");
  }

  @Test
  void placeThatCannotBeWrittenIsTold() {
    assertThat(refusal(tiny.train("text.txt/run")))
        .startsWith("ebt: run directory " + tiny.path("text.txt/run") + " cannot be written: ")
        .endsWith("Nothing was there before.\n");
  }

  /** Who may do everything is refused by the kernel's own files alone. */
  @Test
  void missingPermissionIsTold() throws IOException {
    File locked = Files.createDirectory(folder.resolve("locked")).toFile();
    boolean refused = locked.setWritable(false) && !Files.isWritable(locked.toPath());
    Path place = refused ? locked.toPath().resolve("run") : Path.of("/sys/ebt-run");
    assumeTrue(refused || Files.isDirectory(Path.of("/sys")));
    String[] line = tiny.train("run");
    line[3] = place.toString();
    assertThat(refusal(line))
        .startsWith("ebt: run directory " + place + " cannot be written: ")
        .endsWith("Nothing was there before.\n");
  }

  @Test
  void whatIsNoRunIsTold() {
    for (String command : new String[] {"think", "eval"}) {
      assertThat(refusal(command, tiny.path("missing")))
          .isEqualTo("ebt: " + tiny.path("missing") + ": no such run\n");
      for (String other : new String[] {"foreign", "run/checkpoints", "text.txt"}) {
        assertThat(refusal(command, tiny.path(other)))
            .isEqualTo("ebt: " + tiny.path(other) + " is not a run: it has no config.yaml\n");
      }
    }
    assertThat(refusal(tiny.resume("missing"))).contains("missing: no such run");
    assertThat(refusal(tiny.resume("foreign")))
        .contains("foreign is not a run: it has no config.yaml");
    assertThat(refusal("conformance", tiny.path("missing"))).contains("missing is not a folder");
  }

  @Test
  void finishedRunIsNotResumedUnlessItHasFurtherToGo() throws IOException {
    Path longer = tiny.trained("longer");
    assertThat(refusal(tiny.resume("longer")))
        .isEqualTo(
            "ebt: "
                + longer
                + " is finished: 4 of 4 steps are done; train it further with --set"
                + " training.steps=8 --set schedule.decaySteps=8\n");
    fine(tiny.resume("longer", "--set", "training.steps=6"));
    assertThat(longer.resolve("checkpoints/step-00000006")).isDirectory();
    assertThat(longer.resolve("config.yaml")).content().contains("steps: 6");
    assertThat(refusal(tiny.resume("longer"))).contains("is finished: 6 of 6 steps are done");
    assertThat(Files.readAllLines(longer.resolve("metrics.jsonl"))).hasSize(6 + 3);
  }

  @Test
  void publishedModelIsNotLearntFurther() {
    String model = tiny.path("model");
    fine("export", run, "--out", model);
    assertThat(refusal(tiny.resume("model"))).contains(model + " is an exported model, not a run");
    assertThat(refusal("export", run, "--out", model)).contains(model + " already exists");
    assertThat(folder.resolve("model")).isDirectoryNotContaining("glob:**{lock,checkpoints}");
    fine("think", model, "--count", "2");
  }

  @Test
  void runOfAnotherConfigurationIsNotResumed() {
    assertThat(refusal(tiny.resume("run", "--set", "model.width=16", "--set", "training.steps=6")))
        .contains("model.safetensors does not fit the configured model:")
        .contains("tensor 'embeddings.weight' has shape [256, 8]; [256, 16] expected")
        .contains("and 8 more");
    assertThat(folder.resolve("run/config.yaml")).content().contains("width: 8");
  }

  /** Bytes of the run's configuration are restored, so that tests may come in any order. */
  private static String refusedAs(String from, String to, String... more) throws IOException {
    Path configuration = folder.resolve("edited/config.yaml");
    String before = Files.readString(configuration);
    assertThat(before).contains(from);
    Files.writeString(configuration, before.replace(from, to));
    String refusal = refusal(tiny.resume("edited", more));
    Files.writeString(configuration, before);
    return refusal;
  }

  @Test
  void configurationThatWasEditedIsNotTakenForTheOneOfTheRun() throws IOException {
    Path edited = tiny.trained("edited");
    String[] further = {"--set", "training.steps=6"};
    assertThat(refusedAs("seed: 33", "seed: 99", further))
        .contains("seed is 99 in config.yaml; the run was trained with 33");
    assertThat(refusal(tiny.resume("edited", "--set", "seed=99", "--set", "training.steps=6")))
        .contains("with --set seed=99 the rows for training are not those");
    assertThat(refusedAs("batch: 2", "batch: 4", further))
        .contains("training.batch 4 × training.accumulate 1 are 4 rows an update")
        .contains("was trained on 8 rows in 4 updates, and would go on at other rows")
        .contains("so that they are 2 rows again, or begin a new run with --from " + edited);
    assertThat(
            refusedAs(
                "stepSize: 1.0",
                "stepSize: 3.0",
                "--set",
                "training.steps=6",
                "--set",
                "thinking.clamp=5"))
        .as("another setting of thinking does not give the step size by hand")
        .contains("thinking.stepSize is 3.0 in config.yaml");
    assertThat(refusedAs("stepSize: 1.0", "stepSize: 3.0", further))
        .contains("thinking.stepSize is 3.0 in config.yaml; the run was trained from 1.0")
        .contains("give it by --set thinking.stepSize=3.0");
    assertThat(fine(tiny.resume("edited", further)).err()).doesNotContain("note ");
    tiny.write(
        "edited/config.yaml",
        Files.readString(edited.resolve("config.yaml"))
            .replace("batch: 2", "batch: 1")
            .replace("accumulate: 1", "accumulate: 2")
            .replace("steps: 6", "steps: 8"));
    assertThat(fine(tiny.resume("edited")).err())
        .contains("note      config.yaml has changed since step-00000006 was saved;");
  }

  @Test
  void metricsSayHowMuchWasSeenWhenAndHowFast() throws IOException {
    List<String> lines = Files.readAllLines(folder.resolve("run/metrics.jsonl"));
    assertThat(lines.get(1))
        .matches(
            ".*,\"learningRate\":[0-9.E-]+,\"rows\":4,\"tokens\":32,\"time\":\"20[0-9-]+T[0-9:]+Z\","
                + "\"tokensPerSecond\":[0-9]+,\"dataWait\":[0-9.E-]+}");
    assertThat(lines.get(2))
        .contains("\"validation.loss\"")
        .containsPattern(",\"time\":\"20[^\"]+\"}$");
    assertThat(Tiny.metrics(folder.resolve("run"))).doesNotContain("time", "Second", "Wait");
  }

  /** A line of the past that cannot be read is no reason not to go on. */
  @Test
  void damagedMetricsAreToldAndDropped() throws IOException {
    Path damaged = tiny.trained("damaged");
    Path metrics = damaged.resolve("metrics.jsonl");
    List<String> lines = Files.readAllLines(metrics);
    byte[] bytes = Files.readAllBytes(metrics);
    bytes[lines.get(0).length() + 3] = (byte) 0xff;
    Files.write(metrics, bytes);
    String[] resume = tiny.resume("damaged", "--set", "training.steps=6");
    assertThat(Warnings.during(() -> fine(resume)))
        .contains(metrics + ": 1 damaged line is dropped; the readable ones are kept");
    assertThat(Files.readAllLines(metrics))
        .hasSize(6 + 3 - 1)
        .startsWith(lines.get(0), lines.get(2));
  }

  /** Killed between its first step and its first checkpoint. */
  @Test
  void runWithoutACheckpointIsResumedFromItsFirstStep() throws IOException {
    Path killed = Files.createDirectory(folder.resolve("killed"));
    Files.copy(folder.resolve("run/config.yaml"), killed.resolve("config.yaml"));
    String first = Files.readAllLines(folder.resolve("run/metrics.jsonl")).get(0);
    tiny.write("killed/metrics.jsonl", first + "\n{\"step\":2,\"lo");
    fine(tiny.resume("killed"));
    assertThat(Tiny.metrics(killed)).isEqualTo(Tiny.metrics(folder.resolve("run")));
    String model = "checkpoints/step-00000004/model.safetensors";
    assertThat(killed.resolve(model)).hasSameBinaryContentAs(folder.resolve("run").resolve(model));
  }
}
