package dev.ebt.bench.example;

import static dev.ebt.bench.Commands.fine;
import static dev.ebt.bench.Commands.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ebt.bench.Commands;
import dev.ebt.config.Overrides;
import dev.ebt.interact.CommonOptions;
import dev.ebt.interact.Content;
import dev.ebt.interact.Input;
import dev.ebt.interact.Interactions;
import dev.ebt.interact.Output;
import dev.ebt.plugin.Catalog;
import dev.ebt.plugin.Plugins;
import dev.ebt.run.TrainedModel;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The curve of {@code docs/examples/curve} through the same commands as everything else. */
class CurvePluginTest {
  private static final Pattern PREDICTION =
      Pattern.compile("predicted x = ([0-9.]+) -> y = ([-+][0-9.]+)");

  @TempDir static Path folder;
  private static String jar;
  private static String run;
  private static Commands training;

  @BeforeAll
  static void train() {
    jar = ExamplePlugin.jar("curve", folder).toString();
    run = folder.resolve("run").toString();
    training =
        fine(
            "train",
            "--plugins",
            jar,
            "--recipe",
            "curve",
            "--out",
            run,
            "--backend",
            "reference",
            "--set",
            "training.steps=120");
  }

  @Test
  void isListedWithItsOrigin() {
    String listing = fine("plugins", "--plugins", jar).out();

    assertThat(listing.lines().map(String::strip))
        .anyMatch(line -> line.matches("curve +\\(curve\\) +a number y for a number x; .*"))
        .anyMatch(line -> line.matches("curve +\\(curve\\) +noisy points of y = ±√x"))
        .anyMatch(line -> line.matches("curve-energy +\\(curve\\) +.*"))
        .anyMatch(line -> line.matches("curve +\\(curve\\) +Both branches of .*, in seconds"))
        .anyMatch(line -> line.matches("curve +\\Q" + jar + "\\E"));
    assertThat(fine("plugins").out()).doesNotContain("(curve)");
  }

  @Test
  void trainingSaysWhatIsLearntAndHowToGoOn() {
    assertThat(training.err())
        .contains("curve energy, two layers of 32 neurons, 1,185 parameters")
        .contains("points of y = ±√x with noise 0.05: 2,048 for training, 512 for validation")
        .containsPattern("it predicts x = [0-9.]+ -> y = [-+][0-9.]+")
        .doesNotContain("it writes");
    assertThat(training.out())
        .contains("./ebt think " + run + " --plugins " + jar + " --out curve.svg\n");
  }

  @Test
  void aTrainingThatLearnsNothingIsSaidToBeOutsideWhatIsExpected() {
    String[] other = {
      "train",
      "--plugins",
      jar,
      "--recipe",
      "curve",
      "--backend",
      "reference",
      "--out",
      folder.resolve("other").toString(),
      "--set",
      "training.steps=100",
      "--set",
      "training.learningRate=1e-9",
      "--set",
      "training.batch=2"
    };
    assertThat(fine(other).err())
        .containsPattern(
            "note +validation.distance after update 100 is \\S+; trainings by recipe 'curve' have had"
                + " 0\\.000 to 0\\.1730\\. Usual reason: schedule.decaySteps is 100 instead of 300,"
                + " training.batch is 2 instead of 64, training.learningRate is 0.000000001 ");
  }

  @Test
  void evaluationIsATableByThinkingSteps() {
    String table = fine("eval", run, "--plugins", jar, "--steps", "1,2,4").out();

    assertThat(table).contains("over 512 predictions");
    assertThat(
            table
                .lines()
                .filter(
                    line -> line.matches(" +steps +evaluations +seconds +loss +energy +distance")))
        .hasSize(1);
    assertThat(table.lines().filter(line -> line.matches(" +[124]( +-?[0-9.]+){5}"))).hasSize(3);
  }

  @Test
  void predictionsAreShownWithTheirEnergies() {
    String shown = fine("think", run, "--plugins", jar, "--count", "3", "--steps", "4").out();

    assertThat(shown.lines().filter(line -> line.startsWith("target    x = "))).hasSize(3);
    List<String> energies = shown.lines().filter(line -> line.startsWith("energy  ")).toList();
    assertThat(energies)
        .hasSize(3)
        .allMatch(line -> line.matches("energy {4}[▁-█]{5} ( *-?[0-9.]+){5}"));
    assertThat(predictions(shown)).hasSize(3);
  }

