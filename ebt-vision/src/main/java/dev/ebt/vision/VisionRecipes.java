package dev.ebt.vision;

import static java.util.stream.Collectors.toMap;

import dev.ebt.plugin.Expectation;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The recipes for images and clips, and what was measured of them. */
final class VisionRecipes {
  private VisionRecipes() {}

  /** Returns the recipes by name. */
  static Map<String, String> all() {
    return Stream.of(
            "autoencoder",
            "denoise",
            "denoise-s2",
            "dit",
            "generate",
            "generate-dit",
            "generate-fast",
            "generate-means",
            "video",
            "video-residual")
        .collect(toMap(name -> name, VisionRecipes::recipe));
  }

  /** Returns what was measured. */
  static List<Expectation> expectations() {
    return Stream.of(
            "autoencoder",
            "denoise",
            "denoise-s2",
            "dit",
            "generate",
            "generate-dit",
            "generate-means",
            "video",
            "video-residual")
        .map(recipe -> Expectation.resource(VisionRecipes.class, recipe))
        .toList();
  }

  private static String recipe(String name) {
    try (InputStream yaml = VisionRecipes.class.getResourceAsStream("recipes/" + name + ".yaml")) {
      return new String(yaml.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("recipe " + name, e);
    }
  }
}
