package dev.ebt.bench;

import static dev.ebt.bench.Commands.fine;
import static dev.ebt.bench.Commands.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ebt.tensor.Array;
import dev.ebt.tensor.Shape;
import dev.ebt.vision.image.ImageStrip;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code ebt probe}: what a model of images knows without having been told. */
class ProbeCommandTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"denoise", "dit"})
  void accuraciesOfTheModelAndOfWhatItIsComparedWith(String recipe) {
    String run = trained(recipe);
    String found = fine("probe", run, "--rows", "20").outWithoutSeconds();
    assertThat(found)
        .contains("built-in shapes")
        .containsPattern("input +features +evaluations +seconds +accuracy")
        .containsPattern("this model +8 +1 +[01]\\.\\d{4}")
        .containsPattern("untrained model +8 +1 +[01]\\.\\d{4}")
        .containsPattern("pixels +192 +0 +[01]\\.\\d{4}")
        .containsPattern("most frequent class +0 +0 +[01]\\.\\d{4}")
        .contains("fitted to 20 images of 5 classes, evaluated on 20 others");
    assertThat(fine("probe", run, "--rows", "20").outWithoutSeconds()).isEqualTo(found);
    assertThat(fine("probe", run, "--rows", "20", "--json").out())
        .contains("\"classes\":5", "\"fitted\":20", "\"accuracyOfPixels\":");
  }

  @Test
  void kindsThatAnEyeTellsAreTold() throws IOException {
    Path photos = folder.resolve("photos");
    for (int i = 0; i < 40; i++) {
      grey(
          i % 2 == 0 ? -0.9 + i / 100.0 : 0.9 - i / 100.0,
          photos.resolve(i % 2 + "/" + i + ".png"));
    }
    assertThat(fine("probe", trained("denoise"), "--data", photos.toString()).out())
        .containsPattern("this model +8 +1 +\\d+\\.\\d{3} +1\\.0000")
        .containsPattern("pixels +192 +0 +0\\.000 +1\\.0000")
        .contains("fitted to 36 images of 2 classes, evaluated on 4 others");
  }

  @Test
  void whatCannotBeProbedIsRefused() throws IOException {
    String run = trained("denoise");
    Path unlabelled = folder.resolve("unlabelled");
    for (int i = 0; i < 4; i++) {
      grey(i / 10.0, unlabelled.resolve(i + ".png"));
    }
    assertThat(refusal("probe", run, "--data", unlabelled.toString()))
        .contains("the images have no labels", "one folder per class");
    assertThat(refusal("probe", run, "--set", "thinking.stepSize=2"))
        .startsWith("ebt: --set thinking.stepSize=2: no thinking step is taken here");
    assertThat(refusal("probe", run, "--rows", "1")).contains("--rows is 1; at least 2 expected");
    Path text = Tiny.in(folder).trained("text");
    assertThat(refusal("probe", text.toString()))
        .contains("probe is for models of images; " + text + " has modality 'text'");
    assertThat(refusal("probe", folder.resolve("none").toString())).contains("none");
  }

  private String trained(String recipe) {
    String run = folder.resolve("run-" + recipe).toString();
    List<String> line = new ArrayList<>(List.of("train", "--recipe", recipe, "--out", run));
    line.addAll(List.of("--backend", "reference"));
    for (String set :
        List.of(
            "data.images=50",
            "data.validationImages=25",
            "modality.size=8",
            "model.layers=1",
            "model.heads=1",
            "model.width=8",
            "training.steps=2",
            "training.batch=2",
            "training.validationRows=2")) {
      line.addAll(List.of("--set", set));
    }
    fine(line.toArray(String[]::new));
    return run;
  }

  private static void grey(double value, Path file) throws IOException {
    Files.createDirectories(file.getParent());
    new ImageStrip().with(Array.filled(Shape.of(1, 8, 8), value)).write(file);
  }
}
