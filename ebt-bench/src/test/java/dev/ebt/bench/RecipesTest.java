package dev.ebt.bench;

import static dev.ebt.bench.Commands.fine;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ebt.config.Overrides;
import dev.ebt.plugin.Catalog;
import dev.ebt.plugin.Components;
import dev.ebt.plugin.Configurations;
import dev.ebt.plugin.PartSettings;
import dev.ebt.plugin.Plugins;
import dev.ebt.plugin.RunConfiguration;
import dev.ebt.run.RunParts;
import dev.ebt.step.ThinkingMethod;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The published recipes are what was published, and train as they stand. */
class RecipesTest {
  private static final Catalog CATALOG = Plugins.discover(List.of());

  private static RunConfiguration load(String recipe, String... overrides) {
    return Configurations.load(CATALOG, recipe, null, Overrides.of(overrides));
  }

  private static int stepsTaken(RunParts parts) {
    return parts.steps().taken();
  }

  private static <T> T with(Function<RunParts, T> use, String recipe, String... overrides) {
    try (Components components = Components.of(CATALOG, load(recipe, overrides))) {
      return use.apply(components.get(RunParts.class));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "4xs, 0.0024", "3xs, 0.0018", "xxs, 0.0012", "xs, 0.0009",
    "small, 0.0006", "medium, 0.0003", "large, 0.00025", "xl, 0.0002"
  })
  void theSizeDecidesTheLearningRateUnlessOneIsGiven(String size, double rate) {
    for (String recipe : List.of("s1", "s2", "unrolled", "transformer")) {
      RunConfiguration run = load(recipe, "model.size=" + size);
      assertThat(run.training().learningRate()).as(recipe).isEqualTo(rate);
      assertThat(Configurations.write(run)).contains("  learningRate: ");
    }
    assertThat(load("s1", "model.size=" + size, "training.learningRate=1").training())
        .returns(1.0, training -> training.learningRate());
  }

  @ParameterizedTest
  @CsvSource({"2, 64", "4, 128", "2, 128", "3, 200", "8, 256"})
  void modelsOfOneArchitectureLearnAtOneRateWhateverTheRecipe(int layers, int width) {
    String[] sizes = {"model.layers=" + layers, "model.width=" + width};
    double baseline = load("transformer", sizes).training().learningRate();
    for (String recipe : List.of("brackets", "text", "s1", "s2", "unrolled")) {
      assertThat(load(recipe, sizes).training().learningRate()).as(recipe).isEqualTo(baseline);
    }
    assertThat(load("dit", sizes).training()).isEqualTo(load("denoise", sizes).training());
  }

  @Test
  void ourRecipesOfTextLearnAtTheRateThatTheyWereMeasuredWith() {
    assertThat(load("brackets").training().learningRate()).isEqualTo(0.004);
    assertThat(load("text").training().learningRate()).isEqualTo(0.004);
  }

  @Test
  void whatIsWrittenIsReadAsTheSame(@TempDir Path folder) throws Exception {
    for (String recipe : CATALOG.recipes()) {
      RunConfiguration run = load(recipe);
      Path file = Files.writeString(folder.resolve(recipe), Configurations.write(run));
      assertThat(Configurations.load(CATALOG, null, file, Overrides.none())).isEqualTo(run);
    }
  }

  @Test
  void anotherModelKeepsTheSizesAndNothingThatOnlyEnergiesHave() {
    assertThat(load("video", "model.name=transformer").model().settings())
        .isEqualTo(
            load("video", "model.head=linear", "model.addPreviousEmbedding=false")
                .model()
                .settings());
    assertThat(load("denoise", "model.name=dit").model()).isEqualTo(load("dit").model());
    for (String recipe : List.of("s1", "text", "brackets")) {
      String size = load(recipe).model().settings().path("size").asText();
      assertThat(load(recipe, "model=transformer").model())
          .as(recipe)
          .isEqualTo(load("transformer", "model.size=" + size).model());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"s1", "unrolled"})
  void systemOneHasTwoLandscapesAndLearnsItsStepSize(String recipe) {
    RunConfiguration run = load(recipe);
    assertThat(run.thinking().hyperparameters().landscapes()).isEqualTo(2);
    assertThat(run.thinking().hyperparameters().stepSize()).isEqualTo(500);
    assertThat(run.thinking().hyperparameters().learnStepSize()).isTrue();
    assertThat(run.thinking().hyperparameters().stepSizeRate()).isEqualTo(1500);
    assertThat(run.thinking().hyperparameters().updateRule())
        .isEqualTo(ThinkingMethod.UpdateRule.MODEL_INPUT);
    assertThat(run.model().settings().path("conditioning").asText()).isEqualTo("time_embed");
    assertThat(with(RecipesTest::stepsTaken, recipe)).isEqualTo(2);
  }

