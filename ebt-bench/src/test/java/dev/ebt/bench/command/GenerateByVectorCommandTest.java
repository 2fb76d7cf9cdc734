package dev.ebt.bench.command;

import static dev.ebt.bench.Commands.fine;
import static dev.ebt.bench.Commands.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ebt.store.Safetensors;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.Shape;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Images that vectors ask for: dark ones and bright ones, by both kinds of models. */
class GenerateByVectorCommandTest {
  @TempDir private Path folder;

  @BeforeEach
  void write() throws IOException {
    Map<String, Array> vectors = new LinkedHashMap<>();
    for (int i = 0; i < 12; i++) {
      boolean bright = i % 2 == 1;
      String name = (bright ? "bright/" : "dark/") + i + ".png";
      int grey = (bright ? 210 : 30) + i;
      BufferedImage image = new BufferedImage(4, 4, BufferedImage.TYPE_INT_RGB);
      for (int j = 0; j < 16; j++) {
        image.setRGB(j % 4, j / 4, grey << 16 | grey << 8 | grey);
      }
      Path file = folder.resolve("photos").resolve(name);
      Files.createDirectories(file.getParent());
      ImageIO.write(image, "png", file.toFile());
      vectors.put(name, asked(bright));
    }
    vectors(vectors, "vectors.safetensors");
    Map<String, Array> two = new LinkedHashMap<>();
    two.put("night", asked(false));
    two.put("noon", asked(true));
    vectors(two, "asked.safetensors");
  }

  private static Array asked(boolean bright) {
    return Array.of(Shape.of(3), bright ? 1.0 : -1, 0.5, bright ? -0.5 : 1);
  }

  private String vectors(Map<String, Array> vectors, String name) {
    Path file = folder.resolve(name);
    new Safetensors(vectors, Map.of()).write(file);
    return file.toString();
  }

  private String path(String name) {
    return folder.resolve(name).toString();
  }

  /** With these settings, instead of those below. */
  private String[] training(String recipe, String... settings) {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("data.vectors", path("vectors.safetensors"));
    for (String setting :
        List.of(
            "data.validation=0.25",
            "modality.classes=0",
            "modality.conditionDimension=3",
            "modality.size=4",
            "modality.patch=2",
            "model.layers=1",
            "model.heads=1",
            "model.width=16",
            "training.steps=1",
            "training.batch=8",
            "training.warmUp=5",
            "training.learningRate=0.01",
            "training.validateEvery=1000")) {
      put(all, setting);
    }
    List.of(settings).forEach(setting -> put(all, setting));
    List<String> line = new ArrayList<>(List.of("train", "--backend=reference"));
    line.addAll(List.of("--recipe", recipe, "--data", path("photos"), "--out", path("run")));
    all.forEach((name, value) -> line.addAll(List.of("--set", name + "=" + value)));
    return line.toArray(String[]::new);
  }

  private static void put(Map<String, String> settings, String setting) {
    int sign = setting.indexOf('=');
    settings.put(setting.substring(0, sign), setting.substring(sign + 1));
  }

  @ParameterizedTest
  @CsvSource({"generate-means, 40, 2", "generate, 200, 50", "generate-dit, 150, 20"})
  void vectorDecidesTheImage(String recipe, int training, int steps) throws IOException {
    fine(training(recipe, "training.steps=" + training / 2));
    fine("train", "--resume", path("run"), "--set", "training.steps=" + training);

    // What is asked for needs no data.
    Files.move(folder.resolve("photos"), folder.resolve("elsewhere"));
    String out =
        fine(
                "think",
                path("run"),
                "--vectors=" + path("asked.safetensors"),
                "--out=" + path("samples"),
                "--count=3",
                "--steps=" + steps)
            .out();
    assertThat(out)
        .contains("samples.png: a row for each of night, noon\n")
        .containsPattern(
            String.format(
                Locale.ROOT, " +steps +evaluations +seconds\n +%1$d +%1$d +[0-9.]+\n", steps));
    BufferedImage grid = ImageIO.read(folder.resolve("samples/samples.png").toFile());
    int second = grid.getHeight() / 2 + 2; // Below the captions of the first row.
    double night = grey(grid, 0, 128);
    double noon = grey(grid, second, second + 128);
    assertThat(noon).isGreaterThan(night + 90);
  }

