package dev.ebt.bench;

import static dev.ebt.bench.Commands.fine;
import static dev.ebt.bench.Commands.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ebt.store.Safetensors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Training with a replay buffer on the command line; {@link ResumeTest} has one for text. */
class ReplayCommandTest {
  @TempDir private Path folder;

  private List<String> denoise(String out) {
    List<String> line = new ArrayList<>(List.of("train", "--recipe", "denoise"));
    line.addAll(List.of("--out", folder.resolve(out).toString(), "--backend", "reference"));
    for (String set :
        List.of(
            "data.images=12",
            "data.validationImages=2",
            "modality.size=8",
            "model.layers=1",
            "model.heads=1",
            "model.width=8",
            "objective.steps=1",
            "training.steps=4",
            "training.batch=2",
            "training.accumulate=2",
            "training.checkpointEvery=2",
            "training.validationRows=2",
            "regularizers=[{name: replay, precision: bfloat16, capacity: 5, spillFile: '"
                + folder.resolve(out + ".spill")
                + "'}, {name: random-step-count}]")) {
      line.addAll(List.of("--set", set));
    }
    return line;
  }

  @Test
  void imagesAreReplayedFromDiskAndResumeBitForBit() throws IOException {
    Path whole = folder.resolve("whole/checkpoints/step-00000004");
    String err = fine(denoise("whole").toArray(String[]::new)).err();
    assertThat(err)
        .contains(
            "memory    2 times, once for each batch of an update: replay of up to 2 rows of 1.9 KiB:"
                + " 3.8 KiB at most, in ");
    for (String file : List.of("whole.spill", "whole.spill.0", "whole.spill.1")) {
      assertThat(folder.resolve(file)).as("goes with the training").doesNotExist();
    }
    assertThat(Safetensors.read(whole.resolve("memory.safetensors")).tensors().keySet())
        .filteredOn(name -> name.endsWith(".candidate"))
        .hasSize(2 * 2);

    // As after a kill: what came after step 2 is gone, and a spill file was left.
    Path half = folder.resolve("whole");
    Path kept = Files.move(whole, folder.resolve("kept"));
    Files.writeString(folder.resolve("whole.spill.1"), "ebt replay buffer\n");
    fine("train", "--resume", half.toString());
    for (String file : List.of("model.safetensors", "memory.safetensors", "progress.json")) {
      assertThat(whole.resolve(file)).hasSameBinaryContentAs(kept.resolve(file));
    }
  }

  @Test
  void whatCannotBeIsToldBeforeAnythingIsWritten() throws IOException {
    Tiny tiny = Tiny.in(folder);
    assertThat(train(tiny, "{name: replay, capacity: 2000000000}"))
        .contains("replay: 2000000000 rows of 8.2 KiB need ")
        .contains("Try capacity: ");
    assertThat(train(tiny, "{name: replay, fraction: 0.4}"))
        .isEqualTo(
            "ebt: replay: fraction 0.4 of 2 rows is less than one row;"
                + " a larger fraction or training.batch expected\n");
    assertThat(train(tiny, "{name: replay, spillFile: " + tiny.path("none/rows") + "}"))
        .contains("replay: spillFile: " + tiny.path("none/rows") + " cannot be written: no folder");
    assertThat(train(tiny, "{name: replay, precision: float16}")).contains("bfloat16, float32");
    assertThat(folder.resolve("run")).doesNotExist();
  }

  private static String train(Tiny tiny, String regularizer) {
    return refusal(tiny.train("run", "--set", "regularizers=[" + regularizer + "]"));
  }

  @Test
  void diskThatIsFullWhileTrainingIsTold() throws IOException, InterruptedException {
    Tiny tiny = Tiny.in(folder);
    String spill = tiny.path("rows");
    String[] line =
        tiny.train("run", "--set", "regularizers=[{name: replay, spillFile: '" + spill + "'}]");
    try (EbtProcess process = EbtProcess.startWithLargestFile(folder, 16, line)) {
      assertThat(process.exitCode()).as(process.errors()).isEqualTo(2);
      assertThat(process.errors())
          .contains("\nebt: replay: spillFile: " + spill + " cannot be written: ")
          .endsWith("A file on a disk with room expected\n")
          .doesNotContain("\tat ");
    }
  }
}
