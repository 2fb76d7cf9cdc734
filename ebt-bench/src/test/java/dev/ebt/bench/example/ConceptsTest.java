package dev.ebt.bench.example;

import static dev.ebt.bench.Commands.fine;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ebt.bench.Commands;
import dev.ebt.config.Overrides;
import dev.ebt.modality.Batch;
import dev.ebt.plugin.Catalog;
import dev.ebt.plugin.Components;
import dev.ebt.plugin.Configurations;
import dev.ebt.plugin.Plugins;
import dev.ebt.run.RunParts;
import dev.ebt.testing.RunPartsContract;
import dev.ebt.train.TrainingStepper;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code docs/examples/concepts}: two concepts are learned apart, and their energies added. */
class ConceptsTest extends RunPartsContract {

  @TempDir static Path folder;
  private static Path jar;
  private static Components components;
  private static RunParts parts;

  @BeforeAll
  static void create() {
    jar = ExamplePlugin.jar("concepts", folder);
    Catalog catalog = Plugins.discover(List.of(jar));
    components =
        Components.of(
            catalog,
            Configurations.load(
                catalog, "concept", null, Overrides.of("backend=reference", "model.width=16")));
    parts = components.get(RunParts.class);
    TrainingStepper.initialize(parts.backend(), parts.parameters(), 1);
  }

  @AfterAll
  static void close() {
    components.close();
  }

  @Override
  protected RunParts parts() {
    return parts;
  }

  @Test
  void rowsSatisfyTheirConcept() {
    Batch batch = parts.dataset().training().batch(0, 1, 2, 3);

    double[] coordinates = batch.target().doubles();
    for (int i = 0; i < coordinates.length; i += 2) {
      assertThat(Math.hypot(coordinates[i], coordinates[i + 1])).isBetween(0.7, 0.9);
    }
  }

  @Test
  void theEnergiesOfTwoRunsAdd() {
    String ring = trained("ring");
    String apart = trained("apart");
    String sum = "run,path=" + apart + ",weight=1";

    assertThat(evaluated(ring, "--energy", sum)).isNotEqualTo(evaluated(ring)).contains("offRing");
    assertThat(evaluated(ring, "--energy", "run,path=" + apart + ",weight=0"))
        .isEqualTo(evaluated(ring));
    assertThat(fine("think", ring, "--plugins", jar.toString(), "--count", "1").out())
        .contains("●", "· · ·");
  }

  private static String trained(String concept) {
    String out = folder.resolve(concept).toString();
    fine(
        "train",
        "--plugins",
        jar.toString(),
        "--recipe",
        "concept",
        "--out",
        out,
        "--backend",
        "reference",
        "--set",
        "data.concept=" + concept,
        "--set",
        "training.steps=2",
        "--set",
        "training.batch=4",
        "--set",
        "training.validationRows=4",
        "--set",
        "objective.steps=2",
        "--set",
        "model.width=16");
    return out;
  }

  private static String evaluated(String run, String... more) {
    String[] command = {"eval", run, "--plugins", jar.toString(), "--rows", "4", "--steps", "2"};
    String[] all = Arrays.copyOf(command, command.length + more.length);
    System.arraycopy(more, 0, all, command.length, more.length);
    return Commands.fine(all).outWithoutSeconds();
  }
}