  private static double grey(BufferedImage image, int from, int to) {
    double sum = 0;
    for (int y = from; y < to; y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        sum += image.getRGB(x, y) & 0xFF;
      }
    }
    return sum / (to - from) / image.getWidth();
  }

  @ParameterizedTest
  @CsvSource({"generate", "generate-dit"})
  void imagesOfTheDataAreBesideThoseMade(String recipe) throws IOException {
    fine(training(recipe));
    String out =
        fine("think", path("run"), "--out", path("samples"), "--count=2", "--steps=1").out();
    assertThat(out)
        .containsPattern("a row for each of (\\w+/\\d+\\.png(, )?){3}; the last is the real one\n")
        .containsPattern("all +made +1 +1 ")
        .containsPattern("all +real ");
    BufferedImage grid = ImageIO.read(folder.resolve("samples/samples.png").toFile());
    assertThat(grid.getWidth()).isEqualTo(2 * (128 + 4) + 128);
    assertThat(grid.getHeight())
        .isEqualTo(3 * (128 + (recipe.equals("generate") ? 26 : 13) + 4) - 4);
    assertThat(fine("eval", path("run"), "--steps=1").out()).contains("over 3 predictions");
    assertThat(fine("think", path("run"), "--count=1", "--steps=1").out())
        .contains("predicted 4x4 image");
  }

  @Test
  void mistakesAreTold() {
    fine(training("generate"));
    String asked = path("asked.safetensors");
    assertThat(refusal("think", path("run"), "--vectors=" + asked))
        .isEqualTo("ebt: --vectors needs --out FOLDER for the images\n");
    String out = "--out=" + path("samples");
    assertThat(refusal("think", path("run"), out, "--vectors=" + path("no.safetensors")))
        .isEqualTo("ebt: --vectors: " + path("no.safetensors") + ": no such file\n");
    String longer = vectors(Map.of("a", Array.filled(Shape.of(4), 1)), "longer.safetensors");
    assertThat(refusal("think", path("run"), out, "--vectors=" + longer))
        .contains("tensor 'a' has shape [4]; [3] expected, as modality.conditionDimension is 3");
    Map<String, Array> many = new LinkedHashMap<>();
    for (int i = 0; i < 101; i++) {
      many.put("v" + i, asked(true));
    }
    assertThat(refusal("think", path("run"), out, "--vectors=" + vectors(many, "many")))
        .contains("has 101 vectors; at most 100 expected, a row of images each");
    assertThat(refusal("eval", path("run"), "--set", "data.vectors=" + asked))
        .contains("has no vector for 12 of the 12 images of");
    assertThat(folder.resolve("samples")).doesNotExist();
  }

  @Test
  void settingsThatDoNotGoTogetherAreRefused() {
    assertThat(refusal(training("generate", "data.vectors=null")))
        .contains("modality.conditionDimension is 3, but the images of");
    assertThat(refusal(training("generate", "modality.conditionDimension=0")))
        .contains("data.vectors is ", "is not conditioned on vectors");
    assertThat(refusal(training("generate", "modality.classes=2")))
        .contains(
            "modality.classes is 2 and modality.conditionDimension 3, but an image has one condition");
    assertThat(folder.resolve("run")).doesNotExist();
  }

  @Test
  void vectorsAreForThoseImagesOnly() {
    fine(training("generate", "modality.conditionDimension=0", "data.vectors=null"));
    assertThat(refusal("think", path("run"), "--vectors=" + path("asked.safetensors")))
        .contains("--vectors is for generation from vectors; this run has modality");
  }
}
