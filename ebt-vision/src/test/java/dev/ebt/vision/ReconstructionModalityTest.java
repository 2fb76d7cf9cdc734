package dev.ebt.vision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ebt.error.UserException;
import dev.ebt.modality.Batch;
import dev.ebt.modality.Examples;
import dev.ebt.nn.Parameters;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.NamedTensors;
import dev.ebt.tensor.Shape;
import dev.ebt.tensor.Tensor;
import dev.ebt.vision.image.Clip;
import dev.ebt.vision.image.ClipSource;
import dev.ebt.vision.video.BouncingDatasetSettings;
import dev.ebt.vision.video.VideoDataset;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReconstructionModalityTest {
  private final ReconstructionModality modality =
      new ReconstructionModality(new AutoencodingSettings(4, 1, 2, 3, null));

  /** Video clips of so many frames, each frame of one grey that no other has. */
  private static ClipSource clips(int... lengths) {
    List<Clip> clips = new ArrayList<>();
    byte grey = 0;
    for (int length : lengths) {
      List<ByteBuffer> frames = new ArrayList<>();
      for (int i = 0; i < length; i++, grey++) {
        byte[] frame = new byte[16];
        Arrays.fill(frame, grey);
        frames.add(ByteBuffer.wrap(frame));
      }
      clips.add(new Clip(frames, -1));
    }
    return ClipSource.of(clips, List.of());
  }

  private static double grey(Batch batch, int row) {
    return Math.round((batch.target().real(row * 16) + 1) * 127.5);
  }

  /** One frame is a clip, too. */
  @Test
  void everyFrameIsARowAndItsOwnTarget() {
    Examples rows = modality.training(clips(2, 1, 3));
    assertThat(rows.size()).isEqualTo(6);
    Batch batch = rows.batch(0, 1, 2, 5);
    assertThat(batch.context().get(ReconstructionModality.FRAME)).isEqualTo(batch.target());
    assertThat(batch.target().shape()).isEqualTo(Shape.of(4, 1, 4, 4));
    assertThat(List.of(grey(batch, 1), grey(batch, 2), grey(batch, 3)))
        .containsExactly(1.0, 2.0, 5.0);
  }

  @Test
  void everyFifthFrameJudges() {
    Examples rows = modality.validation(clips(11, 1, 5));
    assertThat(rows.size()).isEqualTo(5);
    Batch batch = rows.batch(0, 1, 2, 3, 4);
    assertThat(List.of(grey(batch, 2), grey(batch, 3), grey(batch, 4)))
        .containsExactly(10.0, 11.0, 12.0);
  }

  @Test
  void principalComponentsAreThereToCompareWith() {
    String description =
        VideoDataset.bouncing(new BouncingDatasetSettings(6, 4, 5, null, null), modality)
            .description();
    assertThat(description)
        .contains("4x4, grey, values -1 to 1; frames reconstructed from 3 latents each")
        .containsPattern(
            "the same number of principal components gives psnr \\d+\\.\\d\\d, mse \\d+\\.\\d");
    assertThat(modality.task(clips(1), clips(1)))
        .endsWith("too few frames to compare with principal components");
    assertThat(modality.task(clips(), clips(1))).endsWith("3 latents each");
  }

  @Test
  void describesHowNearAFrameIs() {
    Array frame = Array.filled(Shape.of(1, 4, 4), 0);
    Array again = Array.filled(Shape.of(1, 4, 4), 0.2);
    assertThat(modality.describe(Map.of(ReconstructionModality.FRAME, frame), again))
        .isEqualTo("4x4 image, values 0.20 to 0.20, mean 0.20; psnr 20.00");
  }

  @Test
  void modelsThatWouldCopyAreRefused() {
    NamedTensors context =
        NamedTensors.of(ReconstructionModality.FRAME, Tensor.zeros(Shape.of(1, 1, 4, 4)));
    assertThatThrownBy(() -> modality.embedContext(context, 16, new Parameters()))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("modality 'reconstruction' is for model 'autoencoder'");
    assertThat(
            modality.embedContext(context, ReconstructionModality.WIDTH, new Parameters()).shape())
        .isEqualTo(Shape.of(1, 1, 4, 4));
  }

  @Test
  void settingsWithoutMeaningAreRefused() {
    assertThatThrownBy(() -> new AutoencodingSettings(4, 1, 2, 17, null))
        .isInstanceOf(UserException.class)
        .hasMessage("modality.latents is 17; 1 to 16, the values of a frame, expected");
    assertThatThrownBy(() -> new AutoencodingSettings(4, 1, 3, null, null))
        .hasMessageContaining("modality.size 4 is not divisible by modality.patch 3");
  }
}
