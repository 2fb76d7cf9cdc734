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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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
   * Scores that were measured when the model was made.
   *
   * @param lossBySteps mean validation loss by number of thinking steps, in nats per byte
   * @param energyBySteps mean energy by number of thinking steps
   * @param lossTolerance how far a loss may be from the one to expect
   * @param examples how many validation windows the scores are over
   */
  public record Scores(
      Map<Integer, Double> lossBySteps,
      Map<Integer, Double> energyBySteps,
      double lossTolerance,
      int examples) {
    /** The numbers of steps that scores are known for, increasing. */
    public List<Integer> steps() {
      return new ArrayList<>(lossBySteps.keySet());
    }
  }

  /** The scores to expect. */
  public static Scores scores() {
    try (InputStream resource = resource("scores.json")) {
      JsonNode json = new ObjectMapper().readTree(resource);
      return new Scores(
          bySteps(json.path("lossBySteps")),
          bySteps(json.path("energyBySteps")),
          json.path("lossTolerance").asDouble(),
          json.path("examples").asInt());
    } catch (IOException e) {
      throw new UncheckedIOException("the shipped scores cannot be read", e);
    }
  }

  private static Map<Integer, Double> bySteps(JsonNode node) {
    Map<Integer, Double> scores = new LinkedHashMap<>();
    node.properties()
        .forEach(field -> scores.put(Integer.valueOf(field.getKey()), field.getValue().asDouble()));
    return scores;
  }

  private static InputStream resource(String name) {
    InputStream resource = ShippedModel.class.getResourceAsStream(name);
    if (resource == null) {
      throw new IllegalStateException("no " + name + " beside " + ShippedModel.class.getName());
    }
    return resource;
  }
}
