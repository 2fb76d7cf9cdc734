package dev.ebt.bench;

import static dev.ebt.bench.Commands.fine;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ebt.config.Overrides;
import dev.ebt.error.UserException;
import dev.ebt.inference.EbtModel;
import dev.ebt.inference.InferenceAdapter;
import dev.ebt.inference.Thinking;
import dev.ebt.inference.TypedThought;
import dev.ebt.plugin.Plugins;
import dev.ebt.run.TrainedModel;
import dev.ebt.tensor.Shape;
import dev.ebt.testing.InferenceAdapterContract;
import dev.ebt.vision.DenoisingInference;
import dev.ebt.vision.FillingInference;
import dev.ebt.vision.GenerationInference;
import dev.ebt.vision.ImageCondition;
import dev.ebt.vision.ImageWithHole;
import dev.ebt.vision.image.ImageConversion;
import dev.ebt.vision.image.ImageForm;
import dev.ebt.vision.video.ClipInference;
import dev.ebt.vision.video.ClipStart;
import dev.ebt.vision.video.PredictedFrames;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls of models of images and clips from a program. */
class PictureInferenceTest {
  private static final int SIDE = 8;

  @TempDir static Path folder;

  private static Path trained(String recipe, String... settings) {
    return trainedAs(recipe, recipe, settings);
  }

  private static Path trainedAs(String name, String recipe, String... settings) {
    Path run = folder.resolve(name);
    List<String> line = new ArrayList<>(List.of("train", "--backend=reference"));
    line.addAll(List.of("--recipe", recipe, "--out", run.toString()));
    List<String> all = new ArrayList<>(List.of(settings));
    all.addAll(
        List.of(
            "modality.size=" + SIDE,
            "model.layers=1",
            "model.heads=1",
            "model.width=8",
            "training.steps=1",
            "training.batch=2"));
    all.forEach(setting -> line.addAll(List.of("--set", setting)));
    fine(line.toArray(String[]::new));
    return run;
  }

