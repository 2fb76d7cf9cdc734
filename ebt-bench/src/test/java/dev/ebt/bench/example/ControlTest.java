package dev.ebt.bench.example;

import static dev.ebt.bench.Commands.fine;
import static dev.ebt.bench.Commands.refusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ebt.config.Overrides;
import dev.ebt.interact.EvaluationCatalog;
import dev.ebt.interact.Interaction;
import dev.ebt.interact.Interactions;
import dev.ebt.interact.TaskReader;
import dev.ebt.modality.Batch;
import dev.ebt.modality.Modality;
import dev.ebt.plugin.Catalog;
import dev.ebt.plugin.Components;
import dev.ebt.plugin.Configurations;
import dev.ebt.plugin.Plugins;
import dev.ebt.run.RunParts;
import dev.ebt.testing.ExperimentContract;
import dev.ebt.testing.InteractionContract;
import dev.ebt.testing.RunPartsContract;
import dev.ebt.testing.TaskReaderContract;
import dev.ebt.train.TrainingStepper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * {@code docs/examples/control}: demonstrations go either way, and policies of all three recipes
 * are trained and act in the plane.
 */
class ControlTest extends RunPartsContract {
  @TempDir static Path folder;
  private static String jar;
  private static Catalog catalog;
  private static Components components;
  private static RunParts parts;

  @BeforeAll
  static void create() {
    Path packed = ExamplePlugin.jar("control", folder);
    jar = packed.toString();
    catalog = Plugins.discover(List.of(packed));
    components =
        Components.of(
            catalog,
            Configurations.load(
                catalog,
                "control-thinking",
                null,
                Overrides.of("backend=reference", "model.width=16", "data.noise=0")));
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
  void fromTheStartDemonstrationsGoEitherWayAroundTheObstacle() {
    Batch batch = parts.dataset().training().batch(IntStream.range(0, 2_000).toArray());
    double[] from = batch.context().get("position").doubles();
    double[] moves = batch.target().doubles();
    int starts = 0;
    int left = 0;
    for (int row = 0; row < 2_000; row++) {
      double x = from[2 * row];
      double y = from[2 * row + 1];
      boolean atStart = y < -0.75;
      for (int i = 0; i < 8; i++) {
        x += 0.1 * moves[16 * row + 2 * i];
        y += 0.1 * moves[16 * row + 2 * i + 1];
        assertThat(Math.hypot(x, y)).isGreaterThan(0.25);
      }
      starts += atStart ? 1 : 0;
      left += atStart && x < 0 ? 1 : 0;
    }
    assertThat(starts).isGreaterThan(60);
    assertThat((double) left / starts).isCloseTo(0.5, within(0.15));
  }

  @ParameterizedTest
  @CsvSource({"thinking,2", "regression,0", "diffusion,2"})
  void aPolicyIsTrainedAndActs(String policy, int steps) throws IOException {
    String run = folder.resolve(policy).toString();
    train(policy, run);
    // The first two have arrived, and the third touches the obstacle, whatever the policy does.
    Path starts = Files.writeString(folder.resolve("s.csv"), "-0.5,0.8\n0.5,0.8\n0,-0.24\n");

    String json =
        fine(
                "eval",
                run,
                "--plugins",
                jar,
                "--task",
                "control-starts=" + starts,
                "--steps",
                "" + steps,
                "--json")
            .out();

    JsonNode result = new ObjectMapper().readTree(json).at("/tasks/0/results/0");
    assertThat(result.get("success").asDouble()).isCloseTo(2.0 / 3, within(1e-9));
    assertThat(result.get("left").asDouble()).isEqualTo(0.5);
    assertThat(result.get("collided").asDouble()).isCloseTo(1.0 / 3, within(1e-9));
    assertThat(result.get("passesPerMove").asDouble()).isEqualTo(Math.max(1, steps) / 8.0);
  }

  @Test
  void trajectoriesAreDrawn() throws IOException {
    String run = folder.resolve("drawn").toString();
    train("regression", run);
    Path starts = Files.writeString(folder.resolve("d.csv"), "0.5,0.8\n0,-0.8\n");
    Path drawing = folder.resolve("paths.svg");

    String[] think = {"think", run, "--plugins", jar, "--starts", starts.toString(), "", ""};
    think[6] = "--out";
    think[7] = drawing.toString();
    assertThat(fine(think).out()).containsPattern("0\\.5000 +0\\.8000 +0 +right");
    assertThat(Files.readString(drawing).lines().filter(line -> line.startsWith("<polyline")))
        .hasSize(2);

    think[7] = "paths.png";
    assertThat(refusal(think)).contains("--out is paths.png; the drawing is SVG");
    Files.writeString(starts, "0,0\n1\n");
    think[7] = drawing.toString();
    assertThat(refusal(think))
        .isEqualTo("ebt: " + starts + ", line 2: '1'; two finite numbers x,y expected\n");
  }

  private static void train(String policy, String run) {
    fine(
        "train",
        "--plugins",
        jar,
        "--recipe",
        "control-" + policy,
        "--out",
        run,
        "--backend",
        "reference",
        "--set",
        "training.steps=2",
        "--set",
        "training.batch=4",
        "--set",
        "training.validationRows=4",
        "--set",
        "training.emaDecay=0.5",
        "--set",
        "model.width=16");
  }

  @Nested
  class StartsTest extends TaskReaderContract {
    @Override
    protected TaskReader reader() {
      return EvaluationCatalog.of(catalog).task("control-starts");
    }

    @Override
    protected String content() {
      return "0,-0.8\n0.1,-0.9\n";
    }

    @Override
    protected Modality modality() {
      return parts.modality();
    }
  }

  @Nested
  class PathsTest extends InteractionContract {
    @Override
    protected Interaction<?> interaction() {
      return Interactions.of(catalog).all().stream()
          .filter(each -> each.name().equals("control"))
          .findFirst()
          .orElseThrow();
    }

    @Override
    protected Modality modality() {
      return parts.modality();
    }
  }

  @Nested
  class PoliciesTest extends ExperimentContract {
    @Override
    protected Catalog catalog() {
      return catalog;
    }

    @Override
    protected String experiment() {
      return "control-policies";
    }
  }
}
