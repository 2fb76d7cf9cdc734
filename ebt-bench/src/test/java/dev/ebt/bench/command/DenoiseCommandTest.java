package dev.ebt.bench.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ebt.bench.Ebt;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.Shape;
import dev.ebt.vision.picture.PictureStrip;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From a folder of pictures to a folder of denoised ones, on the command line. */
class DenoiseCommandTest {
  @TempDir private Path folder;

  @Test
  void ownPicturesAreLearntFromJudgedByAndDenoised() throws IOException {
    Path photos = photos(12);
    Path run = folder.resolve("run");
    assertThat(train(photos, run)).isZero();
    assertThat(run.resolve("config.yaml")).content().contains("name: image-denoising");

    assertThat(output("eval", run.toString(), "--data", photos.toString(), "--steps", "0,1"))
        .contains("0 pictures to learn from, 12 to be judged by")
        .contains("psnr")
        .contains("over 12 predictions");

    Path strips = folder.resolve("strips");
    assertThat(output("think", run.toString(), "--out", strips.toString(), "--count", "1"))
        .contains("picture-001.png");
    BufferedImage strip = ImageIO.read(strips.resolve("picture-001.png").toFile());
    assertThat(strip.getHeight()).isEqualTo(128);
    assertThat(strip.getWidth()).isEqualTo(4 * 128 + 3 * 4);
    assertThat(output("think", run.toString(), "--count", "1")).contains("8x8 picture, values");
  }

  @Test
  void folderWithoutPicturesIsAMistakeOfTheUser() throws IOException {
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
    return Ebt.execute(line.toArray(String[]::new));
  }

  /** What a command prints that ends well. */
  private static String output(String... line) {
    PrintStream before = System.out;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    try (PrintStream to = new PrintStream(printed, true, StandardCharsets.UTF_8)) {
      System.setOut(to);
      assertThat(Ebt.execute(line)).isZero();
    } finally {
      System.setOut(before);
    }
    return printed.toString(StandardCharsets.UTF_8);
  }

  /** Pictures of one grey each, all different. */
  private Path photos(int count) throws IOException {
    Path photos = Files.createDirectory(folder.resolve("photos"));
    for (int i = 0; i < count; i++) {
      new PictureStrip()
          .with(Array.filled(Shape.of(1, 8, 8), -1 + 2.0 * i / count))
          .write(photos.resolve(i + ".png"));
    }
    return photos;
  }
}
