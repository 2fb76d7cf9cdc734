package dev.ebt.bench;

import static dev.ebt.bench.Commands.fine;
import static dev.ebt.bench.Commands.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ebt.run.ModelFolder;
import dev.ebt.run.TrainedModel;
import dev.ebt.store.Safetensors;
import dev.ebt.store.StoredCheckpoint;
import dev.ebt.store.Weights;
import dev.ebt.vision.image.GifReader;
import dev.ebt.vision.video.NextFrameModality;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An autoencoder is learnt, and then frames are predicted in its numbers. */
class AutoencoderCommandTest {
  private static final List<String> FRAMES =
      List.of(
          "modality.size=8",
          "modality.channels=1",
          "data.clips=20",
          "data.validationClips=4",
          "data.length=8",
          "training.batch=4",
          "training.warmUp=1",
          "training.validationRows=4");

  @TempDir static Path folder;
  private static Path autoencoder;

  @BeforeAll
  static void learn() {
    autoencoder = folder.resolve("autoencoder");
    fine(autoencoder(autoencoder, "training.steps=60"));
  }

  private static String[] autoencoder(Path out, String... more) {
    List<String> sets = new ArrayList<>(FRAMES);
    sets.addAll(List.of("modality.latents=4", "model.width=4", "model.hidden=16"));
    sets.addAll(List.of(more));
    return line("autoencoder", out, sets);
  }

  private static String[] video(Path out, Path encoder, String... more) {
    List<String> sets = new ArrayList<>(FRAMES);
    sets.add("modality.encoder={name: autoencoder, path: '" + encoder + "'}");
    sets.addAll(List.of("modality.frames=4", "model.layers=1", "model.heads=1", "model.width=8"));
    sets.addAll(List.of("training.checkpointEvery=2", "training.decaySteps=4"));
    sets.addAll(List.of(more));
    return line("video", out, sets);
  }

  private static String[] line(String recipe, Path out, List<String> sets) {
    List<String> line = new ArrayList<>(List.of("train", "--recipe", recipe));
    line.addAll(List.of("--out", out.toString(), "--backend", "reference"));
    sets.forEach(set -> line.addAll(List.of("--set", set)));
    return line.toArray(String[]::new);
  }

  @Test
  void learnsToTellFramesAgain() throws IOException {
    Path untaught = folder.resolve("untaught");
    Commands done = fine(autoencoder(untaught, "training.steps=1", "training.learningRate=1e-9"));
    assertThat(done.err()).containsPattern("step +1  training .*  validation .*  psnr \\d");
    assertThat(done.err()).doesNotContain("advice");
    assertThat(done.out()).contains("  ./ebt think " + untaught + " --out strips\n");
    assertThat(error(autoencoder)).isLessThan(error(untaught) / 2);
    assertThat(fine("think", autoencoder.toString(), "--count", "1").out()).contains("; psnr ");
    Path strips = folder.resolve("strips");
    String drawn =
        fine("think", autoencoder.toString(), "--count", "2", "--out", strips.toString()).out();
    assertThat(drawn).contains("reconstructed, original; psnr in dB of all but the last");
    assertThat(ImageIO.read(strips.resolve("image-002.png").toFile()).getWidth())
        .isEqualTo(2 * 128 + 4);
  }

  private static double error(Path run) throws IOException {
    String figures = fine("eval", run.toString(), "--json").out();
    return new ObjectMapper().readTree(figures).at("/results/0/mse").asDouble();
  }

  /** What a run was made of may go away. */
  @Test
  void runKeepsItsEncoder() throws IOException {
    Path gone = folder.resolve("gone");
    ModelFolder.export(autoencoder, "latest", gone);
    Path run = folder.resolve("run");
    fine(video(run, gone, "training.steps=2"));
    for (String file : List.of("config.yaml", "progress.json", "model.safetensors")) {
      Files.delete(gone.resolve(file));
    }
    Files.delete(gone);
    assertThat(run.resolve("config.yaml")).content().contains("path: parts/encoder.safetensors");
    assertThat(run.resolve("parts/encoder.safetensors"))
        .hasSameBinaryContentAs(autoencoder.resolve("checkpoints/step-00000060/model.safetensors"));
    Path gif = folder.resolve("rollout.gif");
    fine("think", run.toString(), "--frames", "3", "--predict", "7", "--out", gif.toString());
    assertThat(GifReader.squares(gif, 1, 16)).hasSize(10);
    Path copy = folder.resolve("copy");
    fine("export", run.toString(), "--out", copy.toString());
    String figures = fine("eval", run.toString(), "--steps", "1,2").outWithoutSeconds();
    assertThat(figures).contains("predicted as 4 latents of an autoencoder");
    assertThat(fine("eval", copy.toString(), "--steps", "1,2").outWithoutSeconds())
        .isEqualTo(figures);
    fine("train", "--resume", run.toString(), "--set", "training.steps=4");
    Path tuned = folder.resolve("tuned");
    fine("train", "--from", run.toString(), "--out", tuned.toString(), "--set=training.steps=1");
    assertThat(tuned.resolve("parts/encoder.safetensors")).exists();

    Path whole = folder.resolve("whole");
    fine(video(whole, autoencoder, "training.steps=4"));
    String last = "checkpoints/step-00000004/model.safetensors";
    assertThat(run.resolve(last)).hasSameBinaryContentAs(whole.resolve(last));
  }