  @Test
  void seedAndToleranceAreHeeded() {
    String first = fine("think", run, "--plugins", jar, "--seed", "1").out();
    String again = fine("think", run, "--plugins", jar, "--seed", "1").out();
    String other = fine("think", run, "--plugins", jar, "--seed", "2").out();
    String lazy = fine("think", run, "--plugins", jar, "--seed", "1", "--tolerance", "1000").out();

    assertThat(again).isEqualTo(first);
    assertThat(other).isNotEqualTo(first);
    assertThat(lazy).isNotEqualTo(first);
    assertThat(first).doesNotContain("totalEvaluations");
    assertThat(lazy)
        .as("settled in the second step")
        .containsPattern(
            "predictions +totalEvaluations +evaluationsPerPrediction\\R +5 +10 +2\\.0000\\R");
    assertThat(fine("think", run, "--plugins", jar, "--x=1", "--tolerance=1000", "--steps=9").out())
        .containsPattern("evaluations\\R.* 2\\.0000\\R");
  }

  @Test
  void whatIsOnlyForTextIsRefused() {
    assertThat(refusal("think", run, "--plugins", jar, "--prompt", "x"))
        .isEqualTo(
            "ebt: --prompt is for text; this run has modality 'curve'. Without it, predictions are"
                + " shown\n");
    assertThat(refusal("think", run, "--plugins", jar, "--top-k", "3"))
        .startsWith("ebt: --top-k is for text; this run has modality 'curve'.");
  }

  @Test
  void itsOwnOptionIsListedAndTaken() {
    assertThat(fine("think", "--plugins", jar, "--help").out())
        .contains("For curves:", "--x=X", "--points=FILE", "Of a curve: a drawing");
    assertThat(fine("think", "--help").out()).doesNotContain("--points");

    List<String> table =
        fine("think", run, "--plugins", jar, "--x", "0.5,2.25").out().lines().toList();
    assertThat(table.get(0).strip()).matches("x +y +energy");
    assertThat(table.get(1).strip()).matches("0\\.5000 +-?\\d\\.\\d+ +-?\\d+\\.\\d+");
    assertThat(table.get(2).strip()).startsWith("2.2500 ");
    assertThat(refusal("think", run, "--plugins", jar, "--x", "0.5,NaN"))
        .contains("--x is [0.5, NaN]; finite numbers expected");
    assertThat(refusal("think", run, "--plugins", jar, "--out", "curve.png"))
        .contains("--out is curve.png; the drawing is SVG");
    assertThat(refusal("think", "--plugins", jar, "--x", "0.5"))
        .startsWith("ebt: --x is for curves; this run has modality 'text'. Without it, text is");
    assertThat(refusal("think", run, "--plugins", jar, "--x", "0.5", "--top-k", "3"))
        .startsWith("ebt: --top-k is for text; this run has modality 'curve'.");
  }

  @Test
  void pointsAreReadFromAFileOrAStreamAndDrawn() throws IOException {
    String csv = "x,y\n1.0,1.02\n4.0,-2\n\n2.25\n";
    Path points = Files.writeString(folder.resolve("points.csv"), csv);
    Path drawing = folder.resolve("drawings/curve.svg");
    String out =
        fine(
                "think",
                run,
                "--plugins",
                jar,
                "--points",
                points.toString(),
                "--out",
                drawing.toString())
            .out();

    assertThat(out.lines().findFirst().orElseThrow().strip()).matches("x +y +given +energy");
    assertThat(out)
        .endsWith(drawing + ": y = ±√x, and predictions as dots" + System.lineSeparator());
    String svg = Files.readString(drawing);
    assertThat(svg).startsWith("<svg ").endsWith("</svg>\n");
    assertThat(svg.lines().filter(line -> line.startsWith("<circle"))).hasSize(2 + 3);

    byte[] input = csv.getBytes(StandardCharsets.UTF_8);
    Commands read = Commands.withInput(input, "think", run, "--plugins", jar, "--points", "-");
    assertThat(read.outWithoutSeconds())
        .isEqualTo(
            fine("think", run, "--plugins", jar, "--points", points.toString())
                .outWithoutSeconds());
  }

