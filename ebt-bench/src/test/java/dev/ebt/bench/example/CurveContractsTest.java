package dev.ebt.bench.example;

import static dev.ebt.bench.Commands.fine;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ebt.bench.Commands;
import dev.ebt.config.Overrides;
import dev.ebt.interact.Interaction;
import dev.ebt.interact.Interactions;
import dev.ebt.modality.Modality;
import dev.ebt.plugin.Catalog;
import dev.ebt.plugin.Components;
import dev.ebt.plugin.Configurations;
import dev.ebt.plugin.Plugins;
import dev.ebt.run.RunParts;
import dev.ebt.testing.InteractionContract;
import dev.ebt.testing.RecipeContract;
import dev.ebt.testing.RunPartsContract;
import dev.ebt.train.TrainingStepper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The model family, the metric and the other parts of {@code docs/examples/curve} keep their
 * contracts, and the commands use them, with parts from its jar.
 */
class CurveContractsTest extends RunPartsContract {
  private static final List<String> TWO_ANSWERS =
      List.of(
          "model=curve-two-answers",
          "objective=curve-two-answers",
          "regularizers=[]",
          "metrics=[curve-upper]",
          "backend=reference");

  @TempDir static Path folder;
  private static Path jar;
  private static Catalog catalog;
  private static Components components;
  private static RunParts parts;

  @BeforeAll
  static void create() {
    jar = ExamplePlugin.jar("curve", folder);
    catalog = Plugins.discover(List.of(jar));
    components =
        Components.of(
            catalog,
            Configurations.load(
                catalog, "curve", null, Overrides.of(TWO_ANSWERS.toArray(String[]::new))));
    parts = components.get(RunParts.class);
    TrainingStepper.initialize(parts.backend(), parts.parameters(), 1);
  }

  @AfterAll
  static void close() {
    components.close();
  }

  @Test
  void aFamilyOfAPluginIsTrainedEvaluatedAndPredictsThroughTheCommands() throws IOException {
    String run = folder.resolve("run").toString();
    String plugin = jar.toString();

    Commands training =
        fine(
            "train",
            "--plugins",
            plugin,
            "--recipe",
            "curve",
            "--out",
            run,
            "--set",
            "model=curve-two-answers",
            "--set",
            "objective=curve-two-answers",
            "--set",
            "regularizers=[]",
            "--set",
            "metrics=[curve-upper]",
            "--set",
            "training.steps=150",
            "--backend",
            "reference");
    String table = fine("eval", run, "--plugins", plugin).out();
    String json = fine("eval", run, "--plugins", plugin, "--json").out();
    String shown = fine("think", run, "--plugins", plugin, "--count", "3").out();

    assertThat(training.err())
        .contains("two answers from a layer of 32 neurons")
        .containsPattern("validation [0-9.]+ +upper [0-9.]+");
    assertThat(Files.readString(Path.of(run, "metrics.jsonl")))
        .contains("\"validation.upper\":")
        .contains("\"validation.balance\":");
    assertThat(table).containsPattern("loss +distance +upper +balance");
    assertThat(json).contains("\"upper\":").contains("\"balance\":");
    assertThat(shown.lines().filter(line -> line.startsWith("predicted x = "))).hasSize(3);
  }

  @Test
  void aFamilyOfAPluginBringsItsObjectiveToAMatchedTraining() {
    assertThat(catalog.family(parts.model()).usualObjective()).contains("curve-two-answers");
    assertThat(fine("plugins", "--plugins", jar.toString()).out())
        .contains("curve-two-answers", "curve-upper", "model family");
  }

  @Override
  protected RunParts parts() {
    return parts;
  }

  @Nested
  class CurvePredictionsTest extends InteractionContract {
    @Override
    protected Interaction<?> interaction() {
      return Interactions.of(catalog).all().stream()
          .filter(each -> each.name().equals("curve"))
          .findFirst()
          .orElseThrow();
    }

    @Override
    protected Modality modality() {
      return parts.modality();
    }
  }

  @Nested
  class CurveRecipeTest extends RecipeContract {
    @Override
    protected Catalog catalog() {
      return catalog;
    }

    @Override
    protected String recipe() {
      return "curve";
    }
  }
}
