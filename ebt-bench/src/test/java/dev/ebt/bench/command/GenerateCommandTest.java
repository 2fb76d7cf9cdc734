package dev.ebt.bench.command;

import static dev.ebt.bench.Commands.fine;
import static dev.ebt.bench.Commands.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pictures out of noise, by both kinds of models. */
class GenerateCommandTest {
  @TempDir private Path folder;

  private String[] training(String recipe, String... more) {
    List<String> line = new ArrayList<>(List.of("train", "--backend=reference"));
    line.addAll(List.of("--recipe", recipe, "--out", folder.resolve("run").toString()));
    for (String set :
        List.of(
            "modality.size=8",
            "model.layers=1",
            "model.heads=1",
            "model.width=4",
            "data.pictures=12",
            "data.validationPictures=4",
            "training.steps=1",
            "training.batch=2")) {
      line.addAll(List.of("--set", set));
    }
    line.addAll(List.of(more));
    return line.toArray(String[]::new);
  }

  @ParameterizedTest
  @CsvSource({"generate, 4", "generate-dit, 4", "generate, 0", "generate-dit, 0"})
  void picturesOfEveryKindAreMade(String recipe, int kinds) throws IOException {
    assertThat(fine(training(recipe, "--set", "modality.kinds=" + kinds)).out())
        .contains("over 4 predictions");
    String run = folder.resolve("run").toString();
    assertThat(fine("eval", run, "--steps=1").out()).contains("mse");

    Path samples = folder.resolve("samples");
    String out = fine("think", run, "--out", samples.toString(), "--count=2", "--steps=1").out();
    assertThat(out.lines()).hasSize(1 + Math.max(1, kinds));
    assertThat(out)
        .containsPattern(
            (kinds == 0 ? "pictures" : "triangle") + " +made +[0-9.]+ +[0-9]+% +real +[0-9.]+");
    BufferedImage grid = ImageIO.read(samples.resolve("samples.png").toFile());
    assertThat(grid.getWidth()).isEqualTo(2 * 128 + 4);
    assertThat(grid.getHeight()).isEqualTo(Math.max(1, kinds) * (128 + 4) - 4);
    assertThat(fine("think", run, "--count=1", "--steps=1").out())
        .contains("predicted 8x8 picture");
  }

  @Test
  void kindsAndSizesThatDoNotFitAreRefused() {
    assertThat(refusal(training("generate", "--set", "modality.kinds=10")))
        .contains("modality.kinds is 10, but dataset 'single-shapes' has 4 kinds: disc, ring");
    assertThat(refusal(training("generate-dit", "--set", "modality.patch=3")))
        .contains("modality.size 8 is not divisible by modality.patch 3");
    String out = "--out=" + folder.resolve("run");
    assertThat(refusal("train", "--backend=reference", "--set=data.name=single-shapes", out))
        .contains("dataset 'single-shapes' is pictures: it needs the modality");
    assertThat(folder.resolve("run")).doesNotExist();
  }
}
