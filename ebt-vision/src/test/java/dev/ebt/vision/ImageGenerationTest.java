package dev.ebt.vision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.ebt.backend.reference.ReferenceBackend;
import dev.ebt.energy.EnergyFunction;
import dev.ebt.energy.EnergyTerms;
import dev.ebt.error.UserException;
import dev.ebt.modality.Batch;
import dev.ebt.modality.Dataset;
import dev.ebt.modality.FeatureSpec;
import dev.ebt.model.BidirectionalEnergy;
import dev.ebt.model.BidirectionalSettings;
import dev.ebt.nn.ParameterSpec;
import dev.ebt.nn.Parameters;
import dev.ebt.plugin.ProgressListener;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.NamedTensors;
import dev.ebt.tensor.Program;
import dev.ebt.tensor.Shape;
import dev.ebt.tensor.Tensor;
import dev.ebt.vision.image.ImageStore;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageGenerationTest {
  @TempDir private Path folder;

  private static ImageGeneration of(int classes) {
    return new ImageGeneration(new GenerationSettings(8, 1, 4, classes, null, null));
  }

  private static Tensor classes(long... classes) {
    return Tensor.constant(Array.of(Shape.of(classes.length), classes));
  }

  @Test
  void everyKindHasAVectorOfItsOwn() {
    NamedTensors asked = NamedTensors.of(ImageGeneration.LABEL, classes(3, 0, 3));
    Parameters parameters = new Parameters();
    Tensor context = of(4).embedContext(asked, 2, parameters);
    Tensor condition = of(4).condition(asked, 2, parameters);
    assertThat(parameters.specs())
        .extracting(ParameterSpec::name)
        .containsExactly("label_embedding.weight", "y_embedder.embedding_table.weight");
    try (ReferenceBackend backend = new ReferenceBackend()) {
      for (ParameterSpec spec : parameters.specs()) {
        double[] table = IntStream.range(0, 8).asDoubleStream().toArray();
        backend.assign(spec.variable(), Array.of(Shape.of(4, 2), table));
      }
      Program program =
          Program.named("test").output("context", context).output("condition", condition).build();
      Map<String, Array> found = backend.compile(program).run(Map.of());
      for (Array each : found.values()) {
        assertThat(each.shape()).isEqualTo(Shape.of(3, 2));
        assertThat(each.doubles()).containsExactly(6, 7, 0, 1, 6, 7);
      }
    }
  }

  @Test
  void withoutKindsThereIsNothingToAskFor() {
    Parameters parameters = new Parameters();
    assertThat(of(0).context()).isEmpty();
    assertThat(of(0).condition(NamedTensors.empty(), 2, parameters)).isNull();
    assertThat(of(0).embedContext(NamedTensors.empty(), 2, parameters).shape())
        .isEqualTo(Shape.of(1, 2));
    assertThat(of(0).times(Map.of(), 2)).containsExactly(999, 999);
  }

  @Test
  void beginsAsNoiseOfTheKey() {
    Shape shape = Shape.of(1, 1, 8, 8);
    double[] one = start(shape, 1);
    assertThat(start(shape, 1)).isEqualTo(one);
    assertThat(start(shape, 2)).isNotEqualTo(one);
    assertThat(of(4).startsDiffer()).isTrue();
  }

  private static double[] start(Shape shape, long seed) {
    Tensor key = Tensor.constant(Array.of(Shape.of(2), seed, 0L));
    Tensor start = of(4).initialCandidate(NamedTensors.empty(), key, shape);
    try (ReferenceBackend backend = new ReferenceBackend()) {
      Program program = Program.named("test").output("start", start).build();
      return backend.compile(program).run(Map.of()).get("start").doubles();
    }
  }

  @Test
  void rowsAreWhatTheModalityWants() {
    for (int classes : new int[] {0, 4}) {
      Dataset dataset = shapes(classes);
      Batch batch = dataset.training().batch(3, 5);
      assertThat(batch.context()).hasSize(classes == 0 ? 0 : 1);
      for (FeatureSpec feature : of(classes).context()) {
        assertThat(batch.context().get(feature.name()).shape()).isEqualTo(feature.shape(2));
      }
      assertThat(batch.target().shape()).isEqualTo(Shape.of(2, 1, 8, 8));
      assertThat(batch.target()).isNotEqualTo(dataset.validation().batch(3, 5).target());
    }
    assertThat(shapes(4).description())
        .isEqualTo(
            "built-in images of one shape each: 30 for training, 9 for validation, of 4 classes;"
                + " 8x8, grey, values -1 to 1, class-conditional");
  }

  @Test
  void kindsHaveToBeThoseOfTheData() throws IOException {
    assertThatThrownBy(() -> shapes(3))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "modality.classes is 3, but dataset 'single-shapes' has 4 classes: disc, ring, rectangle,"
                + " triangle");
    for (int i = 0; i < 4; i++) {
      BufferedImage image = new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB);
      image.setRGB(i, 0, 0xFFFFFF);
      ImageIO.write(image, "png", folder.resolve(i + ".png").toFile());
    }
    ImageDatasetSettings own = new ImageDatasetSettings(folder.toString(), 0.5, null, null);
    assertThatThrownBy(() -> own(own, 4))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("modality.classes is 4, but the images of")
        .hasMessageContaining("have no labels; set it to 0, or use data with labels");
    assertThat(own(own, 0).training().batch(0).context()).isEmpty();
  }

  @Test
  void settingsWithoutMeaningAreRefused() {
    assertThatThrownBy(() -> of(-1))
        .isInstanceOf(UserException.class)
        .hasMessage("modality.classes is -1; 0 (none) or more expected");
    assertThatThrownBy(() -> new GenerationSettings(10, 1, 4, 0, null, null))
        .hasMessageContaining("modality.size 10 is not divisible by modality.patch 4");
  }

  @Test
  void guidanceIsTheWeightedSumOfTheEnergiesWithAndWithoutTheClass() {
    ImageGeneration modality =
        new ImageGeneration(new GenerationSettings(8, 1, 4, 3, null, null, 0.1));
    Parameters parameters = new Parameters();
    Tensor image = Tensor.constant(wave(Shape.of(2, 1, 8, 8)));
    Tensor with = energy(modality, classes(2, 0), image, 1, parameters);
    Tensor without = energy(modality, classes(3, 3), image, 1, parameters);
    Tensor guided = energy(modality, classes(2, 0), image, 2.5, parameters);
    Map<String, Array> found =
        run(
            parameters,
            Program.named("test")
                .output("with", with)
                .output("without", without)
                .output("guided", guided)
                .build());
    for (int row = 0; row < 2; row++) {
      assertThat(found.get("with").real(row)).isNotEqualTo(found.get("without").real(row));
      assertThat(found.get("guided").real(row))
          .isCloseTo(
              -1.5 * found.get("without").real(row) + 2.5 * found.get("with").real(row),
              within(1e-12));
    }
  }

  private static Tensor energy(
      ImageGeneration modality, Tensor classes, Tensor image, double weight, Parameters all) {
    BidirectionalEnergy model =
        new BidirectionalEnergy(new BidirectionalSettings(null, 1, 1, 4, 1.0));
    EnergyFunction energy =
        new EnergyFunction(modality, model, all, new EnergyTerms(1, List.of(), weight));
    Tensor landscape = Tensor.constant(0);
    NamedTensors context = NamedTensors.of(ImageGeneration.LABEL, classes);
    return energy.energy(energy.observe(context, landscape), image, landscape);
  }

  private static Array wave(Shape shape) {
    return Array.of(
        shape,
        IntStream.range(0, shape.elements()).mapToDouble(i -> Math.sin(1.7 * i + 1)).toArray());
  }

  private static Map<String, Array> run(Parameters parameters, Program program) {
    try (ReferenceBackend backend = new ReferenceBackend()) {
      for (ParameterSpec spec : parameters.specs()) {
        backend.assign(spec.variable(), wave(spec.shape()));
      }
      return backend.compile(program).run(Map.of());
    }
  }

  @Test
  void aShareOfRowsIsTrainedWithoutItsClass() {
    int rows = 4000;
    ImageGeneration modality =
        new ImageGeneration(new GenerationSettings(8, 1, 4, 3, null, null, 0.25));
    NamedTensors context =
        NamedTensors.of(ImageGeneration.LABEL, classes(new long[rows])); // All of class 0.
    long[] one = trained(modality, context, 1);
    assertThat(trained(modality, context, 1)).isEqualTo(one);
    assertThat(trained(modality, context, 2)).isNotEqualTo(one);
    assertThat(one).containsOnly(0, 3);
    assertThat(Arrays.stream(one).filter(label -> label == 3).count())
        .isBetween(rows / 4 - 150L, rows / 4 + 150L);
    assertThat(of(3).trainingContext(context, Tensor.constant(0))).isSameAs(context);
  }

  private static long[] trained(ImageGeneration modality, NamedTensors context, long step) {
    Tensor key = Tensor.constant(Array.of(Shape.of(2), 1L, step));
    Tensor labels = modality.trainingContext(context, key).get(ImageGeneration.LABEL);
    return run(new Parameters(), Program.named("test").output("labels", labels).build())
        .get("labels")
        .longs();
  }

  @Test
  void aVectorThatIsLeftOutIsZero() {
    ImageGeneration modality =
        new ImageGeneration(new GenerationSettings(8, 1, 4, 0, 3, null, 0.25));
    NamedTensors context =
        NamedTensors.of(ImageGeneration.VECTOR, Tensor.constant(Array.filled(Shape.of(2, 3), 7)));
    Tensor none = modality.withoutCondition(context).orElseThrow().get(ImageGeneration.VECTOR);
    assertThat(
            run(new Parameters(), Program.named("test").output("none", none).build())
                .get("none")
                .doubles())
        .containsOnly(0)
        .hasSize(6);
  }

  private static ImageDataset shapes(int classes) {
    return Datasets.single(new ProceduralImageSettings(30, 9, 1L), of(classes), 1);
  }

  private static ImageDataset own(ImageDatasetSettings data, int classes) {
    ImageGeneration modality = of(classes);
    ImageSpec space = modality.space();
    ImageStore squares = new ImageStore(space.channels(), space.size());
    return Datasets.own(data, modality, 1, squares, ProgressListener.NOBODY);
  }
}
