package dev.ebt.bench;

import static dev.ebt.bench.Commands.ebt;
import static dev.ebt.bench.Commands.fine;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Training that runs away ends with one message, and what was saved before can be gone on from. */
class DivergenceTest {
  @TempDir private Path folder;
  private Tiny tiny;

  @BeforeEach
  void write() throws IOException {
    tiny = Tiny.in(folder);
  }

  @Test
  void lastGoodCheckpointIsGoneOnFrom() throws IOException {
    Path run = tiny.trained("run");
    Commands away =
        ebt(
            tiny.resume(
                "run", "--set", "training.steps=9", "--set", "training.learningRate=1e200"));
    assertThat(away.code()).isEqualTo(2);
    assertThat(away.out()).isEmpty();
    assertThat(away.err())
        .containsPattern("\nebt: the loss at step 6 is (NaN|[0-9.E]+) \\(gradient norm NaN\\): ")
        .contains("training has diverged. Try, in this order: a lower training.learningRate")
        .contains("(now 1.0E200), a smaller thinking.stepSize, a longer warm-up (schedule.warmUp)")
        .contains(run.resolve("checkpoints/step-00000004") + " is intact; resume from it with")
        .contains(" --resume " + run + " --set training.learningRate=2.5E199\n")
        .doesNotContain("\tat ");
    assertThat(run.resolve("checkpoints/step-00000006")).doesNotExist();

    fine(tiny.resume("run", "--set", "training.learningRate=0.001"));
    assertThat(run.resolve("checkpoints/step-00000009")).isDirectory();
    assertThat(Files.readString(run.resolve("metrics.jsonl"))).doesNotContain("NaN");
  }

  @Test
  void withoutACheckpointTheRunBeginsAgain() {
    Commands away =
        ebt(
            tiny.train(
                "run",
                "--set",
                "thinking.stepSize=1e300",
                "--set",
                "thinking.learnStepSize=false"));
    assertThat(away.code()).isEqualTo(2);
    assertThat(away.err())
        .contains("\nebt: the loss at step 1 is NaN (gradient norm NaN): training has diverged.")
        .contains("No checkpoint was saved; start again with --resume " + tiny.path("run"));
    fine(tiny.resume("run", "--set", "thinking.stepSize=1"));
  }

  /** The last step's gradient is fine, but what the step makes of the parameters is not. */
  @Test
  void parametersThatAreNotFiniteAreNotSaved() {
    Path run = tiny.trained("run");
    Commands away =
        ebt(
            tiny.resume(
                "run",
                "--set",
                "training.steps=5",
                "--set",
                "training.validateEvery=9",
                "--set",
                "training.learningRate=1.7e308",
                "--set",
                "optimizer.weightDecay=1e10"));
    assertThat(away.code()).isEqualTo(2);
    assertThat(away.err())
        .containsPattern("\nebt: (after step 5 the parameter|the validation loss)");
    assertThat(run.resolve("checkpoints/step-00000005")).doesNotExist();
    fine("think", run.toString(), "--count", "2");
  }
}
