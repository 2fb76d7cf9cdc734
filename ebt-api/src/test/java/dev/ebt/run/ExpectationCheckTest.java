package dev.ebt.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ebt.config.Overrides;
import dev.ebt.core.CorePlugin;
import dev.ebt.error.SettingException;
import dev.ebt.error.UserException;
import dev.ebt.plugin.Catalog;
import dev.ebt.plugin.Configurations;
import dev.ebt.plugin.EbtPlugin;
import dev.ebt.plugin.Expectation;
import dev.ebt.plugin.RunConfiguration;
import dev.ebt.testing.QuadraticEnergy;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ExpectationCheckTest {
  private static final String MEASURED =
      """
      measured: three seeds
      values:
        - {step: 2, metric: loss, low: 1, high: 2}
        - {step: 2, metric: energyGap, low: 0.5, high: 0.6}
        - {step: 90, metric: validation.loss, low: 0, high: 1}
      """;

  /** Two recipes of points, of which the second one differs in a setting of training. */
  private static final class Recipes implements EbtPlugin {
    @Override
    public String name() {
      return "recipes";
    }

    @Override
    public int spiVersion() {
      return SPI_VERSION;
    }

    @Override
    public Map<String, String> recipes() {
      String points = "# Points\n" + PointPlugin.CONFIGURATION;
      return Map.of("points", points, "slow", points.replace("batch: 2", "batch: 4"));
    }

    @Override
    public List<Expectation> expectations() {
      return List.of(Expectation.read("points", MEASURED), Expectation.read("slow", MEASURED));
    }
  }

  private final Catalog catalog = Catalog.of(new CorePlugin(), new PointPlugin(), new Recipes());

  private RunConfiguration configuration(String... overrides) {
    return Configurations.load(catalog, "points", null, Overrides.of(overrides));
  }

  private ExpectationCheck check(RunConfiguration configuration, double loss) {
    Map<String, Object> line =
        Map.of("step", 2, "loss", loss, "firstEnergy", 3.0, "lastEnergy", 2.45);
    return ExpectationCheck.of(catalog, configuration, List.of(line)).orElseThrow();
  }

  @Test
  void valuesInsideNeedNoWord() {
    ExpectationCheck check = check(configuration(), 1.5);
    assertThat(check.expectation().recipe()).isEqualTo("points");
    assertThat(check.findings()).hasSize(2).allMatch(ExpectationCheck.Finding::isInside);
    assertThat(check.outside()).isEmpty();
  }

  @Test
  void aValueOutsideIsSaidWithTheRangeAndTheRecipe() {
    assertThat(check(configuration("seed=7", "training.steps=9"), 2.5).outside())
        .singleElement()
        .asString()
        .startsWith(
            "loss after update 2 is 2.500; trainings by recipe 'points' have had 1.000 to 2.000."
                + " Usual reason: ");
    assertThat(check(configuration(), Double.NaN).outside()).hasSize(1);
  }

  @Test
  void theUsualReasonIsWhatDiffersFromTheRecipe() {
    assertThat(check(configuration("training.learningRate=3", "training.batch=8"), 9).outside())
        .singleElement()
        .asString()
        .contains("training.batch is 8 instead of 2", "training.learningRate is 3 instead of ");
    assertThat(check(configuration("seed=7"), 9).outside())
        .singleElement()
        .asString()
        .contains("no setting differs, so another processor");
  }

  @Test
  void theRecipeWithTheFewestDifferencesCounts() {
    assertThat(check(configuration("training.batch=4"), 1.5).expectation().recipe())
        .isEqualTo("slow");
  }

  @Test
  void anotherModelHasNoExpectation() {
    RunConfiguration other =
        Configurations.load(
            Catalog.of(
                new CorePlugin(),
                new PointPlugin().with("other", new QuadraticEnergy(2, 1)),
                new Recipes()),
            "points",
            null,
            Overrides.of("model=other"));
    assertThat(ExpectationCheck.of(catalog, other, List.of())).isEmpty();
  }

  @Test
  void whatIsWrongInAnExpectationIsListed() {
    assertThatThrownBy(() -> Expectation.read("points", "measured: x\nvalue: []\n"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("expectation of recipe points")
        .hasMessageContaining("did you mean 'values'");
    assertThatThrownBy(() -> new Expectation.Value(1, "loss", 2, 1))
        .isInstanceOf(SettingException.class);
  }
}