  private static BufferedImage picture(int number) {
    BufferedImage image = new BufferedImage(12, 16, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.setColor(new Color(60 * number, 200, 255 - 50 * number));
    graphics.fillRect(number, 2, 6, 6 + number);
    graphics.dispose();
    return image;
  }

  private static List<Integer> pixels(BufferedImage image) {
    int width = image.getWidth();
    int[] pixels = image.getRGB(0, 0, width, image.getHeight(), null, 0, width);
    return Arrays.stream(pixels).boxed().toList();
  }

  /** The contract for one adapter and a run that is trained for it. */
  @TestInstance(TestInstance.Lifecycle.PER_CLASS)
  abstract static class Contract<I, O> extends InferenceAdapterContract<I, O> {
    private final InferenceAdapter<I, O> adapter;
    private TrainedModel model;

    Contract(InferenceAdapter<I, O> adapter) {
      this.adapter = adapter;
    }

    abstract Path train();

    @BeforeAll
    void open() {
      model = TrainedModel.open(Plugins.discover(List.of()), train(), "latest", Overrides.none());
    }

    @AfterAll
    void close() {
      model.close();
    }

    @Override
    protected InferenceAdapter<I, O> adapter() {
      return adapter;
    }

    @Override
    protected TrainedModel model() {
      return model;
    }
  }

  @Nested
  class Denoising extends Contract<BufferedImage, BufferedImage> {
    private Path run;

    Denoising() {
      super(new DenoisingInference());
    }

    @Override
    Path train() {
      run = trained("denoise", "data.images=8", "data.validationImages=4");
      return run;
    }

    @Override
    protected List<BufferedImage> inputs() {
      return List.of(picture(0), picture(1), picture(2));
    }

    @Override
    protected Object comparable(BufferedImage answer) {
      return pixels(answer);
    }

    @Test
    void anImageIsAnsweredWithAnImage() {
      try (EbtModel model = EbtModel.load(run)) {
        TypedThought<BufferedImage> thought =
            model.think(picture(1), BufferedImage.class, Thinking.steps(2));

        assertThat(thought.answer().getWidth()).isEqualTo(SIDE);
        assertThat(thought.text()).isEqualTo("8x8 image");
        assertThat(thought.energies().get(0)).hasSize(3);
        assertThat(model.energy(picture(1), BufferedImage.class, picture(1))).isFinite();
      }
    }
  }

  private static BufferedImage mask() {
    BufferedImage mask = new BufferedImage(12, 16, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = mask.createGraphics();
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, 12, 8);
    graphics.dispose();
    return mask;
  }

  @Nested
  class Filling extends Contract<ImageWithHole, BufferedImage> {
    private Path run;

    Filling() {
      super(new FillingInference());
    }

    @Override
    Path train() {
      run =
          trainedAs(
              "generate-filled",
              "generate",
              "data.images=8",
              "data.validationImages=4",
              "modality.classes=4");
      return run;
    }

    @Override
    protected List<ImageWithHole> inputs() {
      return IntStream.range(0, 3)
          .mapToObj(i -> new ImageWithHole(picture(i), mask(), ImageCondition.ofClass(i)))
          .toList();
    }

    @Override
    protected Object comparable(BufferedImage answer) {
      return pixels(answer);
    }

    @Test
    void whatIsOutsideOfTheHoleStays() {
      try (EbtModel model = EbtModel.load(run)) {
        BufferedImage filled =
            model
                .think(inputs().get(1), BufferedImage.class, Thinking.steps(3).candidates(2))
                .answer();

        BufferedImage given = ImageConversion.prepared(picture(1), Shape.of(1, SIDE, SIDE));
        int half = SIDE * SIDE / 2;
        assertThat(pixels(filled).subList(half, 2 * half))
            .isEqualTo(pixels(given).subList(half, 2 * half));
        assertThat(pixels(filled).subList(0, half)).isNotEqualTo(pixels(given).subList(0, half));
      }
    }

    @Test
    void unsuitableMasksAreRefused() {
      try (EbtModel model = EbtModel.load(run)) {
        BufferedImage black = new BufferedImage(12, 16, BufferedImage.TYPE_INT_RGB);
        ImageWithHole whole = new ImageWithHole(picture(0), black, ImageCondition.ofClass(0));
        assertThatThrownBy(() -> model.think(whole, BufferedImage.class, Thinking.defaults()))
            .isInstanceOf(UserException.class)
            .hasMessageStartingWith("the mask is all black");
      }
      BufferedImage other = new BufferedImage(2, 2, BufferedImage.TYPE_INT_RGB);
      assertThatThrownBy(() -> new ImageWithHole(picture(0), other))
          .isInstanceOf(UserException.class)
          .hasMessage("the mask is 2x2; the size of the image, 12x16, expected");
    }
  }

  /** An image in a program, and in a request: conversion by the caller changes nothing. */
  @Nested
  class Served {
    @Test
    void picturesAreBase64() throws Exception {
      Path run = trainedAs("denoise-served", "denoise", "data.images=8", "data.validationImages=4");
      try (TinyServer server = TinyServer.of(run)) {
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        ImageIO.write(picture(1), "png", png);
        String code = Base64.getEncoder().encodeToString(png.toByteArray());
        JsonNode answer =
            server.answer("/v1/think", "{\"input\": \"" + code + "\", \"steps\": 2, \"seed\": 1}");

        byte[] output = Base64.getDecoder().decode(answer.path("output").asText());
        assertThat(pixels(ImageIO.read(new ByteArrayInputStream(output))))
            .isEqualTo(
                pixels(
                    server
                        .model()
                        .think(picture(1), BufferedImage.class, Thinking.steps(2))
                        .answer()));
        assertThat(
                server.post("/v1/think", "{\"input\": \"" + code.substring(8) + "\"}").statusCode())
            .isEqualTo(422);
        assertThat(server.post("/v1/think", "{\"input\": \"?\"}").statusCode()).isEqualTo(422);
      }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void aPreparedImageHasTheSameValues(int channels) {
      Shape shape = Shape.of(channels, SIDE, SIDE);

      assertThat(ImageConversion.values(ImageConversion.prepared(picture(2), shape), shape))
          .isEqualTo(ImageConversion.values(picture(2), shape));
    }
  }

  /** Generation by a diffusion model, whose requests are rows with a seed each. */
  @Nested
  class Diffusion extends Contract<ImageCondition, BufferedImage> {
    Diffusion() {
      super(new GenerationInference());
    }

    @Override
    Path train() {
      return trainedAs(
          "generate-dit",
          "generate-dit",
          "data.images=8",
          "data.validationImages=4",
          "modality.classes=4",
          "objective.sampler=ancestral");
    }

    @Override
    protected List<ImageCondition> inputs() {
      return IntStream.range(0, 3).mapToObj(ImageCondition::ofClass).toList();
    }

    @Override
    protected Object comparable(BufferedImage answer) {
      return pixels(answer);
    }
  }

  @Nested
  class Generation extends Contract<ImageCondition, BufferedImage> {
    private Path run;

    Generation() {
      super(new GenerationInference());
    }

    @Override
    Path train() {
      run = trained("generate", "data.images=8", "data.validationImages=4", "modality.classes=4");
      return run;
    }

    @Override
    protected List<ImageCondition> inputs() {
      return IntStream.range(0, 3).mapToObj(ImageCondition::ofClass).toList();
    }

    @Override
    protected Object comparable(BufferedImage answer) {
      return pixels(answer);
    }

    @Test
    void otherConditionsAreRefused() {
      try (EbtModel model = EbtModel.load(run)) {
        for (ImageCondition condition :
            List.of(ImageCondition.ofClass(4), ImageCondition.ofVector(1), ImageCondition.none())) {
          assertThatThrownBy(() -> model.think(condition, BufferedImage.class, Thinking.defaults()))
              .isInstanceOf(UserException.class)
              .hasMessageContaining("the model ");
        }
      }
    }
  }

  @Nested
  class Clips extends Contract<ClipStart, PredictedFrames> {
    private Path run;

    Clips() {
      super(new ClipInference());
    }

    @Override
    Path train() {
      run =
          trained(
              "video",
              "modality.channels=1",
              "modality.frames=4",
              "modality.encoder.components=6",
              "data.clips=20",
              "data.validationClips=4",
              "data.length=8",
              "training.validationRows=2");
      return run;
    }

    @Override
    protected List<ClipStart> inputs() {
      return IntStream.range(0, 3)
          .mapToObj(i -> new ClipStart(List.of(picture(i), picture(3)), 4 + i))
          .toList();
    }

    @Override
    protected Object comparable(PredictedFrames answer) {
      return answer.frames().stream().map(PictureInferenceTest::pixels).toList();
    }

    @Test
    void serverContinuesThem() throws Exception {
      ClipStart start = inputs().get(0);
      String frames =
          start.frames().stream()
              .map(frame -> "\"" + ImageForm.encoded(frame) + "\"")
              .collect(Collectors.joining(","));
      String input = "{\"input\": {\"frames\": [" + frames + "], \"predict\": ";
      try (TinyServer server = TinyServer.of(run);
          EbtModel model = EbtModel.load(run)) {
        JsonNode answer = server.answer("/v1/think", input + "4}, \"seed\": 1}");
        PredictedFrames expected =
            model.think(start, PredictedFrames.class, Thinking.defaults().seed(1)).answer();
        assertThat(answer.path("predictions")).hasSize(4);
        assertThat(answer.path("output"))
            .extracting(JsonNode::asText)
            .isEqualTo(expected.frames().stream().map(ImageForm::encoded).toList());
        for (String unsuitable : List.of("0}}", "\"4\"}}", "4, \"step\": 1}}")) {
          assertThat(server.post("/v1/think", input + unsuitable).statusCode()).isEqualTo(422);
        }
        HttpResponse<String> tooMany = server.post("/v1/think", input + "9}}");
        assertThat(tooMany.statusCode()).isEqualTo(422);
        assertThat(tooMany.body()).contains("input asks for 9 predictions; at most 8 expected");
        assertThat(
                server
                    .post("/v1/think", "{\"input\": {\"frames\": [\"?\"], \"predict\": 1}}")
                    .body())
            .contains("frames[0] is not valid Base64");
      }
    }
  }
}
