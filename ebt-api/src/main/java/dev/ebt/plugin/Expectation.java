package dev.ebt.plugin;

import dev.ebt.config.Document;
import dev.ebt.config.Origin;
import dev.ebt.config.Problems;
import dev.ebt.config.RecordReader;
import dev.ebt.error.SettingException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Values that trainings by a recipe have had, as measured, so that a training that is outside can
 * be told.
 *
 * @param recipe the name of the recipe
 * @param measured what was measured, on what machine
 * @param values the values
 */
public record Expectation(String recipe, String measured, List<Value> values) {
  /** The name of the energy before the first thinking step minus that before the last one. */
  public static final String ENERGY_GAP = "energyGap";

  /** Copies the list. */
  public Expectation {
    values = List.copyOf(values);
  }

  /**
   * A value after an update.
   *
   * @param step the update
   * @param metric the name in {@code metrics.jsonl}, or {@link #ENERGY_GAP}
   * @param low the least value that is expected
   * @param high the greatest value that is expected
   */
  public record Value(long step, String metric, double low, double high) {
    /** Rejects an empty range. */
    public Value {
      if (!(low <= high)) {
        throw SettingException.of("low", low, "at most high (" + high + ")");
      }
    }

    /** Returns whether a value is as expected; NaN is not. */
    public boolean contains(double value) {
      return value >= low && value <= high;
    }
  }

  /** The content of a file. */
  private record Content(String measured, List<Value> values) {}

  /**
   * Reads the expectation of a recipe.
   *
   * @param yaml a mapping of {@code measured}, a text, and {@code values}, a list of mappings of
   *     {@code step}, {@code metric}, {@code low} and {@code high}
   * @throws dev.ebt.error.UserException listing every problem
   */
  public static Expectation read(String recipe, String yaml) {
    Problems problems = new Problems();
    Document document =
        Document.parse(Origin.file("expectation of recipe " + recipe), yaml, problems);
    Content content =
        new RecordReader(document, problems)
            .read(Content.class, document.root(), "")
            .orElse(new Content("", List.of()));
    problems.throwIfAny();
    return new Expectation(recipe, content.measured, content.values);
  }

  /**
   * Reads the expectation of a recipe from a resource {@code recipes/NAME.expected.yaml}.
   *
   * @param owner the class beside whose package the resource is
   * @throws dev.ebt.error.UserException listing every problem
   */
  public static Expectation resource(Class<?> owner, String recipe) {
    String name = "recipes/" + recipe + ".expected.yaml";
    try (InputStream in = owner.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalArgumentException(owner.getPackageName() + " has no " + name);
      }
      return read(recipe, new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(name, e);
    }
  }
}
