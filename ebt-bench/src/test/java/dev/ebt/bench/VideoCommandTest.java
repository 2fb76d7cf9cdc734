package dev.ebt.bench;

import static dev.ebt.bench.Commands.fine;
import static dev.ebt.bench.Commands.refusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ebt.run.TrainedModel;
import dev.ebt.store.Safetensors;
import dev.ebt.vision.image.GifReader;
import dev.ebt.vision.video.NextFrameModality;
import dev.ebt.vision.video.RollOut;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From moving images to predicted ones, on the command line. */
class VideoCommandTest {
  @TempDir static Path folder;
  private static Path run;

  @BeforeAll
  static void train() {
    run = folder.resolve("run");
    assertThat(fine(training(run, "training.steps=4")).out())
        .contains("  ./ebt think " + run + " --out rollout.gif\n");
  }

  private static String[] training(Path out, String... more) {
    List<String> line = new ArrayList<>(List.of("train", "--recipe", "video"));
    line.addAll(List.of("--out", out.toString(), "--backend", "reference"));
    List<String> sets =
        new ArrayList<>(
            List.of(
                "modality.size=8",
                "modality.channels=1",
                "modality.frames=4",
                "modality.encoder.components=6",
                "data.clips=20",
                "data.validationClips=4",
                "data.length=8",
                "model.layers=1",
                "model.heads=1",
                "model.width=8",
                "training.batch=2",
                "training.validationRows=2",
                "training.checkpointEvery=2"));
    for (String own : more) {
      sets.removeIf(set -> set.startsWith(own.substring(0, own.indexOf('=') + 1)));
      sets.add(own);
    }
    sets.forEach(set -> line.addAll(List.of("--set", set)));
    return line.toArray(String[]::new);
  }

  @Test
  void modelTooNarrowForItsFramesIsTold() {
    Path narrow = folder.resolve("narrow");
    String told = fine(training(narrow, "training.steps=1", "model.width=4")).err();
    assertThat(told)
        .contains("advice    model.width is 4, but an element of a candidate has 6 values");
    assertThat(fine(training(folder.resolve("wide"), "training.steps=1")).err())
        .doesNotContain("model.width is");
  }

  @Test
  void framesAreGoneOnFrom() throws IOException {
    Path gif = folder.resolve("new/rollout.gif");
    String table =
        fine("think", run.toString(), "--frames", "3", "--predict", "7", "--out", gif.toString())
            .out();
    assertThat(
            table
                .lines()
                .filter(
                    line -> line.matches(" +\\d+ +\\d+ +\\d+ +\\d+\\.\\d{3}( +\\d+\\.\\d{4}){4}")))
        .hasSize(5);
    assertThat(table).containsPattern("frame +steps +evaluations +seconds +psnr +mse");
    assertThat(table).contains("2 more frames, after the end of the clip");
    assertThat(GifReader.squares(gif, 3, 16)).hasSize(10);
    Path png = folder.resolve("rollout.png");
    fine(
        "think",
        run.toString(),
        "--predict",
        "1",
        "--clip",
        gif.toString(),
        "--out",
        png.toString());
    assertThat(ImageIO.read(png.toFile()).getWidth()).isEqualTo(6 * 128 + 5 * 4);
    assertThat(ImageIO.read(png.toFile()).getHeight()).isEqualTo(2 * (128 + 13) + 4);
    assertThat(fine("think", run.toString(), "--count", "1").out())
        .contains("3 frames as 6 numbers");
  }

  /** The window has three frames, so that the cache is filled, and then slides. */
  @Test
  void framesAreTheSameWithoutACache() {
    Path baseline = folder.resolve("cached-baseline");
    fine(
        training(
            baseline, "model.name=transformer", "objective.name=likelihood", "training.steps=2"));
    for (Path model : List.of(run, baseline)) {
      try (TrainedModel trained = TrainedModel.open(model);
          RollOut cached = new RollOut(trained.parts());
          RollOut whole = new RollOut(trained.parts(), false)) {
        assertThat(cached.isCached()).isTrue();
        assertThat(whole.isCached()).isFalse();
      }
    }
    for (String initial : List.of("noise", "zeros", "last")) {
      for (Path model : List.of(run, baseline)) {
        String[] line = {
          "think", model.toString(), "--frames=2", "--predict=5", "--json", "--steps=2"
        };
        if (model.equals(baseline)) {
          line = Arrays.copyOf(line, 5);
        } else {
          line = Arrays.copyOf(line, 8);
          line[6] = "--set";
          line[7] = "modality.initial=" + initial;
        }
        String[] uncached = Arrays.copyOf(line, line.length + 1);
        uncached[line.length] = "--no-cache";
        assertThat(errors(uncached)).as("%s %s", model, initial).hasSize(5);
        for (int i = 0; i < 5; i++) {
          assertThat(errors(line).get(i)).isCloseTo(errors(uncached).get(i), within(1e-6));
        }
      }
    }
  }

