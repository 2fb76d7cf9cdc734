package dev.ebt.bench.command;

import static dev.ebt.bench.Commands.fine;
import static dev.ebt.bench.Commands.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The diffusion baseline goes through the commands of energy models. */
class DiffusionCommandTest {
  @TempDir private Path folder;

  private String train(String recipe, String... more) {
    List<String> line = line(recipe, more);
    String run = folder.resolve(recipe).toString();
    line.addAll(List.of("--out", run));
    assertThat(fine(line.toArray(String[]::new)).out()).contains("over 4 predictions");
    return run;
  }

  private static List<String> line(String recipe, String... more) {
    List<String> line = new ArrayList<>(List.of("train", "--backend=reference"));
    line.addAll(List.of("--recipe", recipe));
    for (String set :
        List.of(
            "modality.size=8",
            "modality.channels=1",
            "model.layers=1",
            "model.heads=1",
            "model.width=8",
            "data.images=20",
            "data.validationImages=4",
            "training.steps=3",
            "training.batch=2")) {
      line.addAll(List.of("--set", set));
    }
    line.addAll(List.of(more));
    return line;
  }

  @Test
  void baselineIsTrainedJudgedAndShown() throws IOException {
    String run = train("dit");
    JsonNode results = json("eval", run, "--steps", "100,0,10", "--json").path("results");
    assertThat(results.findValuesAsText("steps")).containsExactly("0", "10", "100");
    assertThat(results.findValuesAsText("evaluations")).containsExactly("0", "10", "100");
    assertThat(results.path(0).has("energy")).isFalse();
    assertThat(results.path(2).path("psnr").asDouble()).isPositive();

    Path strips = folder.resolve("strips");
    assertThat(fine("think", run, "--out", strips.toString(), "--count=1", "--steps=10").out())
        .containsPattern("steps +evaluations +seconds +psnr\n")
        .containsPattern("\n +10 +10 +[0-9.]+ +[0-9.]+\n")
        .contains("noisy, after 1, 2, 5, 10 steps, clean")
        .contains("image-001.png");
    BufferedImage strip = ImageIO.read(strips.resolve("image-001.png").toFile());
    assertThat(strip.getWidth()).isEqualTo(6 * 128 + 5 * 4);
    assertThat(fine("think", run, "--count=1").out())
        .contains("predicted 8x8 image")
        .doesNotContain("energy");

    assertThat(refusal("eval", run, "--steps", "10,101"))
        .contains("101 steps of diffusion: the noise here is of 100 steps, so 0 to 100 expected");
    assertThat(refusal("eval", run, "--steps", "10", "--set", "objective.restarts=2"))
        .contains("cannot be shared evenly by the 3 passes of objective.restarts 2");
    assertThat(refusal("eval", run, "--candidates", "2")).contains("no energies to choose by");
    assertThat(refusal("think", run, "--steps", "0")).contains("--steps is 0; at least 1");
    assertThat(refusal("think", run, "--tolerance", "0.1"))
        .contains("--tolerance is 0.1; 0 for a model without energy expected");
  }

  /** The same images with the same noise: what no step has been taken from is alike. */
  @Test
  void bothModelsAreJudgedByTheSameNoise() throws IOException {
    for (String noise : List.of("modality.noise=0.1", "modality.noise=0.3")) {
      List<JsonNode> results = new ArrayList<>();
      for (String recipe : List.of("dit", "denoise")) {
        String run = folder.resolve(recipe).toString();
        if (!folder.resolve(recipe).toFile().exists()) {
          train(recipe);
        }
        results.add(
            json("eval", run, "--steps=0", "--set", noise, "--json").path("results").path(0));
      }
      for (String figure : List.of("loss", "psnr", "mse")) {
        assertThat(results.get(0).path(figure)).as(figure).isEqualTo(results.get(1).path(figure));
      }
    }
  }

  @Test
  void partsThatDoNotFitAreRefused() {
    assertThat(refused("denoise", "--set", "model.name=dit"))
        .contains("this objective trains energy models, and model 'Diffusion Transformer")
        .contains(
            "is not one; choose another model.name, or objective.name=diffusion for a diffusion model");
    assertThat(refused("dit", "--set", "model.name=bidirectional"))
        .contains("this objective trains diffusion models, and model 'bidirectional EBT")
        .contains(
            "is not one; choose another model.name, or objective.name=s1 for an energy model");
    assertThat(refused("dit", "--set", "modality.patch=3"))
        .contains("modality.size 8 is not divisible by modality.patch 3; for instance size 9");
    assertThat(refused("dit", "--set", "objective.sampler=euler")).contains("ddim", "ancestral");
    assertThat(
            refusal(
                "train",
                "--backend=reference",
                "--set=model.name=dit",
                "--set=objective.name=diffusion",
                "--set=regularizers=[]",
                "--out=" + folder.resolve("text")))
        .contains("denoises real values, such as images; this modality has none");
  }

  private String refused(String recipe, String... more) {
    List<String> line = line(recipe, more);
    line.addAll(List.of("--out", folder.resolve("none").toString()));
    String told = refusal(line.toArray(String[]::new));
    assertThat(folder.resolve("none")).doesNotExist();
    return told;
  }

  private static JsonNode json(String... line) throws IOException {
    return new ObjectMapper().readTree(fine(line).out());
  }
}
