package dev.ebt.bench.contract;

import dev.ebt.config.Overrides;
import dev.ebt.plugin.Catalog;
import dev.ebt.plugin.Components;
import dev.ebt.plugin.Configurations;
import dev.ebt.plugin.Plugins;
import dev.ebt.plugin.RunConfiguration;
import dev.ebt.run.RunParts;
import dev.ebt.store.Safetensors;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.Shape;
import dev.ebt.train.TrainingStepper;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.imageio.ImageIO;

/**
 * Small configurations that together name our modalities, datasets, models, objectives, metrics.
 */
final class OurRuns {
  static final Catalog CATALOG = Plugins.discover(List.of());

  private static final List<String> MODEL =
      List.of("backend.name=reference", "model.layers=1", "model.heads=2", "model.width=8");
  private static final List<String> TEXT =
      List.of("modality.length=8", "data.documents=20", "data.validationDocuments=10");
  private static final List<String> IMAGES =
      List.of("modality.size=8", "data.images=8", "data.validationImages=4", "metrics=[mae]");
  private static final List<String> CLIPS =
      List.of("modality.size=8", "data.clips=4", "data.validationClips=2", "metrics=[mae]");

  /** A recipe and what changes it. */
  private record Changed(String recipe, List<String> overrides) {}

  private static final Map<String, Changed> ALL = new LinkedHashMap<>();

  static {
    text("brackets", "metrics=[mae]");
    text("text", "metrics=[mse]");
    text("s1", "metrics=[psnr]");
    text("s2", "metrics=[smooth-l1]");
    text("unrolled", "metrics=[mae]");
    text("transformer", "metrics=[mae]");
    for (String recipe :
        List.of("denoise", "denoise-s2", "dit", "generate", "generate-dit", "generate-means")) {
      add(recipe, recipe, MODEL, IMAGES);
    }
    add(
        "generate-fast",
        "generate-fast",
        MODEL,
        List.of("modality.size=8", "data.path=FOLDER/pairs", "metrics=[mae]"));
    add(
        "ranking of given answers",
        "generate-fast",
        MODEL,
        List.of("modality.size=8", "data.path=FOLDER/pairs", "metrics=[mae]"),
        List.of("regularizers=[]", "objective={name: ranking, source: given, steps: 2}"));
    for (String recipe : List.of("video", "video-residual")) {
      add(recipe, recipe, MODEL, CLIPS, List.of("modality.encoder.components=4"));
    }
    List<String> autoencoder =
        List.of("backend.name=reference", "modality.latents=4", "model.width=4", "model.hidden=8");
    add("autoencoder", "autoencoder", autoencoder, CLIPS);
    changedText("s2-attached", "s1", "objective.name=s2-attached", "metrics=[mae]");
    List<String> length = List.of("modality.length=8", "metrics=[mae]");
    add("own text", "text", MODEL, length, List.of("data={name: text, path: FOLDER/text}"));
    add(
        "facts",
        "text",
        MODEL,
        List.of("modality.length=16", "metrics=[mae]", "data={name: facts, pairs: 20}"));
    add(
        "a task",
        "text",
        MODEL,
        length,
        List.of("data={name: task, format: lambada, path: FOLDER/lambada, validation: 0.5}"));
    List<String> bits =
        List.of(
            "backend.name=reference",
            "modality={name: bits, bits: 4}",
            "data={name: bits, pairs: 8, validationPairs: 4}",
            "metrics=[mae]");
    add(
        "bits",
        "brackets",
        bits,
        List.of(
            "model={name: joint, layers: 1, heads: 2, width: 8}",
            "thinking={landscapes: 1, stepSize: 1}"));
    add(
        "bits at once",
        "transformer",
        bits,
        List.of("model={name: joint-transformer, layers: 1, heads: 2, width: 8}"));
    String perceptron = "model={name: mlp, layers: 1, width: 8}";
    toy(
        "toy-mixture",
        perceptron,
        "objective={name: contrastive-divergence, chainSteps: 2, steps: 2}");
    for (String objective :
        List.of(
            "denoising-score-matching",
            "sliced-score-matching",
            "noise-contrastive",
            "info-nce",
            "ranking")) {
      toy("toy by " + objective, perceptron, "objective={name: " + objective + ", steps: 2}");
    }
    add(
        "toy by joint-energy",
        "toy-mixture",
        List.of(
            "backend.name=reference",
            "data.points=64",
            "data.validationPoints=32",
            "metrics=[mae]"),
        List.of("modality.classes=8", perceptron, "objective={name: joint-energy, steps: 2}"));
    toy("a known energy", "model={name: toy-energy, factor: 0.5}", "objective.steps=2");
    List<String> own = List.of("modality.size=8", "metrics=[mae]");
    add(
        "own images",
        "denoise",
        MODEL,
        own,
        List.of("data={name: image-denoising, path: FOLDER/images, validation: 0.5}"));
    add(
        "own images with classes",
        "generate",
        MODEL,
        own,
        List.of(
            "modality.classes=2",
            "data={name: image-generation, path: FOLDER/images, validation: 0.5}"));
    add(
        "own clips",
        "video",
        MODEL,
        own,
        List.of(
            "modality.encoder.components=4",
            "data={name: video, path: FOLDER/clips, validation: 0.5}"));
    add(
        "frames of own clips",
        "autoencoder",
        autoencoder,
        own,
        List.of("data={name: reconstruction, path: FOLDER/clips, validation: 0.5}"));
  }

