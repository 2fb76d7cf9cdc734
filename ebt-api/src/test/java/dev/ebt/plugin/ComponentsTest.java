package dev.ebt.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;

import dev.ebt.backend.Backend;
import dev.ebt.config.Overrides;
import dev.ebt.energy.Model;
import dev.ebt.error.UserException;
import dev.ebt.modality.Dataset;
import dev.ebt.modality.Modality;
import dev.ebt.optimize.AdamW;
import dev.ebt.optimize.Optimizer;
import dev.ebt.regularize.Regularizer;
import dev.ebt.step.ThinkingMethod;
import dev.ebt.train.TrainingSettings;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class ComponentsTest {
  private final ToyPlugin toy = new ToyPlugin();
  private final Catalog catalog = Catalog.of(toy);
  private final RunConfiguration configuration =
      Configurations.parse(
          catalog,
          "my.yaml",
          "{seed: 5, model: {width: 8}, regularizers: [{name: noise, size: 2}, replay]}",
          Overrides.none());

  /** Something above the parts. */
  static final class Trainer {
    final Model model;
    final Optimizer optimizer;
    final ThinkingMethod thinking;
    final List<Regularizer> regularizers;
    final TrainingSettings settings;
    final long seed;

    @Inject
    Trainer(
        Model model,
        Optimizer optimizer,
        ThinkingMethod thinking,
        List<Regularizer> regularizers,
        TrainingSettings settings,
        @Named("seed") long seed) {
      this.model = model;
      this.optimizer = optimizer;
      this.thinking = thinking;
      this.regularizers = regularizers;
      this.settings = settings;
      this.seed = seed;
    }
  }

  /** Something that wants the data, which cannot be had. */
  static final class Reader {
    @Inject
    Reader(Dataset data) {
      throw new AssertionError("made with " + data);
    }
  }

  /** Something that wants the data later. */
  static final class LateReader {
    final Supplier<Dataset> data;

    @Inject
    LateReader(Supplier<Dataset> data) {
      this.data = data;
    }
  }

  @Test
  void parametersHaveNoEnergiesForAnOptimizerToCompare() {
    RunConfiguration cautious =
        Configurations.parse(
            catalog, "my.yaml", "{model: {width: 8}, optimizer: cautious}", Overrides.none());
    try (Components run = Components.of(catalog, cautious)) {
      assertThatThrownBy(() -> run.get(Optimizer.class))
          .isInstanceOf(UserException.class)
          .hasMessage(
              "optimizer 'cautious' compares energies, which parameters do not have; it is for"
                  + " thinking.optimizer");
    }
  }

  @Test
  void aMistakeInDataThatIsReadLaterIsStillItsUsers() {
    try (Components run = Components.of(catalog, configuration)) {
      Supplier<Dataset> data = run.get(LateReader.class).data;

      assertThatThrownBy(data::get)
          .isInstanceOf(UserException.class)
          .hasMessage("brackets.txt: no such file");
    }
  }

  @Test
  void givesPartsByConstructorInjection() {
    try (Components run = Components.of(catalog, configuration)) {
      Trainer trainer = run.get(Trainer.class);

      assertThat(trainer.seed).isEqualTo(5);
      assertThat(trainer.model.description()).isEqualTo("toy of width 8");
      assertThat(trainer.optimizer).isEqualTo(new AdamW(0.9, 0.999, 1e-8, 0.01));
      assertThat(trainer.thinking.landscapes()).isEqualTo(2);
      assertThat(trainer.settings.steps()).isEqualTo(600);
      assertThat(trainer.regularizers)
          .containsExactly(new ToyPlugin.Noise(2), new ToyPlugin.Noise(0));
    }
  }

  @Test
  void makesEachPartOnceAndOnlyWhenAsked() {
    try (Components run = Components.of(catalog, configuration)) {
      assertThat(toy.made).isEmpty();

      Modality modality = run.get(Modality.class);
      ToyPlugin.ToyModel model = (ToyPlugin.ToyModel) run.get(Model.class);

      assertThat(model.modality()).isSameAs(modality);
      assertThat(run.get(Model.class)).isSameAs(model);
      assertThat(toy.made).containsExactly("byte 256", "text");
    }
  }

  @Test
  void runsShareTheCatalogAndNothingElse() {
    try (Components one = Components.of(catalog, configuration);
        Components other = Components.of(catalog, configuration)) {
      assertThat(one.get(Catalog.class)).isSameAs(other.get(Catalog.class)).isSameAs(catalog);
      assertThat(one.get(Model.class)).isNotSameAs(other.get(Model.class));
      assertThat(one.get(RunScope.class)).isNotSameAs(other.get(RunScope.class));
      assertThat(one.get(PartContext.class)).isNotSameAs(other.get(PartContext.class));
    }
  }

  @Test
  void closesTheBackendThatWasMade() {
    Components used = Components.of(catalog, configuration);
    used.get(Backend.class);
    Components unused = Components.of(catalog, configuration);

    unused.close();
    verify(toy.backend, never()).close();
    used.close();
    verify(toy.backend).close();
  }

  @Test
  void closedRunMakesNoBackendThatNobodyCloses() {
    Components run = Components.of(catalog, configuration);
    run.close();

    assertThatThrownBy(() -> run.get(Backend.class)).hasRootCauseMessage("the run is closed");
    verify(toy.backend).close();
  }

  /** Something whose making takes too much memory. */
  static final class Large {
    @Inject
    Large() {
      throw new IllegalStateException("wrapped", new OutOfMemoryError("Java heap space"));
    }
  }

  @Test
  void surfacesWantOfMemoryAsItself() {
    try (Components run = Components.of(catalog, configuration)) {
      assertThatThrownBy(() -> run.get(Large.class))
          .isExactlyInstanceOf(OutOfMemoryError.class)
          .hasMessage("Java heap space");
    }
  }

  @Test
  void surfacesAUsersMistakeAsItself() {
    try (Components run = Components.of(catalog, configuration)) {
      assertThatThrownBy(() -> run.get(Dataset.class))
          .isExactlyInstanceOf(UserException.class)
          .hasMessage("brackets.txt: no such file");
      assertThatThrownBy(() -> run.get(Reader.class))
          .isExactlyInstanceOf(UserException.class)
          .hasMessage("brackets.txt: no such file");
    }
  }

  @Test
  void readsTheSettingsOfPartsWithinPartsStrictly() {
    try (Components run = Components.of(catalog, configuration)) {
      PartSettings choice = PartSettings.of("noise");
      choice.settings().put("sise", 1);

      assertThatThrownBy(() -> run.get(PartContext.class).part(Regularizer.class, choice))
          .isExactlyInstanceOf(UserException.class)
          .hasMessage("unknown key in regularizer: 'sise': did you mean 'size'? Known: size");
    }
  }
}
