package dev.ebt.vision.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.ebt.energy.EnergyModel;
import dev.ebt.error.UserException;
import dev.ebt.modality.Batch;
import dev.ebt.modality.Examples;
import dev.ebt.modality.Modality;
import dev.ebt.model.AutoregressiveEnergy;
import dev.ebt.model.TransformerSettings;
import dev.ebt.plugin.PartSettings;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.Shape;
import dev.ebt.tensor.Tensor;
import dev.ebt.testing.EnergyModelContract;
import dev.ebt.vision.encoder.HostEvaluator;
import dev.ebt.vision.encoder.PixelSpace;
import dev.ebt.vision.encoder.PrincipalComponentSettings;
import dev.ebt.vision.encoder.PrincipalComponents;
import dev.ebt.vision.image.ClipSource;
import dev.ebt.vision.video.VideoSettings.Initial;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Frames predicted as changes from the last one. */
class FrameChangesTest extends EnergyModelContract {
  private static final Shape ONE = Shape.of(1, 3, 3);

  private final NextFrameModality pixels =
      new NextFrameModality(settings(Initial.ZEROS), PixelSpace::new);
  private final VideoDataset dataset =
      VideoDataset.bouncing(new BouncingDatasetSettings(6, 4, 5, null, null), pixels);

  private static VideoSettings settings(Initial initial) {
    return new VideoSettings(4, 1, 4, null, initial, null, 1.0, true);
  }

  @Override
  protected Modality modality() {
    return pixels;
  }

  @Override
  protected EnergyModel model() {
    return new AutoregressiveEnergy(TransformerSettings.of(1, 2, 8), 1);
  }

  @Override
  protected Examples examples() {
    return dataset.validation();
  }

  @Test
  void targetHoldsTheNextFrameAndTheLast() {
    Batch batch = dataset.validation().batch(0, 1);
    assertThat(batch.target().shape()).isEqualTo(Shape.of(2, 3, 32));
    Tensor target = Tensor.constant(batch.target());
    Array frames = batch.context().get(NextFrameModality.FRAMES);
    assertThat(HostEvaluator.value(target.slice(2, 16, 16)).floats()).isEqualTo(frames.floats());
    float[] again =
        HostEvaluator.value(pixels.pixels(pixels.targetCandidate(target), constant(frames)))
            .floats();
    float[] next = HostEvaluator.value(target.slice(2, 0, 16)).floats();
    for (int i = 0; i < next.length; i++) {
      assertThat(again[i]).isCloseTo(next[i], within(1e-5f));
    }
    Map<String, Tensor> measures = pixels.metrics(pixels.targetCandidate(target), target);
    assertThat(HostEvaluator.value(measures.get("psnr").mean()).item()).isGreaterThan(90);
  }

  @Test
  void zerosAreTheLastFrameAndAShareOfTheLastChange() {
    FrameChanges changes = changes(0.25);
    double[] values = {0, 0, 0, 0.4, -0.4, 0, 0.6, -0.8, 0.2};
    double[] start =
        HostEvaluator.value(changes.decode(Tensor.zeros(ONE), constant(Array.of(ONE, values))))
            .doubles();
    double[] expected = {0, 0, 0, 0.5, -0.5, 0, 0.65, -0.9, 0.25};
    for (int i = 0; i < expected.length; i++) {
      assertThat(start[i]).isCloseTo(expected[i], within(1e-6));
    }
  }

  /** Two values, each change of which is half of the one before. */
  @Test
  void shareIsFittedToTheData() {
    float[] values = new float[2 * 7];
    float at = 0;
    for (int t = 0; t < 7; t++, at += (float) Math.pow(0.5, t)) {
      values[2 * t] = at;
      values[2 * t + 1] = -at;
    }
    Array frames = Array.of(Shape.of(1, 7, 2), values);
    Batch batch =
        new Batch(
            Map.of(NextFrameModality.FRAMES, frames), frames, Array.filled(Shape.of(1, 7), 1));
    FrameChanges changes = new FrameChanges(new PixelSpace(2));
    changes.fit(ClipSource.of(List.of(), List.of()), new One(batch));
    assertThat(changes.fitted().get("residual.share").item()).isCloseTo(0.5, within(1e-6));
    assertThat(changes.ready()).isTrue();
  }

  private record One(Batch batch) implements Examples {
    @Override
    public int size() {
      return 1;
    }

    @Override
    public Batch batch(int... rows) {
      return batch;
    }
  }

