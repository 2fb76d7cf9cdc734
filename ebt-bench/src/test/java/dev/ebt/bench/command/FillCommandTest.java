package dev.ebt.bench.command;

import static dev.ebt.bench.Commands.fine;
import static dev.ebt.bench.Commands.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Holes in images, filled in by models of denoising and of generation. */
class FillCommandTest {
  private static final int SIDE = 8;

  @TempDir static Path folder;
  private static String image;
  private static String mask;

  @BeforeAll
  static void train() throws IOException {
    for (String recipe : List.of("denoise", "generate", "dit")) {
      List<String> line =
          new ArrayList<>(List.of("train", "--recipe", recipe, "--backend", "reference"));
      line.addAll(List.of("--out", path(recipe)));
      for (String set :
          List.of(
              "modality.size=8",
              "modality.patch=4",
              "model.width=8",
              "model.layers=1",
              "model.heads=1",
              "training.steps=1",
              "training.batch=2",
              "training.validationRows=2",
              "data.images=8",
              "data.validationImages=4")) {
        line.addAll(List.of("--set", set));
      }
      fine(line.toArray(String[]::new));
    }
    image = write("image.png", SIDE, (x, y) -> 0x010101 * (40 + 9 * x + 5 * y));
    mask = write("mask.png", SIDE, (x, y) -> hole(x, y) ? 0xFFFFFF : 0);
  }

  private interface Colour {
    int at(int x, int y);
  }

  private static boolean hole(int x, int y) {
    return x >= 5 && y >= 3;
  }

  private static String path(String name) {
    return folder.resolve(name).toString();
  }

  private static String write(String name, int side, Colour colour) throws IOException {
    BufferedImage drawn = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < side; y++) {
      for (int x = 0; x < side; x++) {
        drawn.setRGB(x, y, colour.at(x, y));
      }
    }
    ImageIO.write(drawn, "png", folder.resolve(name).toFile());
    return path(name);
  }

  private static String[] fill(String run, String... more) {
    String[] line = {"think", path(run), "--image", image, "--mask", mask, "--steps", "1,3"};
    String[] all = Arrays.copyOf(line, line.length + more.length);
    System.arraycopy(more, 0, all, line.length, more.length);
    return all;
  }

  private static void assertFilled(String run, String... more) throws IOException {
    fine(fill(run, more));
    BufferedImage before = ImageIO.read(Path.of(image).toFile());
    BufferedImage after = ImageIO.read(folder.resolve("filled.png").toFile());
    int changed = 0;
    for (int y = 0; y < SIDE; y++) {
      for (int x = 0; x < SIDE; x++) {
        if (hole(x, y)) {
          changed += before.getRGB(x, y) == after.getRGB(x, y) ? 0 : 1;
        } else {
          assertThat(after.getRGB(x, y)).as("%d, %d", x, y).isEqualTo(before.getRGB(x, y));
        }
      }
    }
    assertThat(changed).isPositive();
    assertThat(folder.resolve("filled-strip.png")).exists();
  }

  @Test
  void pixelsOutsideTheHoleAreExactlyThoseOfTheImage() throws IOException {
    assertFilled("denoise", "--noise", "0.5", "--out", path("filled.png"));
    assertFilled("generate", "--label", "1", "--out", path("filled.png"));
  }

  @Test
  void mistakesAreNamed() throws IOException {
    String out = path("refused.png");
    assertThat(refusal(fill("denoise"))).contains("--mask needs --out FILE.png");
    assertThat(refusal("think", path("denoise"), "--mask", mask, "--out", out))
        .contains("--mask and --image belong together");
    assertThat(refusal("think", path("generate"), "--label", "1", "--out", out))
        .contains("--label needs --mask");
    assertThat(refusal(fill("denoise", "--label", "1", "--out", out)))
        .contains("--label is for models of classes");
    assertThat(refusal(fill("generate", "--out", out))).contains("--label, the class of the image");
    assertThat(refusal(fill("generate", "--label", "99", "--out", out)))
        .contains("--label is 99; a class of the model expected");
    assertThat(refusal(fill("dit", "--out", out)))
        .contains("model 'dit' cannot hold parts of a candidate fixed");
    String black = write("black.png", SIDE, (x, y) -> 0);
    assertThat(refusal("think", path("denoise"), "--image", image, "--mask", black, "--out", out))
        .contains("is all black; white where the image is filled in");
    String large = write("large.png", SIDE + 1, (x, y) -> 0);
    assertThat(refusal("think", path("denoise"), "--image", image, "--mask", large, "--out", out))
        .contains("is 9x9; the size of --image, 8x8, expected");
  }
}
