package dev.ebt.bench.command;

import static dev.ebt.bench.Commands.fine;
import static dev.ebt.bench.Commands.refusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ebt.store.StoredCheckpoint;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.StreamSupport;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** ImageSource out of noise, by both kinds of models. */
class GenerateCommandTest {
  @TempDir private Path folder;

  private String[] training(String recipe, String... more) {
    List<String> line = new ArrayList<>(List.of("train", "--backend=reference"));
    line.addAll(List.of("--recipe", recipe));
    for (String set :
        List.of(
            "modality.size=8",
            "model.layers=1",
            "model.heads=1",
            "model.width=4",
            "data.images=12",
            "data.validationImages=4",
            "training.steps=1",
            "training.batch=2")) {
      line.addAll(List.of("--set", set));
    }
    line.addAll(List.of(more));
    if (List.of(more).stream().noneMatch(word -> word.startsWith("--out"))) {
      line.add("--out=" + folder.resolve("run"));
    }
    return line.toArray(String[]::new);
  }

  @ParameterizedTest
  @CsvSource({"generate, 4", "generate-dit, 4", "generate, 0", "generate-dit, 0"})
  void imagesOfEveryKindAreMade(String recipe, int kinds) throws IOException {
    assertThat(fine(training(recipe, "--set", "modality.classes=" + kinds)).out())
        .contains("over 4 predictions")
        .contains("  ./ebt think " + folder.resolve("run") + " --out samples\n");
    String run = folder.resolve("run").toString();
    assertThat(fine("eval", run, "--steps=1").out())
        .containsPattern("steps +evaluations +seconds +loss .*mse +nearest .*frechet\n")
        .containsPattern("\n +1 +1 +[0-9.]+ .*\n +targets +[0-9.]+");

    Path samples = folder.resolve("samples");
    String out = fine("think", run, "--out", samples.toString(), "--count=2", "--steps=1").out();
    // The distance from one of many right images says nothing about thinking.
    assertThat(fine("eval", run, "--steps=1,3").out()).doesNotContain("Thinking");
    assertThat(out)
        .containsPattern("class +images +steps +evaluations +seconds +nearest")
        .containsPattern("all +made +1 +1 +[0-9.]+ +[0-9.]+ +([01][0-9.]+ +)?[0-9.]+ +[0-9.]+\n")
        .containsPattern("all +real( +[0-9.]+){3,4}\n");
    assertThat(out.lines().filter(line -> line.startsWith("triangle"))).hasSize(kinds / 2);
    BufferedImage grid = ImageIO.read(samples.resolve("samples.png").toFile());
    assertThat(grid.getWidth()).isEqualTo(2 * 128 + 4);
    int captions = recipe.equals("generate") ? 26 : 13; // Only a model that thinks has energies.
    assertThat(grid.getHeight()).isEqualTo(Math.max(1, kinds) * (128 + captions + 4) - 4);
    assertThat(inked(grid, 128, captions)).isTrue();
    assertThat(fine("think", run, "--count=1", "--steps=1").out()).contains("predicted 8x8 image");
  }

  /** Returns whether something is written in the strip of this height, from a line on. */
  private static boolean inked(BufferedImage grid, int from, int height) {
    for (int y = from; y < from + height; y++) {
      for (int x = 0; x < 128; x++) {
        if ((grid.getRGB(x, y) & 0xFF) < 128) {
          return true;
        }
      }
    }
    return false;
  }

