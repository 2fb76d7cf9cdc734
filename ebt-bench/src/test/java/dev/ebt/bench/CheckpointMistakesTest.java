package dev.ebt.bench;

import static dev.ebt.bench.Commands.fine;
import static dev.ebt.bench.Commands.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checkpoints that are damaged, cut off, or of something else. */
class CheckpointMistakesTest {
  @TempDir private Path folder;
  private Tiny tiny;
  private Path run;
  private Path model;

  @BeforeEach
  void train() throws IOException {
    tiny = Tiny.in(folder);
    run = tiny.trained("run");
    model = run.resolve("checkpoints/step-00000004/model.safetensors");
  }

  /** All commands that read a checkpoint. */
  private void assertAllRefuse(String... fragments) {
    assertThat(refusal("think", run.toString())).contains(fragments);
    assertThat(refusal("eval", run.toString())).contains(fragments);
    assertThat(refusal(tiny.resume("run", "--set", "training.steps=6"))).contains(fragments);
  }

  @Test
  void changedByteIsFoundAndAnotherCheckpointNamed() throws IOException {
    byte[] bytes = Files.readAllBytes(model);
    bytes[bytes.length - 9] ^= 1;
    Files.write(model, bytes);
    assertAllRefuse(
        model + " is damaged: its hash is ",
        "progress.json says ",
        "Other checkpoints here: step-00000002; take one with --checkpoint, such as --checkpoint"
            + " 2, or the latest one that is not damaged with --checkpoint latest-good");
    fine("think", run.toString(), "--checkpoint", "2", "--count", "2");
  }

  @Test
  void fileThatIsCutOffIsFound() throws IOException {
    byte[] bytes = Files.readAllBytes(model);
    Files.write(model, Arrays.copyOf(bytes, bytes.length / 2));
    assertAllRefuse(model + " is damaged");
  }

  @Test
  void missingFilesLeaveTheCheckpointBefore() throws IOException {
    Files.delete(model);
    assertThat(Warnings.during(() -> fine("think", run.toString(), "--count", "2")))
        .anyMatch(
            warning ->
                warning.contains(
                    "step-00000004 is not complete and not used: it has no [model.safetensors]"));
    fine(tiny.resume("run"));
    assertThat(model).as("learnt anew").exists();
  }

  @Test
  void progressThatIsBrokenIsTold() throws IOException {
    Path progress = model.resolveSibling("progress.json");
    Files.writeString(progress, "{\"format\": 1, \"step\": ");
    assertAllRefuse(progress + ", line 1: not JSON: ");
    Files.writeString(progress, "{\"format\": 99}");
    assertAllRefuse(
        progress + ": format is 99; this version of ebt reads 1 to 3: use the newer ebt");
  }

  /** What was trained further from a step that progress.json only claims would be no run at all. */
  @Test
  void progressThatClaimsAnotherStepIsTold() throws IOException {
    Path progress = model.resolveSibling("progress.json");
    Files.writeString(progress, Files.readString(progress).replace("\"step\" : 4", "\"step\" : 5"));
    assertAllRefuse(progress + " is damaged: its content is not what its own hash was taken of");
  }

  @Test
  void damagedCheckpointIsGoneBackBehind() throws IOException {
    Path whole = folder.resolve("whole");
    fine(tiny.train("whole"));
    byte[] bytes = Files.readAllBytes(model);
    bytes[bytes.length - 9] ^= 1;
    Files.write(model, bytes);

    Commands done = fine(tiny.resume("run", "--checkpoint", "2"));

    Path aside = model.getParent().resolveSibling("step-00000004.set-aside");
    assertThat(done.err())
        .contains("note      a later checkpoint is set aside: it is now " + aside);
    assertThat(aside.resolve("model.safetensors")).hasBinaryContent(bytes);
    assertThat(Tiny.metrics(run)).isEqualTo(Tiny.metrics(whole));
    assertThat(model)
        .hasSameBinaryContentAs(whole.resolve("checkpoints/step-00000004/model.safetensors"));
    fine("think", run.toString(), "--count", "2");
  }

  @Test
  void latestOneThatIsGoodIsTakenWhenAskedFor() throws IOException {
    Path whole = folder.resolve("whole");
    fine(tiny.train("whole"));
    byte[] bytes = Files.readAllBytes(model);
    bytes[bytes.length - 9] ^= 1;
    Files.write(model, bytes);
    fine("think", run.toString(), "--checkpoint", "latest-good", "--count", "2");

    assertThat(Warnings.during(() -> fine("train", "--resume-latest-good", run.toString())))
        .anyMatch(warning -> warning.contains(model + " is damaged") && warning.contains("before"));

    assertThat(model)
        .hasSameBinaryContentAs(whole.resolve("checkpoints/step-00000004/model.safetensors"));
    assertThat(Tiny.metrics(run)).isEqualTo(Tiny.metrics(whole));
    assertThat(refusal("train", "--resume-latest-good", run.toString(), "--checkpoint", "2"))
        .contains("--resume-latest-good names the run and chooses its checkpoint; remove --resume");
  }

  @Test
  void checkpointToGoOnFromIsOneOfTheRun() {
    assertThat(refusal(tiny.resume("run", "--checkpoint", "3")))
        .contains("unknown checkpoint '3'. Known: step-00000002, step-00000004");
    assertThat(refusal(tiny.train("other", "--checkpoint", "2")))
        .contains("--checkpoint needs --resume");
  }

  @Test
  void checkpointOfAnotherModelIsTold() throws IOException {
    Path other = folder.resolve("other");
    fine(tiny.train("other", "--set", "model.layers=2"));
    for (Path file : new Path[] {model, model.resolveSibling("progress.json")}) {
      Files.delete(file);
      Files.copy(other.resolve("checkpoints/step-00000004").resolve(file.getFileName()), file);
    }
    Files.delete(model.resolveSibling("optimizer.safetensors"));
    Files.copy(
        other.resolve("checkpoints/step-00000004/optimizer.safetensors"),
        model.resolveSibling("optimizer.safetensors"));
    assertAllRefuse(
        "model.safetensors does not fit the configured model:",
        "tensor 'transformer.layers.1.attention.wk.weight' found, which this configuration has no"
            + " use");
  }

  @Test
  void configurationThatIsBrokenIsToldWithItsLine() throws IOException {
    Files.writeString(run.resolve("config.yaml"), "seed: 33\nmodel: [");
    assertAllRefuse(run.resolve("config.yaml") + ", line ", "not YAML: ");
    Files.writeString(run.resolve("config.yaml"), "seed: 33\nmodle: autoregressive\n");
    assertAllRefuse("config.yaml, line 2: unknown key 'modle': did you mean 'model'?");
  }

  @Test
  void emptyRunHasNothingToThinkWith() throws IOException {
    Path empty = Files.createDirectory(folder.resolve("empty"));
    Files.copy(run.resolve("config.yaml"), empty.resolve("config.yaml"));
    assertThat(refusal("think", empty.toString())).contains("has no complete checkpoint");
    assertThat(refusal("eval", empty.toString())).contains("has no complete checkpoint");
  }
}
