package dev.ebt.bench.command;

import static dev.ebt.bench.Commands.fine;
import static dev.ebt.bench.Commands.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ebt.store.Safetensors;
import dev.ebt.store.StoredCheckpoint;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Few steps from pairs of noise and image that a run of many steps makes. */
class PairsCommandTest {
  private static final Map<String, Shape> ALPHA = Map.of("alpha", Shape.scalar());
  @TempDir private static Path runs;
  private static String teacher;
  @TempDir private Path folder;

  @BeforeAll
  static void train() {
    teacher = runs.resolve("teacher").toString();
    fine(training("generate", teacher, "--set=data.images=12", "--set=data.validationImages=4"));
  }

  private static String[] training(String recipe, String out, String... more) {
    List<String> line = new ArrayList<>(List.of("train", "--backend=reference"));
    line.addAll(List.of("--recipe=" + recipe, "--out=" + out));
    for (String set :
        List.of(
            "modality.size=4",
            "model.layers=1",
            "model.heads=1",
            "model.width=4",
            "training.steps=2",
            "training.batch=3")) {
      line.addAll(List.of("--set", set));
    }
    line.addAll(List.of(more));
    return line.toArray(String[]::new);
  }

  private String[] pairs(String run, String... more) {
    List<String> line = new ArrayList<>(List.of("think", run, "--pairs", pairs().toString()));
    line.addAll(List.of(more));
    return line.toArray(String[]::new);
  }

  private Path pairs() {
    return folder.resolve("pairs");
  }

  private Map<String, Array> stored(int file) {
    return Safetensors.read(pairs().resolve("pairs-0000" + file + ".safetensors")).tensors();
  }

  @Test
  void fewStepsAreTrainedFromTheNoiseOfPairs() {
    assertThat(fine(pairs(teacher, "--count=8", "--steps=3")).out())
        .contains("8 of 8 pairs\n")
        .containsPattern("pairs +inverted +steps +noiseSquare +restoredMse\n +8 +2 +3 +[0-9.]+ ")
        .contains("train --recipe generate-fast --from RUN --set data.path=" + pairs());
    String fast = folder.resolve("fast").toString();
    String path = "--set=data.path=" + pairs();
    assertThat(fine(training("generate-fast", fast, "--from=" + teacher, path)).err())
        .contains("8 pairs of noise and image, 2 of them of real images; built-in images of one");
    // The step size is that of the recipe, not of the run whose weights are taken.
    assertThat(StoredCheckpoint.of(Path.of(fast), "latest").parametersNamed(ALPHA).get("alpha"))
        .isEqualTo(Array.scalar(0.25));
    // Compared with real images, which the pairs name.
    assertThat(fine("eval", fast, "--steps=1,4").out())
        .containsPattern("\n +4 +4 +[0-9.]+ ")
        .containsPattern("\n +targets +[0-9.]+")
        .contains("over 4 predictions");
    assertThat(refusal(training("generate-fast", "x", path, "--set=modality.channels=3")))
        .contains("the pairs of " + pairs() + " have")
        .contains("modality.channels")
        .contains("as in the run that drew them");
    assertThat(refusal(training("generate-fast", "x", path, "--set=model.name=dit")))
        .contains("this objective trains energy models");
    // A second round starts from runs of few steps, which have no trajectories to integrate
    // backwards.
    String[] again = {"think", fast, "--pairs=" + folder.resolve("again"), "--count=2"};
    assertThat(refusal(again))
        .contains("this run has objective 'paired'")
        .contains("add --inverted 0");
    fine("think", fast, again[2], again[3], "--inverted=0");
  }