  @Test
  void energiesOfAnotherClassAndOfSymmetryAreAdded() throws IOException {
    String[] some = training("generate", "--set=training.learningRate=2");
    // At first a model does not see the class.
    Arrays.asList(some).replaceAll(word -> word.replace("training.steps=1", "training.steps=4"));
    fine(some);
    String run = folder.resolve("run").toString();
    String other = "--energy=image-class,path=" + run + ",label=1";
    BufferedImage alone = samples(run, "alone", "--set=thinking.stepSize=40");
    BufferedImage both = samples(run, "both", other, "--set=thinking.stepSize=20");
    int height = alone.getHeight() / 4;
    // Of its own class twice the energy with half the step size is the same.
    assertThat(difference(alone, both, height, 128)).isLessThanOrEqualTo(1);
    assertThat(difference(alone, both, 0, 128)).isGreaterThan(1);

    // x - (x - mirror x) / 2 is the mean of both; the model has no weight beside it.
    BufferedImage symmetric =
        samples(
            run,
            "mean",
            "--energy=image-symmetry,weight=10000",
            "--set=thinking.stepSize=0.00005",
            "--set=thinking.trajectorySteps=1");
    for (int x = 0; x < 64; x++) {
      assertThat(symmetric.getRGB(x, 64) & 0xFF)
          .isCloseTo(symmetric.getRGB(127 - x, 64) & 0xFF, within(2));
    }
    assertThat(refusal("think", run, "--out=x", other.replace("label=1", "label=4")))
        .contains("label is 4; 0 to 3, a class, expected");
    assertThat(refusal("think", run, "--out=x", other.replace(",label=1", "")))
        .contains("label is missing; the number of a class expected");
    assertThat(refusal("think", "--prompt=a", "--energy=image-symmetry"))
        .contains("is for models whose candidates are images");
    assertThat(refusal("think", "--prompt=a", other)).contains("that generate images of classes");
  }

  @Test
  void anotherNumberOfStepsThanGoesTheWholeWayIsWarnedOf() {
    fine(training("generate", "--set=thinking.trajectorySteps=null"));
    String run = folder.resolve("run").toString();
    String warning = "10 steps of size 0.01 go 0.2 times as far as the 50 of this run;";
    assertThat(fine("eval", run, "--steps=5,10").err())
        .contains(warning + " --set thinking.trajectorySteps=50 scales the size");
    assertThat(fine("think", run, "--steps=10", "--count=1").err()).contains(warning);
    assertThat(fine("eval", run, run, "--steps=100").err())
        .contains(run + ": 100 steps of size 0.01 go 2 times as far");
    assertThat(fine("eval", run, "--set=objective.steps=10").err()).contains(warning);
    for (String same :
        List.of(
            "--steps=10,50",
            "--set=objective.steps=50",
            "--set=thinking.stepSize=0.05",
            "--set=thinking.trajectorySteps=50",
            "--set=thinking.stop={name: gradient-small, norm: 8}")) {
      assertThat(fine("eval", run, same).err()).doesNotContain("times as far");
    }
  }

  @Test
  void anyNumberOfStepsOfTheRecipeGoesTheWholeWay() throws IOException {
    fine(training("generate"));
    String run = folder.resolve("run").toString();
    double[] together = moved("eval", run, "--steps=10,50,200", "--json");
    double[] last = moved("eval", run, "--steps=200", "--json");
    assertThat(together[2]).as("begins anew").isEqualTo(last[0]);
    // The weights are those of the first update, so that the gradient is about the same everywhere.
    assertThat(together[0]).isCloseTo(together[2], withinPercentage(5));
    String[] fixed = {
      "eval", run, "--steps=10,200", "--json", "--set=thinking.trajectorySteps=null"
    };
    assertThat(moved(fixed)[0]).isLessThan(0.3 * moved(fixed)[1]);
  }

  /** Returns the distance from the initial candidates for each number of steps. */
  private static double[] moved(String... eval) throws IOException {
    JsonNode results = new ObjectMapper().readTree(fine(eval).out()).at("/results");
    return StreamSupport.stream(results.spliterator(), false)
        .mapToDouble(result -> result.at("/moved").asDouble())
        .toArray();
  }

  private BufferedImage samples(String run, String out, String... more) throws IOException {
    List<String> line = new ArrayList<>(List.of("think", run, "--count=1", "--steps=1"));
    line.add("--out=" + folder.resolve(out));
    line.addAll(List.of(more));
    fine(line.toArray(String[]::new));
    return ImageIO.read(folder.resolve(out).resolve("samples.png").toFile());
  }

  /** Returns the greatest difference of two grids in a square of pixels, from a line on. */
  private static int difference(BufferedImage a, BufferedImage b, int from, int side) {
    int greatest = 0;
    for (int y = from; y < from + side; y++) {
      for (int x = 0; x < side; x++) {
        greatest = Math.max(greatest, Math.abs((a.getRGB(x, y) & 0xFF) - (b.getRGB(x, y) & 0xFF)));
      }
    }
    return greatest;
  }