  @Test
  void encoderHasTheMovingAverageOfItsWeights() {
    Path averaged = folder.resolve("averaged");
    fine(autoencoder(averaged, "training.steps=6", "training.emaDecay=0.9"));
    Path export = folder.resolve("averaged-export");
    ModelFolder.export(averaged, "latest", export);
    Path run = folder.resolve("by-average");
    fine(video(run, averaged, "training.steps=1"));
    assertThat(Safetensors.read(run.resolve("parts/encoder.safetensors")).tensors())
        .isEqualTo(StoredCheckpoint.of(averaged, "latest").with(Weights.EMA).parameters())
        .isNotEqualTo(StoredCheckpoint.of(averaged, "latest").parameters())
        .isEqualTo(Safetensors.read(export.resolve("model.safetensors")).tensors());
    assertThat(fine("eval", run.toString(), "--steps=1").out()).contains("latents of an autoenc");
  }

  /** The door for weights that were made elsewhere. */
  @Test
  void fileOfWeightsIsAnEncoder() {
    Path file = autoencoder.resolve("checkpoints/step-00000060/model.safetensors");
    Path run = folder.resolve("from-file");
    fine(video(run, file, "training.steps=1"));
    try (TrainedModel model = TrainedModel.open(run)) {
      NextFrameModality modality = (NextFrameModality) model.modality();
      assertThat(modality.space().size()).isEqualTo(4);
      assertThat(modality.fitted()).containsOnlyKeys("encoder.mean", "encoder.scale");
    }
    String[] baseline =
        video(
            folder.resolve("baseline"),
            file,
            "training.steps=1",
            "model.name=transformer",
            "objective.name=likelihood");
    assertThat(fine(baseline).out()).contains("psnr");
  }

  @Test
  void mistakesAreTold() {
    Path none = folder.resolve("none");
    assertThat(refusal(video(none, folder.resolve("nowhere"))))
        .contains("modality.encoder.path: no file or folder " + folder.resolve("nowhere"))
        .contains("./ebt train --recipe autoencoder --out ");
    assertThat(refusal(line("video", none, List.of("modality.encoder=autoencoder"))))
        .contains("modality.encoder.path is missing");
    List<String> large =
        List.of("modality.encoder={name: autoencoder, path: '" + autoencoder + "'}");
    assertThat(refusal(line("video", none, large)))
        .contains("squares of which do not make up a frame; frames are 16x16 of 3 channels");
    Path other = folder.resolve("other");
    fine(video(other, autoencoder, "training.steps=1"));
    assertThat(refusal(video(none, other)))
        .contains(other + " is a run of model 'autoregressive'; one of model 'autoencoder'");
    assertThat(
            refusal(
                "train",
                "--from",
                other.toString(),
                "--set",
                "modality.encoder={name: pca, components: 4}"))
        .startsWith("ebt: cannot start from the weights of " + other)
        .contains("8x8 grey frames as 4 latents of an autoencoder (")
        .contains("the configuration makes 'video' of 8x8 grey frames as 4 principal components");
    assertThat(refusal(line("autoencoder", none, List.of("model.name=transformer"))))
        .contains("modality 'reconstruction' is for model 'autoencoder'");
    assertThat(
            refusal(
                line(
                    "autoencoder",
                    none,
                    List.of("model.name=autoregressive", "objective.name=s1"))))
        .contains("modality 'reconstruction' is for model 'autoencoder'");
    assertThat(refusal(line("video", none, List.of("model.name=autoencoder"))))
        .contains("model 'autoencoder' is for modality 'reconstruction'");
    assertThat(none).doesNotExist();
  }
}