  @Test
  void drawingContinuesWhereItWasInterrupted() throws IOException {
    String steps = "--steps=1";
    String size = "--set=thinking.stepSize=0.5";
    fine(pairs(teacher, "--count=130", steps, size));
    Map<String, Array> whole = stored(0);
    assertThat(whole.get("image").shape().size(0)).isEqualTo(128);
    Array end = stored(1).get("noise");
    assertThat(end.shape().size(0)).isEqualTo(2);

    Files.delete(pairs().resolve("pairs-00001.safetensors"));
    assertThat(fine(pairs(teacher, "--count=131", steps, size)).out())
        .contains("131 of 131 pairs, of which 128 were there");
    assertThat(stored(0)).isEqualTo(whole);
    assertThat(stored(1).get("noise").shape().size(0)).isEqualTo(3);
    assertThat(stored(1).get("noise").slice(0, 2)).isEqualTo(end);

    assertThat(refusal(pairs(teacher, "--count=131", steps, size, "--seed=2")))
        .contains("drawn otherwise: seed was 1, now 2; use another folder");
    assertThat(refusal(pairs(teacher, "--count=131", steps, size, "--inverted=0")))
        .contains("inverted was 0.25, now 0.0");
    assertThat(refusal(pairs(teacher, "--count=131", steps, size, "--weights=last")))
        .contains("drawn otherwise: weights was ema ")
        .contains(", now last ");
    assertThat(fine(pairs(teacher, "--count=5", steps, size)).out())
        .containsPattern("noiseSquare +restoredMse\n +131 +32 +1 ");

    Files.delete(pairs().resolve("pairs-00000.safetensors"));
    String gap = "pairs-00000.safetensors is missing, but later files of pairs are there; draw it";
    assertThat(refusal(training("generate-fast", "x", "--set=data.path=" + pairs())))
        .contains(gap)
        .contains("--count 256");
    fine(pairs(teacher, "--count=131", steps, size));
    assertThat(stored(0)).isEqualTo(whole);
  }

  @Test
  void theImageIsWhatThinkingMakesOfTheNoiseOrReal() {
    fine(pairs(teacher, "--count=8", "--steps=3", "--set=thinking.trajectorySteps=null"));
    Map<String, Array> pairs = stored(0);
    double largestOfNoise = 0;
    for (int pair = 0; pair < 8; pair++) {
      boolean real = pairs.get("inverted").real(pair) == 1;
      // Two updates teach little: steps leave candidates nearly as they are, in both directions.
      double share = real ? 0.95 : 1;
      for (int i = 0; i < 16; i++) {
        double noise = pairs.get("noise").row(pair).real(i);
        double image = pairs.get("image").row(pair).real(i);
        assertThat(Math.abs(noise - share * image)).isLessThan(real ? 0.05 * 5 : 0.01);
        if (real) {
          assertThat(Math.abs(image)).isLessThanOrEqualTo(1);
        } else {
          largestOfNoise = Math.max(largestOfNoise, Math.abs(image));
        }
      }
    }
    assertThat(pairs.get("inverted").floats()).containsExactly(0, 0, 0, 1, 0, 0, 0, 1);
    assertThat(largestOfNoise).isGreaterThan(1);
  }

  @Test
  void whatHasNoPairsIsRefused() {
    assertThat(refusal("think", "--pairs=" + pairs())).contains("--pairs is for images");
    String dit = folder.resolve("dit").toString();
    String data = "--set=data.images=12";
    fine(training("generate-dit", dit, data));
    assertThat(refusal(pairs(dit))).contains("model 'dit' has no energy to think with");
    assertThat(refusal(pairs(teacher, "--inverted=1"))).contains("--inverted is 1.0");
    assertThat(refusal("think", teacher, "--out=x", "--inverted=0.5")).contains("--inverted");
    assertThat(refusal(training("generate-fast", "x", "--set=data.path=" + pairs())))
        .contains(pairs() + " has no pairs; ./ebt think RUN --pairs");
    assertThat(
            refusal(
                training(
                    "generate",
                    "x",
                    data,
                    "--set=objective=paired",
                    "--set=thinking.trajectorySteps=null")))
        .contains("objective.name is paired, which starts from initial candidates of the data")
        .contains("expected: ./ebt think RUN --pairs FOLDER stores pairs of a trained run");
    assertThat(
            refusal(
                "train",
                "--backend=reference",
                "--recipe=brackets",
                "--set=objective=paired",
                "--out=x"))
        .contains("objective.name is paired")
        .contains("targets of this modality are discrete");
  }
}
