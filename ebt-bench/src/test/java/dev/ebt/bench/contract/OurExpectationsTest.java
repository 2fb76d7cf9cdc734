package dev.ebt.bench.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ebt.config.Overrides;
import dev.ebt.config.PlainNumber;
import dev.ebt.plugin.Catalog;
import dev.ebt.plugin.Configurations;
import dev.ebt.plugin.EbtPlugin;
import dev.ebt.plugin.Expectation;
import dev.ebt.plugin.Plugins;
import dev.ebt.plugin.RunConfiguration;
import dev.ebt.run.ExpectationCheck;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What the plugins expect of their recipes is what docs/expectations.md says. */
class OurExpectationsTest {
  private final Catalog catalog = Plugins.discover(List.of());

  private List<Expectation> expectations() {
    return catalog
        .<EbtPlugin, Expectation>provided(
            EbtPlugin.class, "its expectations", EbtPlugin::expectations)
        .stream()
        .map(Catalog.Provided::part)
        .toList();
  }

  private static String page() throws IOException {
    Path checkout = Path.of(System.getProperty("basedir", ".")).resolve("..");
    return Files.readString(checkout.resolve("docs/expectations.md"));
  }

  @Test
  void everyRangeIsOnThePage() throws IOException {
    List<String> lines = page().lines().toList();
    for (Expectation expectation : expectations()) {
      String start = "| `" + expectation.recipe() + "` | ";
      String row = lines.stream().filter(line -> line.startsWith(start)).findFirst().orElseThrow();
      for (Expectation.Value value : expectation.values()) {
        assertThat(row)
            .contains(
                "| " + PlainNumber.of(value.low()) + " to " + PlainNumber.of(value.high()) + " |");
      }
    }
  }

  @Test
  void everyRecipeIsMeasuredOrSaidNotToBe() throws IOException {
    Set<String> measured =
        expectations().stream().map(Expectation::recipe).collect(Collectors.toSet());
    String missing =
        page().lines().filter(line -> line.startsWith("Not measured: ")).findFirst().orElseThrow();
    for (String recipe : catalog.recipes()) {
      assertThat(missing.contains("`" + recipe + "`"))
          .as(recipe)
          .isNotEqualTo(measured.contains(recipe));
    }
    assertThat(catalog.recipes()).containsAll(measured);
  }

  @Test
  void aTrainingByARecipeIsComparedWithThatRecipe() {
    for (Expectation expectation : expectations()) {
      RunConfiguration recipe =
          Configurations.load(
              catalog, expectation.recipe(), null, Overrides.of("seed=7", "backend=reference"));
      ExpectationCheck check = ExpectationCheck.of(catalog, recipe, List.of()).orElseThrow();
      assertThat(check.expectation().recipe()).isEqualTo(expectation.recipe());
      assertThat(check.differences()).isEmpty();
    }
  }
}
