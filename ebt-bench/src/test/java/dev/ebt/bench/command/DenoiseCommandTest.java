package dev.ebt.bench.command;

import static dev.ebt.bench.Commands.fine;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ebt.bench.Commands;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.Shape;
import dev.ebt.vision.image.ImageStrip;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From a folder of images to a folder of denoised ones, on the command line. */
class DenoiseCommandTest {
  private static final String SAME_START =
      "candidates is %s, but every candidate starts at the same place";

  @TempDir private Path folder;

  @Test
  void ownImagesAreLearntFromJudgedByAndDenoised() throws IOException {
    Path photos = photos(12);
    Path run = folder.resolve("run");
    assertThat(train(photos, run)).isZero();
    assertThat(run.resolve("config.yaml")).content().contains("name: image-denoising");

    assertThat(output("eval", run.toString(), "--data", photos.toString(), "--steps", "0,1"))
        .contains("0 images for training, 12 for validation")
        .contains("psnr")
        .contains("over 12 predictions");

    Path strips = folder.resolve("strips");
    assertThat(output("think", run.toString(), "--out", strips.toString(), "--count", "1"))
        .contains("image-001.png");
    BufferedImage strip = ImageIO.read(strips.resolve("image-001.png").toFile());
    assertThat(strip.getHeight()).as("with captions of three lines").isEqualTo(128 + 3 * 13);
    assertThat(strip.getWidth()).isEqualTo(4 * 128 + 3 * 4);
    assertThat(output("think", run.toString(), "--count", "1")).contains("8x8 image, values");
    Path png = strips.resolve("image-001.png");
    assertRefused("think " + run + " --out " + png, "--out is the file " + png + "; a folder");
  }

  @Test
  void imageOfTheUsersIsDenoised() throws IOException {
    Path photos = photos(12);
    Path run = folder.resolve("run");
    assertThat(train(photos, run)).isZero();
    Path image = folder.resolve("wide.png");
    ImageIO.write(new BufferedImage(40, 20, BufferedImage.TYPE_INT_RGB), "png", image.toFile());
    Path out = folder.resolve("new/denoised.png");
    String think = "think " + run + " --image " + image + " --steps 3,1,2 --out " + out;
    assertThat(output(think.split(" ")))
        .contains("wide.png, 40x20: the center square, resized to 8x8 as in training; taken")
        .containsPattern("steps +evaluations +seconds +energy\n")
        .containsPattern("\n +3 +3 +[0-9.]+ +-?[0-9.e-]+\n")
        .contains("denoised.png: the image after 3 steps")
        .contains("denoised-strip.png: noisy, after 1, 2, 3" + System.lineSeparator())
        .doesNotContain("psnr");
    assertThat(ImageIO.read(out.toFile()).getWidth()).isEqualTo(8);
    Path strip = out.resolveSibling("denoised-strip.png");
    assertThat(ImageIO.read(strip.toFile()).getWidth()).isEqualTo(4 * 128 + 3 * 4);

    assertThat(output((think + " --noise 0.2").split(" ")))
        .contains("resized to 8x8 as in training; noise 0.2 added", "psnr", ", 3, clean");
    assertThat(ImageIO.read(strip.toFile()).getWidth()).isEqualTo(5 * 128 + 4 * 4);
    assertThat(output((think + " --explain").split(" ")))
        .containsPattern("\nimage     [▁-█]{4} ( *-?[0-9.]+){4}\n")
        .contains("energy before thinking and after each step; lower is better");
    assertRefused(think + " --noise 2", "--noise is 2.0; 0.001 to 1 expected");
    assertRefused("think " + run + " --noise 0.1", "--noise needs --image");
    assertRefused("think " + run + " --image " + image, "--image needs --out FILE.png");
    assertRefused(think.replace("denoised.png", "d"), "a file that ends with .png expected");
    assertRefused(think.replace("wide", "no"), "no file " + folder.resolve("no.png"));
    Path file = Files.createFile(folder.resolve("file"));
    assertRefused(
        "think " + run + " --image " + image + " --out " + file.resolve("x.png"),
        "x.png cannot be written: " + file + " already exists. Choose another --out");
    assertThat(
            output(("think " + run + " --image " + image + " --steps 1 --out " + out).split(" ")))
        .contains("denoised.png: the image after 1 step" + System.lineSeparator());
    Files.writeString(image, "no image");
    assertRefused(think, "wide.png: not a PNG, JPEG, WebP, TIFF, BMP or GIF");
  }

