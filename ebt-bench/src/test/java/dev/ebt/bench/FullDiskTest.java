package dev.ebt.bench;

import static dev.ebt.bench.Commands.fine;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk with no room for another checkpoint, for which a limit on the size of files stands. */
class FullDiskTest {
  @TempDir private Path folder;

  @Test
  void checkpointThatFindsNoRoomCostsNothingThatWasSaved()
      throws IOException, InterruptedException {
    Tiny tiny = Tiny.in(folder);
    Path run = tiny.trained("run");
    Path saved = run.resolve("checkpoints/step-00000004");
    byte[] model = Files.readAllBytes(saved.resolve("model.safetensors"));
    String[] line = tiny.resume("run", "--set", "training.steps=6");

    try (EbtProcess process = EbtProcess.startWithLargestFile(folder, 32, line)) {
      assertThat(process.exitCode()).as(process.errors()).isEqualTo(2);
      assertThat(process.errors())
          .contains("\nebt: checkpoint " + run.resolve("checkpoints/step-00000006"))
          .contains(" cannot be written: ")
          .endsWith("The checkpoint before, " + saved + ", is untouched.\n")
          .doesNotContain("\tat ");
    }

    assertThat(saved.resolve("model.safetensors")).hasBinaryContent(model);
    try (var left = Files.list(run.resolve("checkpoints"))) {
      assertThat(left.map(p -> p.getFileName().toString()))
          .containsExactlyInAnyOrder("step-00000002", "step-00000004");
    }
    fine(tiny.resume("run", "--set", "training.steps=6"));
    assertThat(run.resolve("checkpoints/step-00000006/model.safetensors")).exists();
  }
}
