package dev.ebt.bench.shipped;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ebt.plugin.Catalog;
import dev.ebt.run.TrainedModel;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A small model of the built-in brackets, trained by {@code ebt train} and kept among the resources
 * with the scores to expect of it. Its file stays loadable for ever.
 */
public final class ShippedModel {
  private static final List<String> FILES =
      List.of("config.yaml", "model.safetensors", "progress.json");

  private ShippedModel() {}

  /** Opens it. */
  public static TrainedModel open(Catalog catalog, List<String> overrides) {
    try {
      Path folder = Files.createTempDirectory("ebt-model");
      try {
        for (String file : FILES) {
          try (InputStream resource = resource(file)) {
            Files.copy(resource, folder.resolve(file));
          }
        }
        return TrainedModel.open(catalog, folder, "latest", overrides);
      } finally {
        for (String file : FILES) {
          Files.deleteIfExists(folder.resolve(file));
        }
        Files.delete(folder);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the shipped model cannot be unpacked", e);
    }
  }

  /**
   * What was measured when the model was made, by {@code ebt eval --json}.
   *
   * @param loss mean validation loss in nats per byte
   * @param energy mean energy
   */
  public record Score(int steps, double loss, double energy) {}

  /** How many validation windows the scores are over. */
  public static final int EXAMPLES = 160;

  /** The scores to expect, by increasing numbers of thinking steps. */
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
      throw new UncheckedIOException("the shipped scores cannot be read", e);
    }
  }

  private static InputStream resource(String name) {
    InputStream resource = ShippedModel.class.getResourceAsStream(name);
    if (resource == null) {
      throw new IllegalStateException("no " + name + " beside " + ShippedModel.class.getName());
    }
    return resource;
  }
}
