package dev.ebt.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ebt.config.Overrides;
import dev.ebt.plugin.Catalog;
import dev.ebt.plugin.Configurations;
import dev.ebt.plugin.RunConfiguration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The contract tests of recipes: a described configuration whose parts there are, and which is read
 * as it was written. The test of a recipe extends this class and inherits all tests.
 */
public abstract class RecipeContract {
  /** Returns a catalog of the recipe and of the parts that it names. */
  protected abstract Catalog catalog();

  /** Returns the name of the recipe. */
  protected abstract String recipe();

  private RunConfiguration configuration() {
    return Configurations.load(catalog(), recipe(), null, Overrides.none());
  }

  @Test
  final void theFirstCommentDescribesIt() {
    assertThat(catalog().recipe(recipe())).startsWith("# ");
    assertThat(catalog().entries())
        .filteredOn(entry -> entry.kind().equals("recipe") && entry.name().equals(recipe()))
        .singleElement()
        .satisfies(entry -> assertThat(entry.summary()).isNotBlank());
  }

  @Test
  final void itIsCompleteAndNamesKnownParts() {
    assertThat(catalog().recipe(recipe())).contains("modality:", "data:", "model:", "training:");
    assertThat(configuration().training().steps()).isPositive();
  }

  @Test
  final void itIsReadAsItWasWritten(@TempDir Path folder) throws IOException {
    Path file =
        Files.writeString(folder.resolve("config.yaml"), Configurations.write(configuration()));

    assertThat(Configurations.load(catalog(), null, file, Overrides.none()))
        .isEqualTo(configuration());
  }
}
