package dev.ebt.bench;

import static dev.ebt.bench.Commands.fine;
import static dev.ebt.bench.Commands.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ebt.config.Overrides;
import dev.ebt.core.CorePlugin;
import dev.ebt.energy.CarriedOverSetting;
import dev.ebt.energy.DirectModel;
import dev.ebt.energy.Model;
import dev.ebt.nn.Parameters;
import dev.ebt.plugin.Catalog;
import dev.ebt.plugin.Configurations;
import dev.ebt.plugin.EbtPlugin;
import dev.ebt.plugin.Factory;
import dev.ebt.plugin.Plugins;
import dev.ebt.plugin.RunConfiguration;
import dev.ebt.run.MatchedTraining;
import dev.ebt.tensor.Tensor;
import dev.ebt.text.TextPlugin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A baseline is trained as the run that it is compared with was. */
class LikeCommandTest {
  private static final Catalog CATALOG = Plugins.discover(List.of());

  @TempDir private Path folder;
  private Tiny tiny;

  @BeforeEach
  void write() throws IOException {
    tiny = Tiny.in(folder);
  }

  private RunConfiguration configuration(String run) {
    return Configurations.load(
        CATALOG, null, folder.resolve(run).resolve("config.yaml"), Overrides.none());
  }

  @Test
  void baselineHasDataSeedSizesBatchUpdatesAndRateOfTheRun() {
    fine(
        tiny.train(
            "ebt",
            "--set=seed=7",
            "--set=training.learningRate=0.0123",
            "--set=model.head=dot-product",
            "--set=modality.temperature=1",
            "--set=objective.name=s2",
            "--set=regularizers=[{name: random-step-size}]"));
    Commands trained = fine("train", "--like", tiny.path("ebt"), "--model", "transformer");
    assertThat(folder.resolve("ebt-transformer")).isDirectory();
    assertThat(trained.err()).contains("learning rate 0.0123 at its peak (").contains("4 updates");

    RunConfiguration ebt = configuration("ebt");
    RunConfiguration baseline = configuration("ebt-transformer");
    assertThat(baseline.model().name()).isEqualTo("transformer");
    assertThat(baseline.objective().name()).isEqualTo("likelihood");
    assertThat(baseline.regularizers()).isEmpty();
    assertThat(baseline.modality().settings().path("temperature").asDouble()).isZero();
    assertThat(baseline.training()).isEqualTo(ebt.training());
    assertThat(baseline.seed()).isEqualTo(7);
    assertThat(baseline.data()).isEqualTo(ebt.data());
    for (String size : List.of("layers", "heads", "width", "feedForward")) {
      assertThat(baseline.model().settings().get(size)).isEqualTo(ebt.model().settings().get(size));
    }

    fine("train", "--like", tiny.path("ebt"), "--model", "transformer", "--set=training.steps=2");
    assertThat(configuration("ebt-transformer-2").training().steps()).isEqualTo(2);
    assertThat(refusal("train", "--like", tiny.path("ebt-transformer"), "--model=autoregressive"))
        .contains("model 'autoregressive' thinks, and ")
        .contains("train the model that thinks first");
  }

  @Test
  void diffusionBaselineOfADenoisingRunIsMatchedInTheSameWay() {
    String run = tiny.path("shapes");
    String sets =
        "modality.size=8 modality.channels=1 model.layers=1 model.heads=1 model.width=8"
            + " data.images=20 data.validationImages=4 training.steps=3 training.batch=2";
    String train = "train --recipe denoise-s2 --backend reference --out " + run + " --set ";
    fine((train + sets.replace(" ", " --set ")).split(" "));
    fine("train", "--like", run, "--model", "dit", "--out", tiny.path("dit"));

    RunConfiguration dit = configuration("dit");
    assertThat(dit.objective().name()).isEqualTo("diffusion");
    assertThat(dit.training()).isEqualTo(configuration("shapes").training());
    assertThat(dit.modality()).isEqualTo(configuration("shapes").modality());

    assertThat(refusal("eval", run, tiny.path("dit"), "--steps", "1,200"))
        .as("told before anything is computed")
        .contains(tiny.path("dit") + ": 200 steps of diffusion")
        .contains("0 to 100 expected");
    assertThat(fine("eval", run, tiny.path("dit"), "--steps", "1,3").out())
        .contains("Settings that differ:")
        .containsPattern("objective.name +s2 +diffusion\n");
  }

  /** A baseline that no class of ours knows. */
  record LastToken(int width) implements DirectModel {
    @Override
    public String description() {
      return "the last token alone, width " + width;
    }

    @Override
    public Tensor predict(Tensor context, Parameters parameters) {
      return context;
    }
  }

  /** Its settings, of which the width is like that of other models. */
  record Sizes(@CarriedOverSetting Integer width) {}

  /** The plugin that brings it. */
  static final class Baselines implements EbtPlugin {
    @Override
    public String name() {
      return "baselines";
    }

    @Override
    public int spiVersion() {
      return SPI_VERSION;
    }

    @Override
    public List<Factory<? extends Model, ?>> models() {
      return List.of(
          Factory.of(
              "last-token",
              "a baseline",
              Sizes.class,
              (settings, context) -> new LastToken(settings.width())));
    }
  }

  @Test
  void modelsOfPluginsAreMatchedByName() {
    Path run = tiny.trained("ebt");
    Catalog catalog = Catalog.of(new CorePlugin(), new TextPlugin(), new Baselines());
    Overrides overrides = MatchedTraining.overrides(catalog, run, "last-token", Overrides.none());
    RunConfiguration matched =
        Configurations.load(catalog, null, run.resolve("config.yaml"), overrides);
    assertThat(matched.model().name()).isEqualTo("last-token");
    assertThat(matched.model().settings().path("width").asInt()).isEqualTo(8);
    assertThat(matched.objective().name()).isEqualTo("likelihood");
    assertThat(matched.training()).isEqualTo(configuration("ebt").training());
  }

  @Test
  void whatMakesNoSenseBesideItIsRefused() {
    String run = tiny.trained("ebt").toString();
    assertThat(refusal("train", "--like", run, "--recipe", "text")).contains("remove CONFIG");
    assertThat(refusal("train", "--model", "transformer"))
        .contains("--model needs --like", "--set model.name=transformer");
    assertThat(refusal("train", "--like", run, "--model", "transfomer"))
        .contains("did you mean 'transformer'?");
    fine(tiny.train("tuned", "--set=from=" + run));
    assertThat(refusal("train", "--like", tiny.path("tuned"), "--model", "transformer"))
        .contains("began with the weights of " + run, "--set from=null");
    fine("train", "--like", tiny.path("tuned"), "--model", "transformer", "--set", "from=null");
  }

  @Test
  void headerSaysWhereRateStepSizeAndSizesCameFrom() throws IOException {
    String plain = fine(tiny.train("plain")).err();
    assertThat(plain)
        .contains("(sizes: " + tiny.path("tiny.yaml") + ", line 5)")
        .contains(
            "learning rate 0.004 at its peak (derived from the sizes of the model); 4 updates")
        .contains("step size 1, learned from this value (the default)")
        .contains("lower is better");
    String set =
        fine(tiny.train("set", "--set=training.learningRate=1e-4", "--set=model.heads=1")).err();
    assertThat(set).contains("learning rate 0.0001 at its peak (by hand)", ", changed by hand)");
    assertThat(Files.readString(folder.resolve("set/config.yaml"))).contains("learningRate: ");
  }
}
