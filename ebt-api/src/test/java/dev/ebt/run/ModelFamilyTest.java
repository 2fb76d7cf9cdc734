package dev.ebt.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ebt.config.Overrides;
import dev.ebt.core.CorePlugin;
import dev.ebt.energy.DirectModel;
import dev.ebt.energy.EnergyModel;
import dev.ebt.energy.Model;
import dev.ebt.error.UserException;
import dev.ebt.monitor.TrainingListener;
import dev.ebt.nn.ParameterSpec;
import dev.ebt.plugin.Catalog;
import dev.ebt.plugin.Components;
import dev.ebt.plugin.Configurations;
import dev.ebt.plugin.ConfiguredModel;
import dev.ebt.plugin.EbtPlugin;
import dev.ebt.plugin.ModelFamily;
import dev.ebt.predict.ComputeBudgets;
import dev.ebt.predict.DefaultStepCounts;
import dev.ebt.predict.Predictor;
import dev.ebt.predict.Predictors;
import dev.ebt.store.RunDirectory;
import dev.ebt.testing.QuadraticEnergy;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mockito.Mockito;

class ModelFamilyTest {
  @TempDir Path folder;

  private static Components components(EbtPlugin plugin, String... overrides) {
    Catalog catalog = Catalog.of(new CorePlugin(), plugin);
    return Components.of(
        catalog,
        Configurations.parse(catalog, "test", PointPlugin.CONFIGURATION, Overrides.of(overrides)));
  }

  @Test
  void aModelThinksThatItsObjectiveTrainsWithoutThinking() {
    try (Components components =
        components(new PointPlugin(), "objective.name=energy-of-target", "thinking.stepSize=0.5")) {
      RunParts parts = components.get(RunParts.class);
      RunDirectory directory =
          RunDirectory.create(
              folder.resolve("run"), Configurations.write(parts.configuration()), Map.of());
      assertThat(parts.parameters()).extracting(ParameterSpec::name).contains("alpha");
      try (directory;
          TrainingRun run = TrainingRun.begin(parts, directory)) {
        assertThat(run.train(() -> false, new TrainingListener() {})).isEqualTo(2);
      }
      try (Predictor predictor = parts.predictor(1)) {
        predictor.observe(parts.dataset().validation().batch(1).context());
        predictor.begin(1);
        double before = predictor.energy().item();
        predictor.reach(parts.steps().taken(), 0);
        assertThat(parts.steps().taken()).isEqualTo(2);
        assertThat(predictor.energy().item()).isLessThan(before);
      }
    }
  }

  @Test
  void theNumberOfStepsOfManyIsAmongThoseWorthShowing() {
    try (Components components =
        components(new PointPlugin(), "objective={name: matching, steps: 30}")) {
      DefaultStepCounts steps = components.get(RunParts.class).steps();

      assertThat(steps.landmarks()).containsExactly(1, 2, 5, 10, 20, 30);
      assertThat(steps.shown(40)).containsExactly(0, 1, 2, 5, 10, 20, 30, 40);
    }
  }

  /** A model of no type that we know. */
  record Unknown() implements Model {
    @Override
    public String description() {
      return "unknown";
    }

    @Override
    public int width() {
      return 0;
    }
  }

  private record Family(String name, Class<? extends Model> type, Predictor predictor)
      implements ModelFamily {
    @Override
    public String summary() {
      return "a family of a test";
    }

    @Override
    public Predictors predictors(ConfiguredModel setup) {
      return rows -> predictor;
    }
  }

  @Test
  void aModelOfAnotherTypeIsUsedThroughTheFamilyOfItsPlugin() {
    Predictor predictor = Mockito.mock(Predictor.class);
    PointPlugin plugin =
        new PointPlugin()
            .with("unknown", new Unknown())
            .with(new Family("other", Unknown.class, predictor));

    try (Components components = components(plugin, "model.name=unknown")) {
      RunParts parts = components.get(RunParts.class);

      assertThat(parts.predictor(3)).isSameAs(predictor);
      assertThat(parts.thinks()).isFalse();
      assertThat(parts.steps()).isEqualTo(DefaultStepCounts.none());
      parts.check(ComputeBudgets.of(List.of(0)));
      assertThatThrownBy(() -> parts.check(new ComputeBudgets(List.of(0), List.of(1, 2))))
          .isInstanceOf(UserException.class)
          .hasMessageContaining("no energies to choose by");
      assertThatThrownBy(() -> parts.thinker(1))
          .isInstanceOf(UserException.class)
          .hasMessage("model 'unknown' has no energy, so it cannot think");
    }
  }

  @Test
  void aModelWithoutAFamilyIsRefused() {
    try (Components components =
        components(new PointPlugin().with("unknown", new Unknown()), "model.name=unknown")) {
      assertThatThrownBy(() -> components.get(RunParts.class))
          .isInstanceOf(UserException.class)
          .hasMessage(
              "no model family is for dev.ebt.run.ModelFamilyTest$Unknown; its plugin has to bring"
                  + " one, by EbtPlugin.families");
    }
  }

  @Test
  void theFamilyOfTheMostSpecificTypeIsUsed() {
    ModelFamily special = new Family("special", QuadraticEnergy.class, Mockito.mock());
    Catalog catalog = Catalog.of(new CorePlugin(), new PointPlugin().with(special));

    assertThat(catalog.family(new QuadraticEnergy(2, 1))).isSameAs(special);
    assertThat(catalog.family(Mockito.mock(EnergyModel.class)).name()).isEqualTo("energy");
  }

  /** An energy that also predicts directly. */
  private abstract static class Both implements EnergyModel, DirectModel {}

  @Test
  void severalFamiliesOfWhichNoneIsTheMostSpecificAreRefused() {
    assertThatThrownBy(() -> Catalog.of(new CorePlugin()).family(Mockito.mock(Both.class)))
        .isInstanceOf(UserException.class)
        .hasMessageEndingWith(
            "belongs to several model families, energy, prediction; a family for its own type"
                + " expected");
    ModelFamily second = new Family("second", EnergyModel.class, Mockito.mock());
    assertThatThrownBy(() -> Catalog.of(new CorePlugin(), new PointPlugin().with(second)))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("two model families are for dev.ebt.energy.EnergyModel: 'energy' of")
        .hasMessageContaining("'second' of");
  }

  @Test
  void familiesAreListedWithTheParts() {
    assertThat(Catalog.of(new CorePlugin()).entries())
        .filteredOn(entry -> entry.kind().equals("model family"))
        .extracting(Catalog.Entry::name)
        .containsExactly("energy", "prediction", "diffusion");
  }
}
