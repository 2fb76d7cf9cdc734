package dev.ebt.bench.example;

import static dev.ebt.bench.Commands.fine;
import static dev.ebt.bench.Commands.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ebt.config.Overrides;
import dev.ebt.interact.AnswerReader;
import dev.ebt.interact.EvaluationCatalog;
import dev.ebt.interact.Probe;
import dev.ebt.interact.TaskReader;
import dev.ebt.interact.VariedSetting;
import dev.ebt.modality.Modality;
import dev.ebt.plugin.Catalog;
import dev.ebt.plugin.Components;
import dev.ebt.plugin.Configurations;
import dev.ebt.plugin.Plugins;
import dev.ebt.run.RunParts;
import dev.ebt.testing.AnswerReaderContract;
import dev.ebt.testing.ExperimentContract;
import dev.ebt.testing.ProbeContract;
import dev.ebt.testing.ReportSectionContract;
import dev.ebt.testing.TaskReaderContract;
import dev.ebt.testing.VariedSettingContract;
import dev.ebt.train.TrainingStepper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The task, the given answers, the varied setting, the probe, the report section and the experiment
 * of {@code docs/examples/curve}: used by the commands from its jar, and by their contracts.
 */
class CurveEvaluationsTest {
  @TempDir static Path folder;
  private static String jar;
  private static String run;
  private static Catalog catalog;
  private static EvaluationCatalog evaluations;
  private static Components components;
  private static Components others;
  private static RunParts parts;
  private static RunParts other;

  @BeforeAll
  static void train() {
    jar = ExamplePlugin.jar("curve", folder).toString();
    run = folder.resolve("run").toString();
    fine(
        "train",
        "--plugins",
        jar,
        "--recipe=curve",
        "--out",
        run,
        "--backend=reference",
        "--set=training.steps=120");
    catalog = Plugins.discover(List.of(Path.of(jar)));
    evaluations = EvaluationCatalog.of(catalog);
    components = components("backend=reference");
    parts = components.get(RunParts.class);
    TrainingStepper.initialize(parts.backend(), parts.parameters(), 1);
    others =
        components(
            "backend=reference",
            "model=curve-two-answers",
            "objective=curve-two-answers",
            "regularizers=[]");
    other = others.get(RunParts.class);
  }

  @AfterAll
  static void close() {
    components.close();
    others.close();
  }

  private static Components components(String... overrides) {
    return Components.of(
        catalog, Configurations.load(catalog, "curve", null, Overrides.of(overrides)));
  }

  @Test
  void itsTaskIsEvaluated() throws IOException {
    String points = Files.writeString(folder.resolve("points.csv"), "x\n1\n2.25\n4\n").toString();
    String task = "curve-points=" + points;

    assertThat(fine("eval", run, "--plugins", jar, "--task", task, "--steps", "0,6").out())
        .contains("curve-points: 3 points of " + points)
        .containsPattern("steps +evaluations +.*near")
        .doesNotContain("confidence");
    JsonNode json =
        new ObjectMapper()
            .readTree(
                fine("eval", run, "--plugins", jar, "--task", task, "--steps=6", "--json").out());
    assertThat(json.at("/tasks/0/results/0/near").asDouble()).isBetween(0.0, 1.0);
    assertThat(refusal("train", "--plugins", jar, "--task", task))
        .isEqualTo(
            "ebt: --task curve-points is for evaluation: no dataset reads its files for"
                + " training\n");
  }

  @Test
  void taskWithAnotherNumberOfSmallStepsIsWarnedOf() throws IOException {
    String points = Files.writeString(folder.resolve("few.csv"), "x\n1\n").toString();
    String matching = folder.resolve("matching").toString();
    List<String> line = new ArrayList<>(List.of("train", "--plugins", jar, "--recipe=curve"));
    line.addAll(List.of("--out", matching, "--backend=reference", "--set=training.steps=1"));
    line.addAll(List.of("--set=objective={name: matching, steps: 6}"));
    line.addAll(List.of("--set=regularizers=[]", "--set=thinking.learnStepSize=false"));
    fine(line.toArray(String[]::new));
    String[] task = {"eval", matching, "--plugins", jar, "--task=curve-points=" + points, ""};
    task[5] = "--steps=3";
    assertThat(fine(task).err()).contains("go 0.5 times as far as the 6 of this run");
    task[5] = "--steps=6";
    assertThat(fine(task).err()).doesNotContain("times as far");
  }