  @Test
  void repeatedFramesAreJudgedAsAModelWouldBe() {
    Batch batch = dataset.validation().batch(0);
    float[] last = batch.context().get(NextFrameModality.FRAMES).floats();
    float[] target = batch.target().floats();
    double psnr = 0;
    for (int t = 0; t < 3; t++) {
      psnr += FrameMetrics.psnr(FrameMetrics.mse(last, 16 * t, target, 32 * t, 16)) / 3;
    }
    assertThat(pixels.naiveBaseline(dataset.validation(), 1).orElseThrow().value())
        .isCloseTo(psnr, within(1e-9));
  }

  private static FrameChanges changes(double share) {
    FrameChanges changes = new FrameChanges(new PixelSpace(3));
    Shape one = Shape.of(1);
    changes.restore(
        Map.of("residual.scale", Array.of(one, 0.1), "residual.share", Array.of(one, share)));
    return changes;
  }

  /** Once there was a change, whose scale is then the unit: what is far and near looks alike. */
  @Test
  void clipThatMovesLittleLooksLikeOneThatMovesMuch() {
    FrameChanges changes = changes(0.25);
    double[] much = {0, 0, 0, 0.4, -0.4, 0, 0.6, -0.8, 0.2};
    double[] little = new double[much.length];
    for (int i = 0; i < much.length; i++) {
      little[i] = 0.7 + much[i] / 8;
    }
    double[] one = HostEvaluator.value(changes.observe(constant(Array.of(ONE, much)))).doubles();
    double[] other =
        HostEvaluator.value(changes.observe(constant(Array.of(ONE, little)))).doubles();
    assertThat(one).startsWith(0, 0, 0);
    for (int i = 3; i < one.length; i++) {
      assertThat(other[i]).isCloseTo(one[i], within(0.05 * Math.abs(one[i]) + 1e-9));
    }
  }

  /** What comes later is not known yet. */
  @Test
  void scaleIsOfThePastOnly() {
    FrameChanges changes = changes(0.25);
    Tensor ones = Tensor.filled(ONE, 1);
    double[] still = {0, 0, 0, 0.1, 0.2, 0.3, 0.1, 0.2, 0.3};
    double[] moving = {0, 0, 0, 0.1, 0.2, 0.3, 0.9, -0.9, 0.9};
    double[] one =
        HostEvaluator.value(changes.decode(ones, constant(Array.of(ONE, still)))).doubles();
    double[] other =
        HostEvaluator.value(changes.decode(ones, constant(Array.of(ONE, moving)))).doubles();
    for (int i = 0; i < 6; i++) {
      assertThat(other[i]).isEqualTo(one[i]);
    }
    assertThat(other[6]).isNotEqualTo(one[6]);
  }

  @Test
  void componentsAreThoseOfChangesAndComeBack() {
    NextFrameModality fitted =
        new NextFrameModality(
            settings(Initial.ZEROS),
            frame -> new PrincipalComponents(new PrincipalComponentSettings(3), frame));
    VideoDataset data =
        VideoDataset.bouncing(new BouncingDatasetSettings(6, 4, 5, null, null), fitted);
    assertThat(data.description())
        .contains("predicted as changes from the last frame as 3 principal components, with ")
        .containsPattern(
            "; reconstruction of validation frames by the encoder: psnr \\d+\\.\\d\\d; ");
    assertThat(fitted.fitted().keySet()).isEqualTo(fitted.fittedShapes().keySet());
    assertThat(fitted.fittedShapes())
        .containsKeys("residual.scale", "residual.share", "encoder.directions");
    NextFrameModality other =
        new NextFrameModality(
            settings(Initial.ZEROS),
            frame -> new PrincipalComponents(new PrincipalComponentSettings(3), frame));
    other.restore(fitted.fitted());
    assertThat(other.fitted()).isEqualTo(fitted.fitted());
    assertThat(fitted.fingerprint()).contains("changes as 3 principal components");
  }

  @Test
  void whatMakesNoSenseWithChangesIsRefused() {
    assertThatThrownBy(() -> settings(Initial.LAST))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("modality.initial is last, but modality.residual is true");
    assertThatThrownBy(
            () ->
                new VideoSettings(
                    4, 1, 4, PartSettings.of("autoencoder"), Initial.ZEROS, null, 1.0, true))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("modality.encoder is an autoencoder");
  }

  private static Tensor constant(Array array) {
    return Tensor.constant(array);
  }
}