  @Test
  void guidanceIsForRunsThatLeaveOutTheClassInSomeRows() {
    String[] eval = {"eval", folder.resolve("run").toString(), "--steps=3", "--guidance=2"};
    fine(training("generate"));
    assertThat(refusal(eval))
        .contains("thinking.guidance")
        .contains("trained without rows that leave out the condition")
        .contains("modality.conditionDropout=0.1");
    assertThat(refusal(training("generate", "--set=thinking.guidance=2", "--out=x")))
        .contains("trained without rows that leave out the condition");
    String dropped = "--set=modality.conditionDropout=0.5";
    String out = "--out=" + folder.resolve("dropped");
    fine(training("generate", dropped, out));
    eval[1] = folder.resolve("dropped").toString();
    // Both energies at every step.
    assertThat(fine(eval).out()).containsPattern("\n +3 +6 +[0-9.]+ ");
    assertThat(fine("eval", eval[1], "--steps=3").out()).containsPattern("\n +3 +3 +[0-9.]+ ");
    assertThat(refusal(training("generate", dropped, "--set=thinking.guidance=2", "--out=x")))
        .contains("thinking.guidance is for a trained model");
    assertThat(refusal(training("generate", dropped, "--set=modality.classes=0", "--out=x")))
        .contains("there is no condition to leave out");
    fine(training("generate-dit", dropped, "--out=" + folder.resolve("dit")));
    assertThat(refusal("eval", folder.resolve("dit").toString(), "--guidance=2"))
        .contains("does not think");
  }

  @Test
  void otherDataIsToldApartByEnergy() throws IOException {
    Path photos = Files.createDirectory(folder.resolve("photos"));
    for (int i = 0; i < 5; i++) {
      BufferedImage image = new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB);
      image.setRGB(i, 0, 0xFFFFFF);
      ImageIO.write(image, "png", photos.resolve(i + ".png").toFile());
    }
    String none = "--set=modality.classes=0";
    fine(training("generate", none));
    String[] ood = {"eval", folder.resolve("run").toString(), "--ood=" + photos, "--batch=3"};
    assertThat(fine(ood).out())
        .contains("own data    built-in images of one shape each")
        .containsPattern("; 4 predictions\nother data  .*photos.*; 5 predictions\n")
        .containsPattern("energy +AUROC [01]\\.[0-9]{4}\ngradient norm +AUROC [01]\\.[0-9]{4}\n");
    ood[3] = "--json";
    JsonNode found = new ObjectMapper().readTree(fine(ood).out()).path("ood");
    assertThat(found.path("otherPredictions").asInt()).isEqualTo(5);
    assertThat(found.path("aurocEnergy").asDouble()).isBetween(0.0, 1.0);

    for (String option : List.of("--steps=3", "--candidates=2", "--data=" + photos)) {
      assertThat(refusal("eval", ood[1], ood[2], option))
          .contains("--ood scores given data")
          .contains(option.split("=", 2)[0] + " has no effect");
    }
    assertThat(refusal("eval", ood[1], ood[2], "--set=thinking.stepSize=0.1"))
        .contains("--set thinking.stepSize=0.1: no thinking step is taken here");
    String dropped = folder.resolve("dropped").toString();
    fine(training("generate", "--set=modality.conditionDropout=0.5", "--out=" + dropped));
    Path labelled = Files.createDirectory(folder.resolve("labelled"));
    for (int i = 0; i < 4; i++) {
      Path kind = Files.createDirectory(labelled.resolve("kind" + i));
      Files.copy(photos.resolve(i + ".png"), kind.resolve("x.png"));
      Files.copy(photos.resolve(i + ".png"), kind.resolve("y.png"));
    }
    fine("eval", dropped, "--ood=" + labelled);
    assertThat(refusal("eval", dropped, "--ood=" + labelled, "--guidance=2"))
        .contains("--guidance 2.0: no thinking step is taken here");

