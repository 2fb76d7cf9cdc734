package dev.ebt.bench.bundled;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ebt.config.Overrides;
import dev.ebt.plugin.Catalog;
import dev.ebt.run.TrainedModel;
import dev.ebt.store.Weights;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * A small model of the built-in brackets, trained by {@code ebt train} and stored as a resource
 * with its expected scores. Its files stay loadable.
 */
public final class BundledModel {
  private static final List<String> FILES =
      List.of("config.yaml", "model.safetensors", "progress.json");

  private static final String LATEST = "latest";

  private BundledModel() {}

  /** Opens the bundled model. */
  public static TrainedModel open(Catalog catalog, Overrides overrides) {
    return unpacked(folder -> TrainedModel.open(catalog, folder, LATEST, overrides));
  }

  /** Opens the bundled model for answers to requests. */
  public static TrainedModel openForInference(Catalog catalog, Overrides overrides) {
    return unpacked(
        folder -> TrainedModel.openForInference(catalog, folder, LATEST, Weights.USUAL, overrides));
  }

  private static TrainedModel unpacked(Function<Path, TrainedModel> opening) {
    try {
      Path folder = Files.createTempDirectory("ebt-model");
      try {
        for (String file : FILES) {
          try (InputStream resource = resource(file)) {
            Files.copy(resource, folder.resolve(file));
          }
        }
        return opening.apply(folder);
      } finally {
        for (String file : FILES) {
          Files.deleteIfExists(folder.resolve(file));
        }
        Files.delete(folder);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the bundled model cannot be unpacked", e);
    }
  }

  /**
   * A score of the bundled model, measured when it was made, by {@code ebt eval --json}.
   *
   * @param loss mean validation loss in nats per byte
   * @param energy mean energy
   */
  public record Score(int steps, double loss, double energy) {}

  /** The number of validation windows that the scores are means over. */
  public static final int EXAMPLES = 160;

  /** Returns the expected scores, by increasing number of thinking steps. */
  public static List<Score> scores() {
    try (InputStream resource = resource("scores.json")) {
      List<Score> scores = new ArrayList<>();
      for (JsonNode row : new ObjectMapper().readTree(resource).path("results")) {
        scores.add(
            new Score(
                row.path("steps").asInt(),
                row.path("loss").asDouble(),
                row.path("energy").asDouble()));
      }
      return List.copyOf(scores);
    } catch (IOException e) {
      throw new UncheckedIOException("the bundled scores cannot be read", e);
    }
  }

  private static InputStream resource(String name) {
    InputStream resource = BundledModel.class.getResourceAsStream(name);
    if (resource == null) {
      throw new IllegalStateException("no " + name + " beside " + BundledModel.class.getName());
    }
    return resource;
  }
}
