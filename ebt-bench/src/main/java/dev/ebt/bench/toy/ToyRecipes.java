package dev.ebt.bench.toy;

import dev.ebt.plugin.Expectation;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The recipes, one for each distribution that a model can learn. */
final class ToyRecipes {
  private static final String PLANAR = "planar";

  private ToyRecipes() {}

  /** Returns the recipes by name: {@code toy-} and the name of the distribution. */
  static Map<String, String> all() {
    Map<String, String> recipes = new TreeMap<>();
    planar(recipes, Toy.MIXTURE, "eight normal distributions on a circle", 2, -4, 4);
    // Chains cross between the wells in about 6 units of time, so that they take 18 instead of 2.
    recipes.put(
        "toy-double-well",
        planar(Toy.DOUBLE_WELL, "two wells, one of them deeper", 1, -4, 4, "0.03", 600));
    planar(recipes, Toy.RING, "a circle", 2, -4, 4);
    planar(recipes, Toy.TWO_MOONS, "two crescents", 2, -5, 5);
    planar(recipes, Toy.ROSENBROCK, "a curved valley", 1, -3, 11);
    recipes.put(
        "toy-ising",
        template("spins")
            .replace("{summary}", "spins on a lattice (Ising model)")
            .replace("{distribution}", Toy.ISING.word()));
    return recipes;
  }

  /** Returns what was measured, of every recipe. */
  static List<Expectation> expectations() {
    return all().keySet().stream()
        .map(recipe -> Expectation.resource(ToyRecipes.class, recipe))
        .toList();
  }

  private static void planar(
      Map<String, String> recipes, Toy toy, String summary, int spread, int low, int high) {
    recipes.put("toy-" + toy.word(), planar(toy, summary, spread, low, high, "0.01", 200));
  }

  private static String planar(
      Toy toy, String summary, int spread, int low, int high, String stepSize, int steps) {
    return template(PLANAR)
        .replace("{summary}", summary)
        .replace("{distribution}", toy.word())
        .replace("{spread}", Integer.toString(spread))
        .replace("{low}", Integer.toString(low))
        .replace("{high}", Integer.toString(high))
        .replace("{stepSize}", stepSize)
        .replace("{steps}", Integer.toString(steps));
  }

  private static String template(String name) {
    try (InputStream yaml = ToyRecipes.class.getResourceAsStream("recipes/" + name + ".yaml")) {
      return new String(yaml.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("recipe " + name, e);
    }
  }
}