  @Test
  void systemTwoThinksTwoOrThreeStepsAndIsJudgedAfterThree() {
    RunConfiguration run = load("s2");
    assertThat(run.thinking().hyperparameters().landscapes()).isEqualTo(1);
    assertThat(run.thinking().hyperparameters().stepSize()).isEqualTo(5);
    assertThat(run.thinking().hyperparameters().learnStepSize()).isFalse();
    assertThat(run.regularizers())
        .extracting(PartSettings::name)
        .containsExactly("random-step-count", "random-step-size", "langevin", "replay");
    assertThat(with(RecipesTest::stepsTaken, "s2")).isEqualTo(3);
  }

  @Test
  void systemTwoForImagesThinksLikewiseWithItsStepSizeBySize() {
    RunConfiguration run = load("denoise-s2");
    assertThat(run.thinking().hyperparameters().landscapes()).isEqualTo(1);
    assertThat(run.thinking().hyperparameters().stepSize()).isEqualTo(100);
    assertThat(run.thinking().hyperparameters().learnStepSize()).isFalse();
    assertThat(run.objective().name()).isEqualTo("s2");
    assertThat(run.regularizers())
        .extracting(PartSettings::name)
        .containsExactly("random-step-count", "random-step-size");
    assertThat(with(RecipesTest::stepsTaken, "denoise-s2", "backend.name=reference")).isEqualTo(3);
    assertThat(
            load("denoise-s2", "modality.size=64", "modality.patch=8")
                .thinking()
                .hyperparameters()
                .stepSize())
        .isEqualTo(800);
  }

  /** 7 D² per block and 2 V D around them; the EBT has a few vectors more. */
  @ParameterizedTest
  @ValueSource(strings = {"4xs", "3xs", "xxs", "xs"})
  void theBaselineHasAsManyParametersAsTheEnergyModelOfItsSize(String size) {
    double baseline = count("transformer", size);
    for (String recipe : List.of("s1", "s2", "unrolled")) {
      assertThat(count(recipe, size) / baseline).as(recipe).isCloseTo(1, within(0.01));
    }
  }

  private static double count(String recipe, String size) {
    return with(
        parts -> parts.parameters().stream().mapToDouble(s -> s.shape().elements()).sum(),
        recipe,
        "backend.name=reference",
        "model.size=" + size,
        "modality.length=2");
  }

  @ParameterizedTest
  @CsvSource({"s1, s1", "s2, s2", "unrolled, unrolled", "transformer, likelihood"})
  void everyOneTrainsOnAFile(String recipe, String objective, @TempDir Path folder)
      throws Exception {
    Tiny tiny = Tiny.in(folder);
    String text = tiny.path("text.txt");
    fine(
        ("train --recipe " + recipe + " --data " + text + " --backend reference --out")
            .concat(" " + tiny.path("run"))
            .concat(" --set modality.length=4 --set model.width=8 --set model.layers=1")
            .concat(" --set training.steps=2 --set training.batch=2 --set training.warmUp=1")
            .concat(" --set training.validationRows=2")
            .split(" "));
    assertThat(Files.readString(folder.resolve("run/config.yaml")))
        .contains("compatibility: corrected", "name: " + objective);
  }

  @ParameterizedTest
  @ValueSource(strings = {"train", "init"})
  void helpListsThem(String command) {
    assertThat(fine(command, "--help").out())
        .contains("Recipes:", "  s1 ", "  s2 ", "  unrolled ", "  transformer ", "  text ");
  }
}