  @Test
  void aProgramGetsTheSameOutputsAsValues() throws IOException {
    Catalog catalog = Plugins.discover(List.of(Path.of(jar)));
    Path drawing = folder.resolve("not-written.svg");
    List<Output> outputs = new ArrayList<>();
    try (TrainedModel model =
        TrainedModel.open(catalog, Path.of(run), "latest", Overrides.none())) {
      Interactions.of(catalog)
          .run(
              "curve",
              model,
              CommonOptions.of(6),
              Map.of("--points", Input.of("mine", "4"), "--out", drawing),
              outputs::add);
    }

    assertThat(outputs).hasSize(2);
    Map<String, Object> row = ((Output.Table) outputs.get(0)).rows().get(0);
    assertThat(Math.abs((double) row.get("y"))).isBetween(1.0, 3.0);
    Content content = ((Output.File) outputs.get(1)).content();
    assertThat(content.mediaType()).isEqualTo("image/svg+xml");
    assertThat(new String(content.encode(), StandardCharsets.UTF_8)).startsWith("<svg ");
    assertThat(drawing).doesNotExist();
  }

  @Test
  void aLineThatIsNoPointIsNamed() throws IOException {
    Path points = Files.writeString(folder.resolve("bad.csv"), "1,1\n2,two\n");
    assertThat(refusal("think", run, "--plugins", jar, "--points", points.toString()))
        .isEqualTo("ebt: " + points + ", line 2: '2,two'; one or two numbers expected, x or x,y\n");
    assertThat(refusal("think", run, "--plugins", jar, "--points", folder + "/no.csv"))
        .isEqualTo("ebt: no file " + folder + "/no.csv\n");
  }

  @Test
  void withoutTheJarEverythingMissingIsNamed() {
    for (String command : List.of("eval", "think")) {
      assertThat(refusal(command, run))
          .startsWith("ebt: 3 problems in the configuration:")
          .contains("config.yaml, line ")
          .contains("unknown modality 'curve'. Known: ")
          .contains("unknown dataset 'curve'. Known: ")
          .contains("unknown model 'curve-energy'. Known: ")
          .contains("; --plugins JAR adds those of a plugin");
    }
    assertThat(refusal("train", "--resume", run)).contains("unknown modality 'curve'");
    assertThat(refusal("train", "--recipe", "curve", "--out", run + "-2"))
        .startsWith("ebt: unknown recipe 'curve'. Known: ")
        .endsWith("; --plugins JAR adds those of a plugin\n");
  }

  @Test
  void anOptionalSettingMayBeCalledLikeAMethodOfThePart() {
    assertThat(training.err()).contains("two layers of 32 neurons");
    assertThat(
            fine(
                    "train",
                    "--plugins",
                    jar,
                    "--recipe",
                    "curve",
                    "--out",
                    run + "-narrow",
                    "--backend",
                    "reference",
                    "--set",
                    "model.width=8",
                    "--set",
                    "training.steps=1")
                .err())
        .contains("two layers of 8 neurons");
  }

  @Test
  void mistakesInItsSettingsAreToldLikeOurs() {
    String told =
        refusal(
            "train",
            "--plugins",
            jar,
            "--recipe",
            "curve",
            "--out",
            run + "-3",
            "--set",
            "model.width=0",
            "--set",
            "data.nois=1",
            "--set",
            "modality.scale=small");

    assertThat(told)
        .startsWith("ebt: 3 problems in the configuration:")
        .contains("model.width is 0; at least 1 expected")
        .contains("unknown key in data: 'nois': did you mean 'noise'?")
        .contains("modality.scale is the text 'small'; a number expected");
  }

  @Test
  void partsThatDoNotFitEachOtherAreNamed() {
    assertThat(refusal("train", "--plugins", jar, "--set", "data=curve", "--out", run + "-4"))
        .startsWith("ebt: data 'curve' does not fit modality 'text': its rows have x REAL [1, 1]");
    assertThat(
            refusal(
                "train",
                "--plugins",
                jar,
                "--recipe",
                "curve",
                "--set",
                "data=brackets",
                "--out",
                run + "-5"))
        .isEqualTo("ebt: dataset 'brackets' is text: it needs the modality 'text'\n");
  }

  private static List<MatchResult> predictions(String shown) {
    return PREDICTION.matcher(shown).results().toList();
  }
}