  @Test
  void runsAndLevelsOfNoiseAreInOneTable() throws IOException {
    Path photos = photos(12);
    Path one = folder.resolve("run");
    Path other = folder.resolve("other");
    assertThat(train(photos, one)).isZero();
    assertThat(train(photos, other)).isZero();
    String table =
        output("eval", one.toString(), other.toString(), "--noise", "0.1,0.3", "--steps", "1,2");
    assertThat(table).contains("noise 0.1", "noise 0.3");
    assertThat(table.lines().filter(line -> line.startsWith("run  ")).findFirst().orElseThrow())
        .contains("  noise     steps  evaluations    seconds ", "loss", "psnr", "mse", "frechet");
    List<String[]> lines =
        table
            .lines()
            .map(line -> line.split(" +"))
            .filter(words -> words.length == 10 && words[1].startsWith("0."))
            .toList();
    assertThat(lines).hasSize(8);
    assertThat(lines)
        .extracting(words -> words[1] + "/" + words[2] + "/" + words[3])
        .containsExactly(
            "0.1/1/1", "0.1/2/2", "0.3/1/1", "0.3/2/2", "0.1/1/1", "0.1/2/2", "0.3/1/1", "0.3/2/2");
    // The same training twice: the same figures, but for the time taken.
    for (int i = 0; i < 4; i++) {
      assertThat(java.util.Arrays.copyOfRange(lines.get(i), 5, 10))
          .isEqualTo(java.util.Arrays.copyOfRange(lines.get(i + 4), 5, 10));
    }
    assertThat(table.lines().filter(line -> line.matches(".* 0\\.[13] +targets +[0-9.]+")))
        .as("clean images against other clean ones")
        .hasSize(4);
    String alone = output("eval", one.toString(), "--set", "modality.noise=0.3", "--steps", "2");
    assertThat(alone).contains(lines.get(3)[5]);
    assertThat(output("eval", one.toString(), "--noise", "0.3", "--steps", "2", "--json"))
        .startsWith("{\"results\":[{\"run\":")
        .contains("\"noise\":0.3,\"steps\":2,\"candidates\":1,\"evaluations\":2,\"seconds\":");
    assertRefused("eval " + one + " --candidates 1,7", SAME_START.formatted(7));
    assertRefused("eval " + one + " --noise 0.1,0.2 --candidates 2", SAME_START.formatted(2));
    assertRefused("think " + one + " --candidates 2", "--candidates is for text");
    assertRefused("eval " + one + " --noise 2", "modality.noise is 2.0; 0.001 to 1 expected");
  }

  private static void assertRefused(String line, String message) {
    Commands refused = Commands.ebt(line.split(" "));
    assertThat(refused.code()).isEqualTo(2);
    assertThat(refused.err()).contains(message);
  }

  @Test
  void folderWithoutImagesIsAMistakeOfTheUser() throws IOException {
    Path empty = Files.createDirectory(folder.resolve("empty"));
    assertThat(train(empty, folder.resolve("run"))).isEqualTo(2);
    assertThat(folder.resolve("run")).doesNotExist();
  }

  private static int train(Path data, Path run) {
    List<String> line = new ArrayList<>(List.of("train", "--recipe", "denoise"));
    line.addAll(List.of("--data", data.toString(), "--out", run.toString()));
    line.addAll(List.of("--backend", "reference"));
    for (String set :
        List.of(
            "modality.size=8",
            "model.layers=1",
            "model.heads=1",
            "model.width=8",
            "training.steps=2",
            "training.batch=2",
            "data.validation=0.25")) {
      line.addAll(List.of("--set", set));
    }
    return Commands.ebt(line.toArray(String[]::new)).code();
  }

  /** What a command prints that ends well. */
  private static String output(String... line) {
    return fine(line).out();
  }

  /** Images of one grey each, all different. */
  private Path photos(int count) throws IOException {
    Path photos = Files.createDirectory(folder.resolve("photos"));
    for (int i = 0; i < count; i++) {
      new ImageStrip()
          .with(Array.filled(Shape.of(1, 8, 8), -1 + 2.0 * i / count))
          .write(photos.resolve(i + ".png"));
    }
    return photos;
  }
}
