package dev.ebt.bench.published;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ebt.bench.published.PublishedOptions.Kind;
import dev.ebt.config.Overrides;
import dev.ebt.error.UserException;
import dev.ebt.modality.TokenModality;
import dev.ebt.nn.ParameterSpec;
import dev.ebt.nn.SineCosinePositions;
import dev.ebt.plugin.Catalog;
import dev.ebt.plugin.Components;
import dev.ebt.plugin.Configurations;
import dev.ebt.plugin.RunConfiguration;
import dev.ebt.run.EbtVersion;
import dev.ebt.run.RunParts;
import dev.ebt.store.CheckpointMetadata;
import dev.ebt.store.DurableFiles;
import dev.ebt.store.Safetensors;
import dev.ebt.store.Sha256;
import dev.ebt.store.StoredCheckpoint;
import dev.ebt.store.WrapperPrefixes;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An import of weights and options of the published code. */
public final class FromPublished {
  /** A tensor that the published code stores as a parameter even if it is not trained. */
  static final String NOISE = "langevin_dynamics_noise_std";

  /** Fixed position embeddings of patches, stored among the published parameters. */
  static final String POSITIONS = "transformer.pos_embed";

  private static final String TOKENS = "embeddings.weight";
  private static final String PREFIX = "param.";
  private static final double ROUNDING = 1e-5;

  private final RunConfiguration configuration;
  private final Map<String, Array> parameters;
  private final Path weights;

  private FromPublished(
      Path weights, RunConfiguration configuration, Map<String, Array> parameters) {
    this.weights = weights;
    this.configuration = configuration;
    this.parameters = parameters;
  }

  /**
   * Reads a model.
   *
   * @param weights a safetensors file; if names begin with {@code param.}, only those are read, and
   *     the prefixes of PyTorch wrappers are removed
   * @param overrides values that override those of the options
   * @throws UserException naming the file and the invalid option or tensor
   */
  public static FromPublished read(
      Catalog catalog, Path weights, PublishedOptions options, Overrides overrides) {
    ObjectNode tree = new PublishedConfiguration(options).tree();
    String source = "what " + options.source() + " describes";
    RunConfiguration configuration =
        Configurations.parse(catalog, source, tree.toString(), overrides);
    Overrides cheap =
        overrides
            .where(each -> !each.within("backend"))
            .and(Overrides.of("backend.name=reference"));
    Map<String, Array> found = tensors(weights);
    try (Components components =
        Components.of(catalog, Configurations.parse(catalog, source, tree.toString(), cheap))) {
      RunParts parts = components.get(RunParts.class);
      checkVocabulary(weights, found, parts, options);
      Map<String, Shape> expected = new LinkedHashMap<>();
      for (ParameterSpec spec : parts.parameters()) {
        expected.put(spec.name(), spec.shape());
      }
      if (!expected.containsKey(NOISE)) {
        found.remove(NOISE);
      }
      if (options.kind() == Kind.IMAGES) {
        checkPositions(weights, found.remove(POSITIONS), options);
      }
      return new FromPublished(
          weights, configuration, StoredCheckpoint.matching(weights, found, expected));
    }
  }

  private static Map<String, Array> tensors(Path weights) {
    Map<String, Array> all = Safetensors.read(weights).tensors();
    if (all.keySet().stream().noneMatch(name -> name.startsWith(PREFIX))) {
      return WrapperPrefixes.removed(weights, all);
    }
    Map<String, Array> parameters = new LinkedHashMap<>();
    all.forEach(
        (name, array) -> {
          if (name.startsWith(PREFIX)) {
            parameters.put(name.substring(PREFIX.length()), array);
          }
        });
    return WrapperPrefixes.removed(weights, parameters);
  }

  private static void checkVocabulary(
      Path weights, Map<String, Array> found, RunParts parts, PublishedOptions options) {
    Array table = found.get(TOKENS);
    if (table == null || !(parts.modality() instanceof TokenModality text)) {
      return;
    }
    int rows = table.shape().size(0);
    int vocabulary = text.tokenizer().vocabulary();
    if (rows != vocabulary) {
      throw new UserException(
          String.format(
              Locale.ROOT,
              "%s: tensor '%s' has a row for each of %,d tokens of '%s'; tokenizer '%s'"
                  + " has %,d: select the right one with --set modality.tokenizer=…",
              weights,
              TOKENS,
              rows,
              options.text("tokenizer"),
              parts.configuration().modality().settings().at("/tokenizer/name").asText(),
              vocabulary));
    }
  }

  /** Position embeddings are computed here, so stored ones must equal them. */
  private static void checkPositions(
      Path weights, @Nullable Array found, PublishedOptions options) {
    if (found == null) {
      return;
    }
    double[] expected = positions(options).doubles();
    boolean same = found.shape().elements() == expected.length;
    for (int i = 0; same && i < expected.length; i++) {
      same = Math.abs(found.real(i) - expected[i]) <= ROUNDING;
    }
    if (!same) {
      throw new UserException(
          String.format(
              Locale.ROOT,
              "%s: tensor '%s' is not the sine-cosine table for image_dims, patch_size and"
                  + " embedding_dim of %s",
              weights,
              POSITIONS,
              options.source()));
    }
  }

  /** Returns the position embeddings of patches: [1, patches, width]. */
  static Array positions(PublishedOptions options) {
    int side = options.value("image_dims").path(0).asInt() / options.count("patch_size");
    int width = options.count("embedding_dim");
    Array grid = SineCosinePositions.grid(side, side, width);
    return Array.of(Shape.of(1, side * side, width), grid.floats());
  }

  /** Returns the configuration of the model. */
  public RunConfiguration configuration() {
    return configuration;
  }

  /**
   * Writes the model as a folder that can be used like a run.
   *
   * @throws UserException if the folder exists, or cannot be written
   */
  public void write(Path folder) {
    String yaml = Configurations.write(configuration);
    Map<String, CheckpointMetadata.Part> parts = new LinkedHashMap<>();
    parts.put("modality", new CheckpointMetadata.Part(configuration.modality().name(), ""));
    parts.put("model", new CheckpointMetadata.Part(configuration.model().name(), ""));
    CheckpointMetadata progress =
        CheckpointMetadata.of(
            0, 0, configuration.seed(), null, parts, EbtVersion.current(), Sha256.of(yaml));
    try {
      if (Files.exists(folder)) {
        throw new UserException(folder + " already exists; choose a new folder");
      }
      Files.createDirectories(folder);
      DurableFiles.write(folder.resolve("config.yaml"), yaml);
    } catch (IOException e) {
      throw DurableFiles.unwritable("model " + folder, e, weights + " is untouched.");
    }
    new StoredCheckpoint(folder, progress, parameters, Map.of()).export(folder, false);
  }
}