    ood[1] = folder.resolve("dit").toString();
    fine(training("generate-dit", none, "--out=" + ood[1]));
    JsonNode error = new ObjectMapper().readTree(fine(ood).out()).path("ood");
    assertThat(error.path("aurocDenoisingError").asDouble()).isBetween(0.0, 1.0);
    assertThat(error.has("aurocEnergy")).isFalse();
    assertThat(refusal("eval", ood[1], folder.resolve("run").toString(), ood[2]))
        .contains("--ood is for one run on its own data");
  }

  /** The validation loss of many right answers is lowest at their mean. */
  @ParameterizedTest
  @CsvSource({"generate, matching", "generate-dit, diffusion"})
  void bestCheckpointOfGenerationIsTheLatestAndTheLossEndsNoTraining(
      String recipe, String objective) {
    String[] three =
        training(
            recipe,
            "--set=training.validateEvery=1",
            "--set=training.checkpointEvery=1",
            "--set=training.learningRate=1");
    Arrays.asList(three).replaceAll(word -> word.replace("training.steps=1", "training.steps=3"));
    fine(three);
    Path run = folder.resolve("run");
    assertThat(StoredCheckpoint.of(run, "1").progress().validationLoss()).isNull();
    assertThat(StoredCheckpoint.of(run, "best").progress().step()).isEqualTo(3);
    String early = "--set=monitors=[{name: early-stopping}]";
    assertThat(refusal(training(recipe, early, "--out=" + folder.resolve("early"))))
        .contains("monitors has early-stopping, which compares validation losses")
        .contains("objective.name=" + objective)
        .contains("leave it out");
    fine(training("generate-means", early, "--out=" + folder.resolve("means")));
  }

  @Test
  void matchingNeedsBatchesThatCanBePairedAndStepsThatAddUp() {
    assertThat(refusal(training("generate", "--set=objective.pairing=optimal")))
        .contains("objective.pairing is optimal, but training.batch 2 is too small")
        .contains("training.batch 8 or more expected");
    fine(training("generate", "--set=objective.pairing=optimal", "--set=modality.classes=0"));
    assertThat(
            refusal(
                training(
                    "generate",
                    "--set=thinking.landscapes=3",
                    "--out=" + folder.resolve("landscapes"))))
        .contains("training.batch is 2, but objective.name=matching needs 3 rows or more");
    assertThat(
            refusal(
                "train",
                "--backend=reference",
                "--recipe=text",
                "--set=objective=matching",
                "--set=regularizers=[]",
                "--set=thinking.learnStepSize=false",
                "--set=thinking.updateRule=model-input",
                "--out=" + folder.resolve("text")))
        .contains("thinking.updateRule is model-input")
        .contains("mirror expected with objective.name=matching");
  }

  @Test
  void bothKindsOfModelsAreInOneTable() throws IOException {
    List<String> runs = new ArrayList<>();
    for (String recipe : List.of("generate", "generate-dit")) {
      runs.add(folder.resolve(recipe).toString());
      fine(training(recipe, "--out=" + runs.get(runs.size() - 1)));
    }
    String table = fine("eval", runs.get(0), runs.get(1), "--steps=1,3").out();
    assertThat(table).containsPattern("run +steps +evaluations +seconds +loss");
    for (String run : runs) {
      assertThat(table.lines().filter(line -> line.startsWith(run + " "))).hasSize(3);
    }
    JsonNode found =
        new ObjectMapper()
            .readTree(fine("eval", runs.get(0), runs.get(1), "--steps=1,3", "--json").out());
    assertThat(found.path("results")).hasSize(4).allMatch(line -> line.has("frechet"));
    assertThat(found.path("results").findValuesAsText("evaluations"))
        .containsExactly("1", "3", "1", "3");
    // The same real images for both.
    assertThat(found.path("targets").findValuesAsText("frechet"))
        .hasSize(2)
        .allMatch(found.path("targets").path(0).path("frechet").asText()::equals);
  }

  @Test
  void kindsAndSizesThatDoNotFitAreRefused() {
    assertThat(refusal(training("generate", "--set", "modality.classes=10")))
        .contains("modality.classes is 10, but dataset 'single-shapes' has 4 classes: disc, ring");
    assertThat(refusal(training("generate-dit", "--set", "modality.patch=3")))
        .contains("modality.size 8 is not divisible by modality.patch 3");
    String out = "--out=" + folder.resolve("run");
    assertThat(refusal("train", "--backend=reference", "--set=data.name=single-shapes", out))
        .contains("dataset 'single-shapes' has images: it needs the modality");
    assertThat(folder.resolve("run")).doesNotExist();
  }
}