  private OurRuns() {}

  private static void text(String recipe, String metrics) {
    add(recipe, recipe, MODEL, TEXT, List.of(metrics));
  }

  private static void toy(String name, String model, String objective) {
    List<String> small =
        List.of(
            "backend.name=reference",
            "data.points=64",
            "data.validationPoints=32",
            "metrics=[mae]");
    add(name, "toy-mixture", small, List.of(model, objective));
  }

  private static void changedText(String name, String recipe, String... more) {
    add(name, recipe, MODEL, TEXT, List.of(more));
  }

  @SafeVarargs
  private static void add(String name, String recipe, List<String>... overrides) {
    List<String> all = new ArrayList<>();
    for (List<String> each : overrides) {
      all.addAll(each);
    }
    ALL.put(name, new Changed(recipe, all));
  }

  static List<String> names() {
    return List.copyOf(ALL.keySet());
  }

  /** The configuration with a name and further overrides, whose data is below a folder. */
  static RunConfiguration configuration(String name, Path folder, String... more) {
    Changed changed = ALL.get(name);
    String[] overrides =
        Stream.concat(changed.overrides().stream(), Stream.of(more))
            .map(each -> each.replace("FOLDER", folder.toString()))
            .toArray(String[]::new);
    return Configurations.load(CATALOG, changed.recipe(), null, Overrides.of(overrides));
  }

  /** The command line that trains two steps. */
  static String[] training(String name, Path out) {
    Changed changed = ALL.get(name);
    List<String> line =
        new ArrayList<>(List.of("train", "--recipe", changed.recipe(), "--out", out.toString()));
    List<String> overrides = new ArrayList<>(changed.overrides());
    overrides.addAll(List.of("training.steps=2", "training.batch=2", "training.validationRows=2"));
    overrides.forEach(each -> line.addAll(List.of("--set", each)));
    return line.toArray(String[]::new);
  }

  /** The parts of a configuration, whose parameters have their first values. */
  static RunParts initialized(Components components) {
    RunParts parts = components.get(RunParts.class);
    parts.dataset();
    TrainingStepper.initialize(parts.backend(), parts.parameters(), 1);
    return parts;
  }

  /** Writes the data of all configurations. */
  static void write(Path folder) throws IOException {
    StringBuilder text = new StringBuilder();
    StringBuilder lambada = new StringBuilder();
    for (int i = 0; i < 60; i++) {
      text.append("line ").append(i).append(" of the text\n");
      lambada.append("{\"text\": \"he took hat ").append(i).append(" and left the house\"}\n");
    }
    Files.writeString(folder.resolve("text"), text);
    Files.writeString(folder.resolve("lambada"), lambada);
    for (int i = 0; i < 8; i++) {
      image(folder.resolve("images/" + (i % 2 == 0 ? "a" : "b") + "/" + i + ".png"), i);
    }
    pairs(folder.resolve("pairs"));
    for (int clip = 0; clip < 4; clip++) {
      for (int frame = 0; frame < 12; frame++) {
        image(folder.resolve("clips/" + clip + "/frame" + frame + ".png"), 12 * clip + frame);
      }
    }
  }

  private static void pairs(Path folder) throws IOException {
    Shape images = Shape.of(4, 1, 8, 8);
    float[] noise = new float[images.elements()];
    for (int i = 0; i < noise.length; i++) {
      noise[i] = (float) Math.sin(i);
    }
    Map<String, Array> pairs =
        Map.of(
            "noise", Array.of(images, noise),
            "image", Array.filled(images, 0.5),
            "label", Array.of(Shape.of(4), 0L, 1L, 2L, 3L),
            "inverted", Array.filled(Shape.of(4), 0));
    String data = "{\"name\": \"single-shapes\", \"images\": 8, \"validationImages\": 4}";
    Files.createDirectories(folder);
    new Safetensors(pairs, Map.of("data", data)).write(folder.resolve("pairs-00000.safetensors"));
  }

  private static void image(Path file, int seed) throws IOException {
    Files.createDirectories(file.getParent());
    BufferedImage image = new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB);
    for (int x = 0; x < 8; x++) {
      for (int y = 0; y < 8; y++) {
        image.setRGB(x, y, 0x010203 * ((seed * 7 + x * 9 + y * y) % 80));
      }
    }
    ImageIO.write(image, "png", file.toFile());
  }
}