  /** The window slides for the last frames, and then all positions are thought about at once. */
  @Test
  void framesAreExplainedByTheirEnergies() {
    String[] line = {"think", run.toString(), "--frames=2", "--predict=3", "--explain"};
    assertThat(fine(line).out())
        .containsPattern("frame 3   [▁-█?]{3} ( *-?[0-9.]+){3}\n")
        .containsPattern("frame 5   [▁-█?]{3} ( *-?[0-9.]+){3}\n")
        .contains("energy before thinking and after each step; lower is better");
    List<List<Double>> cached = energies(line);
    String[] whole = Arrays.copyOf(line, 6);
    whole[5] = "--no-cache";
    List<List<Double>> uncached = energies(whole);
    assertThat(cached).hasSize(3);
    for (int i = 0; i < 3; i++) {
      for (int step = 0; step < 3; step++) {
        assertThat(cached.get(i).get(step)).isCloseTo(uncached.get(i).get(step), within(1e-6));
      }
    }
  }

  private static List<List<Double>> energies(String... line) {
    String[] json = Arrays.copyOf(line, line.length + 1);
    json[line.length] = "--json";
    return Pattern.compile("\"energies\":\\[([^\\]]*)\\]")
        .matcher(fine(json).out())
        .results()
        .map(found -> Arrays.stream(found.group(1).split(",")).map(Double::valueOf).toList())
        .toList();
  }

  private static List<Double> errors(String... line) {
    return Pattern.compile("\"mse\":([0-9.E-]+)")
        .matcher(fine(line).out())
        .results()
        .map(found -> Double.valueOf(found.group(1)))
        .toList();
  }

  @Test
  void modelThatIsWorseThanRepeatingIsCalledSo() {
    Path path = folder.resolve("residual");
    String[] line = training(path, "training.steps=2", "model.width=8");
    line[2] = "video-residual";
    Commands trained = fine(line);
    assertThat(trained.err())
        .contains("predicted as changes from the last frame as 6 principal components")
        .contains("reconstruction of validation frames by the encoder: psnr ");
    String given = " than repeating the last frame, which gives psnr ";
    assertThat(trained.out()).contains(given);
    assertThat(fine("eval", path.toString()).out()).contains(given);
    assertThat(fine("eval", path.toString(), path.toString()).out()).contains(path + ": ", given);
    assertThat(fine("eval", path.toString(), "--json").out()).contains("\"naiveBaseline\":{");
    assertThat(fine("eval", run.toString()).out()).contains("WORSE" + given);
    assertThat(fine("think", run.toString(), "--predict", "2").out())
        .contains("WORSE than repeating the last given frame: mean psnr ");
    assertThat(refusal("think", path.toString(), "--no-cache"))
        .contains("--no-cache is for runs with a key/value cache, and this one has none");
    assertThat(fine("think", path.toString(), "--predict", "2").out())
        .contains(" than repeating the last given frame: mean psnr ");
  }

  @Test
  void whatCannotBeIsTold() throws IOException {
    String path = run.toString();
    assertThat(refusal("think", path, "--frames", "9"))
        .contains("--frames is 9, but the clip has 8 frames; a smaller number expected");
    assertThat(refusal("think", path, "--predict", "0"))
        .contains("--predict is 0; at least 1 expected");
    assertThat(refusal("think", path, "--out", "x.mp4"))
        .contains("--out is x.mp4; a file that ends with .gif or .png expected");
    assertThat(refusal("think", path, "--predict", "100000", "--timeout", "0.05"))
        .contains("the answer takes longer than --timeout 0.05 s; allow more, or ask for fewer");
    assertThat(refusal("think", path, "--timeout", "0"))
        .contains("--timeout is 0.0; more than 0, up to 1e9 expected");
    assertThat(fine("think", path, "--predict", "1", "--timeout", "600").out()).contains("psnr");
    assertThat(refusal("think", path, "--prompt", "x")).contains("--prompt is for text");
    Path still = Files.createDirectory(folder.resolve("still"));
    fine("think", path, "--predict", "1", "--out", still.resolve("only.png").toString());
    assertThat(refusal("think", path, "--clip", still.toString()))
        .contains("1 frame; 5 or more expected");
  }

