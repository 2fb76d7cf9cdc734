package dev.ebt.vision.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ebt.backend.reference.ReferenceBackend;
import dev.ebt.energy.EnergyModel;
import dev.ebt.modality.Examples;
import dev.ebt.modality.LatentEncoder;
import dev.ebt.modality.Modality;
import dev.ebt.model.AutoregressiveEnergy;
import dev.ebt.model.TransformerSettings;
import dev.ebt.nn.Parameters;
import dev.ebt.step.ThinkingMethod;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.Functions;
import dev.ebt.tensor.Gradients;
import dev.ebt.tensor.NamedTensors;
import dev.ebt.tensor.Program;
import dev.ebt.tensor.Shape;
import dev.ebt.tensor.Tensor;
import dev.ebt.testing.EnergyModelContract;
import dev.ebt.think.CompiledThinking;
import dev.ebt.think.Thinker;
import dev.ebt.vision.encoder.PixelSpace;
import dev.ebt.vision.encoder.PrincipalComponentSettings;
import dev.ebt.vision.encoder.PrincipalComponents;
import dev.ebt.vision.video.VideoSettings.Initial;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Next-frame prediction with the autoregressive EBT: what every energy model has to keep. */
class NextFrameModalityTest extends EnergyModelContract {
  private final NextFrameModality modality =
      of(frame -> new PrincipalComponents(new PrincipalComponentSettings(3), frame), Initial.NOISE);
  private final VideoDataset dataset = data(modality);

  private static NextFrameModality of(LatentEncoder encoder, Initial initial) {
    return new NextFrameModality(new VideoSettings(4, 1, 4, null, initial, null), encoder);
  }

  private static VideoDataset data(NextFrameModality modality) {
    return VideoDataset.bouncing(new BouncingDatasetSettings(6, 4, 5, null, null), modality);
  }

  @Override
  protected Modality modality() {
    return modality;
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
  void allPositionsInAnotherOrderStartFromTheirOwnLastFrames() {
    NextFrameModality last = of(PixelSpace::new, Initial.LAST);
    Map<String, Array> context = data(last).validation().batch(0).context();
    Array all = initial(last, context).reshape(Shape.of(3, 16));
    Array reversed = initial(last, context, 2, 1, 0).reshape(Shape.of(3, 16));
    assertThat(reversed).isNotEqualTo(all).isEqualTo(all.rows(2, 1, 0));
  }

  private Array initial(NextFrameModality last, Map<String, Array> context, long... positions) {
    int count = positions.length;
    ThinkingMethod thinking = new ThinkingMethod(1, 0.25, false, null, null, null);
    try (ReferenceBackend backend = new ReferenceBackend();
        Thinker thinker =
            CompiledThinking.of(backend, last, model(), thinking, List.of(), 1, count).session()) {
      thinker.observe(context);
      if (count == 0) {
        thinker.begin(1);
      } else {
        thinker.focus(Array.of(Shape.of(1, count), positions));
        thinker.beginEach(Array.of(Shape.of(1, count), new long[count]));
      }
      return thinker.candidate();
    }
  }

  @Test
  void lossIsSmoothOverTheNumbersOfAFrame() {
    NextFrameModality pixels = of(PixelSpace::new, Initial.ZEROS);
    double[] values = new double[48];
    values[16] = 0.5;
    values[17] = -2;
    Tensor candidate = Tensor.constant(Array.of(Shape.of(1, 3, 16), values));
    Tensor target = Tensor.zeros(Shape.of(1, 3, 16));
    assertThat(run(pixels.loss(candidate, target)))
        .containsExactly(new double[] {0, (0.125 + 1.5) / 16, 0}, within(1e-12));
  }

  @Test
  void figuresAreOfPixelsWithinTheirRange() {
    NextFrameModality pixels = of(PixelSpace::new, Initial.ZEROS);
    Tensor candidate = Tensor.filled(Shape.of(1, 3, 16), 3);
    Tensor target = Tensor.filled(Shape.of(1, 3, 16), 0.8);
    Map<String, Tensor> measures = pixels.metrics(candidate, target);
    assertThat(run(measures.get("mse"))[1]).isCloseTo(25.5 * 25.5, within(1e-9));
    assertThat(run(measures.get("psnr"))[2]).isCloseTo(20, within(1e-9));
    assertThat(run(measures.get("latentMse"))[0]).isCloseTo(2.2 * 2.2, within(1e-9));
  }

  /** What components leave out counts as an error: the truth is the frame, not its encoding. */
  @Test
  void figuresAreAgainstTheTrueFrame() {
    Tensor target = Tensor.constant(dataset.validation().batch(0).target());
    Map<String, Tensor> measures = modality.metrics(modality.targetCandidate(target), target);
    assertThat(run(measures.get("latentMse"))[0]).isCloseTo(0, within(1e-12));
    assertThat(run(measures.get("mse"))[0]).isGreaterThan(1);
  }

  @Test
  void thinkingBeginsWhereItIsToldTo() {
    Shape shape = Shape.of(2, 3, 16);
    Tensor frames = Tensor.filled(shape, 0.25);
    NamedTensors context = NamedTensors.of(NextFrameModality.FRAMES, frames);
    Tensor key = Tensor.constant(Array.of(Shape.of(2), 1L, 2L));
    assertThat(run(of(PixelSpace::new, Initial.LAST).initialCandidate(context, key, shape)))
        .containsOnly(0.25);
    assertThat(run(of(PixelSpace::new, Initial.ZEROS).initialCandidate(context, key, shape)))
        .containsOnly(0);
    assertThat(run(of(PixelSpace::new, Initial.NOISE).initialCandidate(context, key, shape)))
        .doesNotHaveDuplicates();
  }

  @Test
  void startsDifferOnlyWhereTheyAreDrawn() {
    assertThat(of(PixelSpace::new, Initial.NOISE).startsDiffer()).isTrue();
    assertThat(of(PixelSpace::new, Initial.LAST).startsDiffer()).isFalse();
    assertThat(of(PixelSpace::new, Initial.ZEROS).startsDiffer()).isFalse();
    VideoSettings still = new VideoSettings(4, 1, 4, null, Initial.NOISE, 0.0);
    assertThat(new NextFrameModality(still, PixelSpace::new).startsDiffer()).isFalse();
  }

  /** So that a step of α on a learnt part that is linear in y goes the part ακ to the minimum. */
  @Test
  void knownEnergyIsAParabolaAroundZero() {
    VideoSettings settings = new VideoSettings(4, 1, 4, null, Initial.ZEROS, null, 0.5);
    Tensor candidate = Functions.stopGradient(Tensor.filled(Shape.of(1, 3, 16), 2));
    Tensor energy =
        new NextFrameModality(settings, PixelSpace::new).analyticEnergy(candidate).orElseThrow();
    assertThat(run(energy)).containsExactly(16, 16, 16);
    assertThat(run(Gradients.of(energy.sum(0, 1), candidate))).containsOnly(1);
    assertThat(of(PixelSpace::new, Initial.ZEROS).analyticEnergy(candidate)).isEmpty();
  }

  @Test
  void baselineDecodesToACandidate() {
    Tensor decoded = modality.decode(Tensor.zeros(Shape.of(2, 3, 8)), new Parameters());
    assertThat(decoded.shape()).isEqualTo(Shape.of(2, 3, 3));
  }

  private static double[] run(Tensor tensor) {
    try (ReferenceBackend backend = new ReferenceBackend()) {
      return backend
          .compile(Program.named("test").output("result", tensor).build())
          .run(Map.of())
          .get("result")
          .doubles();
    }
  }
}