  @Test
  void itsSettingIsVaried() {
    assertThat(fine("eval", "--plugins", jar, "--help").out()).contains("--point-noise=S");

    String table =
        fine("eval", run, "--plugins", jar, "--point-noise", "0.01,0.5", "--steps", "6").out();

    assertThat(table).contains("point-noise").contains("0.01").contains("0.5");
    assertThat(table.lines().filter(line -> line.matches(".* 6( .*)"))).hasSize(2);
  }

  @Test
  void itsProbeIsUsed() {
    assertThat(fine("probe", run, "--plugins", jar, "--rows", "100").out())
        .contains("points of y = ±√x")
        .contains("|y|");
  }

  @Test
  void givenAnswersAreRankedByEnergy() throws IOException {
    String x = Files.writeString(folder.resolve("x.txt"), "2.25\n").toString();
    String y = Files.writeString(folder.resolve("y.txt"), "0\n1.5\n-9\n").toString();

    String out = fine("verify", run, "--plugins", jar, "--context", x, "--candidates", y).out();

    assertThat(out).containsSubsequence("1.5", "-9.0");
    assertThat(refusal("verify", run, "--plugins", jar, "--context", y, "--candidates", y))
        .isEqualTo("ebt: " + y + " has 3 numbers; one x expected\n");
  }

  @Test
  void allOfThemAreListed() {
    assertThat(fine("plugins", "--plugins", jar).out())
        .containsPattern("curve-points +\\(curve\\) +a CSV file")
        .containsPattern("point-noise +\\(curve\\)")
        .containsPattern("curve-points +\\(curve\\) +a threshold on the energy")
        .containsPattern("curve-answers +\\(curve\\) +a file with one x");
  }

  @Nested
  class CurveTaskTest extends TaskReaderContract {
    @Override
    protected TaskReader reader() {
      return evaluations.task("curve-points");
    }

    @Override
    protected String content() {
      return "1\n2\n3\n";
    }

    @Override
    protected Modality modality() {
      return parts.modality();
    }
  }

  @Nested
  class CurveAnswersTest extends AnswerReaderContract {
    @Override
    protected AnswerReader reader() {
      return evaluations.answerReader(parts);
    }

    @Override
    protected String context() {
      return "2.25\n";
    }

    @Override
    protected String answers() {
      return "1.5\n0\n";
    }

    @Override
    protected Modality modality() {
      return parts.modality();
    }
  }

  @Nested
  class PointNoiseTest extends VariedSettingContract {
    @Override
    protected VariedSetting setting() {
      return evaluations.variedSettings().stream()
          .filter(each -> each.name().equals("point-noise"))
          .findFirst()
          .orElseThrow();
    }

    @Override
    protected Catalog catalog() {
      return catalog;
    }

    @Override
    protected String recipe() {
      return "curve";
    }

    @Override
    protected double[] values() {
      return new double[] {0.1, 0.2};
    }
  }

  @Nested
  class CurveProbeTest extends ProbeContract {
    @Override
    protected Probe probe() {
      return evaluations.probe(parts).orElseThrow();
    }

    @Override
    protected RunParts model() {
      return parts;
    }

    @Override
    protected RunParts other() {
      return other;
    }
  }

  @Nested
  class BranchesTest extends ReportSectionContract {
    @Override
    protected Catalog catalog() {
      return catalog;
    }

    @Override
    protected String section() {
      return "curve-branches";
    }

    @Override
    protected Path run() {
      return Path.of(run);
    }

    @Override
    protected Optional<Path> other() {
      return Optional.empty();
    }
  }

  @Nested
  class WidthsTest extends ExperimentContract {
    @Override
    protected Catalog catalog() {
      return catalog;
    }

    @Override
    protected String experiment() {
      return "curve-widths";
    }
  }

  /** The section of ebt itself that needs a run of a recipe with an expectation. */
  @Nested
  class ExpectationTest extends ReportSectionContract {
    @Override
    protected Catalog catalog() {
      return catalog;
    }

    @Override
    protected String section() {
      return "expectation";
    }

    @Override
    protected Path run() {
      return Path.of(run);
    }

    @Override
    protected Optional<Path> other() {
      return Optional.empty();
    }
  }
}