  @Test
  void componentsAreKeptWithTheRunAndItsCopies() throws IOException {
    Path copy = folder.resolve("copy");
    fine("export", run.toString(), "--out", copy.toString());
    assertThat(Safetensors.read(copy.resolve("model.safetensors")).tensors().keySet())
        .contains("encoder.mean", "encoder.directions", "encoder.scale", "down.weight");
    try (TrainedModel one = TrainedModel.open(run);
        TrainedModel two = TrainedModel.open(copy)) {
      assertThat(((NextFrameModality) two.modality()).fitted())
          .isEqualTo(((NextFrameModality) one.modality()).fitted());
    }
    String figures = fine("eval", run.toString(), "--steps", "1,2").outWithoutSeconds();
    assertThat(fine("eval", copy.toString(), "--steps", "1,2").outWithoutSeconds())
        .isEqualTo(figures);
    assertThat(figures).contains("psnr", "latentMse", "repeating the last frame gives psnr");
  }

  @Test
  void runGoesOnWhereItStopped() throws IOException {
    Path stopped = folder.resolve("stopped");
    fine(training(stopped, "training.steps=2", "training.decaySteps=4"));
    Path whole = folder.resolve("whole");
    fine(training(whole, "training.steps=4", "training.decaySteps=4"));
    fine("train", "--resume", stopped.toString(), "--set", "training.steps=4");
    String last = "checkpoints/step-00000004/model.safetensors";
    assertThat(stopped.resolve(last)).hasSameBinaryContentAs(whole.resolve(last));
  }

  /** The weights know the numbers of their own components, not of those that other data has. */
  @Test
  void weightsOfARunComeWithItsComponents() {
    Path more = folder.resolve("more");
    fine(
        "train",
        "--from",
        run.toString(),
        "--out",
        more.toString(),
        "--set",
        "data.seed=2",
        "--set",
        "training.steps=1");
    try (TrainedModel one = TrainedModel.open(run);
        TrainedModel two = TrainedModel.open(more)) {
      assertThat(((NextFrameModality) two.modality()).fitted())
          .isEqualTo(((NextFrameModality) one.modality()).fitted());
    }
    String gone = "--set=from=" + folder.resolve("gone");
    fine("train", "--resume", more.toString(), "--set=training.steps=2", gone);
    try (TrainedModel one = TrainedModel.open(run);
        TrainedModel two = TrainedModel.open(more)) {
      assertThat(((NextFrameModality) two.modality()).fitted())
          .isEqualTo(((NextFrameModality) one.modality()).fitted());
    }
    assertThat(refusal("train", "--from", run.toString(), "--set", "modality.encoder=pixels"))
        .startsWith("ebt: cannot start from the weights of " + run)
        .contains(
            "was trained with modality 'video' of 8x8 grey frames as 6 principal components; the"
                + " configuration makes 'video' of 8x8 grey frames as pixels");
    assertThat(refusal("eval", run.toString(), "--set", "modality.encoder.components=7"))
        .contains("the configuration makes 'video' of 8x8 grey frames as 7 principal components");
  }

  @Test
  void encodersAreChosenByName() {
    String[] unknown = training(folder.resolve("none"), "modality.encoder.name=pac");
    assertThat(refusal(unknown)).contains("unknown encoder 'pac': did you mean 'pca'?");
    String[] tooMany = training(folder.resolve("none"), "modality.encoder.components=65");
    assertThat(refusal(tooMany))
        .contains("modality.encoder.components is 65; 1 to 64, the values of a frame, expected");
    String[] before = training(folder.resolve("none"), "modality.components=6");
    assertThat(refusal(before))
        .contains("unknown key in modality: 'components'. Known: channels, curvature, encoder, ");
    String[] alike = training(folder.resolve("none"), "data.clips=1", "data.length=4");
    assertThat(refusal(alike))
        .contains("modality.encoder.components is 6, but 4 frames differ in 3 directions");
    assertThat(folder.resolve("none")).doesNotExist();
  }

  @Test
  void baselineGoesTheSameWay() {
    Path baseline = folder.resolve("baseline");
    fine(
        training(
            baseline, "model.name=transformer", "objective.name=likelihood", "training.steps=2"));
    assertThat(fine("eval", baseline.toString()).out()).contains("psnr");
    assertThat(fine("think", baseline.toString(), "--predict", "2").out()).contains("psnr");
  }
}
