package dev.ebt.bench.example;

import static dev.ebt.bench.Commands.fine;
import static dev.ebt.bench.Commands.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ebt.config.Overrides;
import dev.ebt.energy.EnergyTerm;
import dev.ebt.interact.CommonOptions;
import dev.ebt.interact.Interactions;
import dev.ebt.interact.Output;
import dev.ebt.modality.Dataset;
import dev.ebt.modality.Examples;
import dev.ebt.modality.Modality;
import dev.ebt.plugin.Catalog;
import dev.ebt.plugin.Components;
import dev.ebt.plugin.Configurations;
import dev.ebt.plugin.PartContext;
import dev.ebt.plugin.PartSettings;
import dev.ebt.plugin.Plugins;
import dev.ebt.run.TrainedModel;
import dev.ebt.testing.EnergyTermContract;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The constraint of {@code docs/examples/curve}, added to the energy of its model. */
class CurveLineTest extends EnergyTermContract {
  @TempDir static Path folder;
  private static String jar;
  private static String run;
  private static Catalog catalog;
  private static Components parts;

  @BeforeAll
  static void train() {
    jar = ExamplePlugin.jar("curve", folder).toString();
    catalog = Plugins.discover(List.of(Path.of(jar)));
    parts = Components.of(catalog, Configurations.load(catalog, "curve", null, Overrides.none()));
    run = trained("run", "curve-energy");
  }

  private static String trained(String name, String model, String... settings) {
    List<String> command = new ArrayList<>(List.of("train", "--plugins", jar, "--recipe", "curve"));
    command.addAll(List.of("--out", folder.resolve(name).toString(), "--backend", "reference"));
    command.addAll(List.of("--set", "training.steps=60", "--set", "model=" + model));
    command.addAll(List.of(settings));
    fine(command.toArray(String[]::new));
    return folder.resolve(name).toString();
  }

  @AfterAll
  static void close() {
    parts.close();
  }

  @Override
  protected EnergyTerm term() {
    return parts.get(PartContext.class).part(EnergyTerm.class, PartSettings.of("curve-line"));
  }

  @Override
  protected Modality modality() {
    return parts.get(Modality.class);
  }

  @Override
  protected Examples examples() {
    return parts.get(Dataset.class).training();
  }

  private static String predicted(String... options) {
    List<String> command = new ArrayList<>(List.of("think", run, "--plugins", jar));
    command.addAll(List.of("--x", "1,2,3,4", "--seed", "1"));
    command.addAll(List.of(options));
    return fine(command.toArray(String[]::new)).outWithoutSeconds();
  }

  private static double mean(String table) {
    return table
        .lines()
        .filter(line -> line.matches(" +[0-9.]+ +[-0-9.]+ +[-0-9.]+"))
        .mapToDouble(line -> Double.parseDouble(line.strip().split(" +")[1]))
        .average()
        .orElseThrow();
  }

  @Test
  void theConstraintDecidesWhichAnswerIsFound() {
    assertThat(mean(predicted("--energy", "curve-line,intercept=2,weight=2"))).isGreaterThan(1);
    assertThat(mean(predicted("--energy", "curve-line,intercept=-2,weight=2"))).isLessThan(-1);
  }

  @Test
  void anEnergyOfWeightZeroChangesNothing() {
    assertThat(predicted("--energy", "curve-line,weight=0")).isEqualTo(predicted());
  }

  @Test
  void anotherRunIsAddedAndTheOptionIsShortForTheSetting() {
    String other = trained("other", "curve-energy", "--set", "seed=5", "--set", "model.width=8");
    String sum = predicted("--energy", "run,path=" + other + ",weight=0.5");
    assertThat(sum)
        .isNotEqualTo(predicted())
        .isEqualTo(
            predicted(
                "--set", "thinking.energies=[{name: run, path: " + other + ", weight: 0.5}]"));
  }

  @Test
  void evaluationAndProgramsAddThemToo() {
    String[] command = {"eval", run, "--plugins", jar, "--steps", "2"};
    String[] with = {
      "eval", run, "--plugins", jar, "--steps", "2", "--energy", "curve-line,intercept=2"
    };
    assertThat(fine(with).outWithoutSeconds()).isNotEqualTo(fine(command).outWithoutSeconds());

    List<Output> outputs = new ArrayList<>();
    Overrides overrides =
        Overrides.of("thinking.energies=[{name: curve-line, intercept: -2, weight: 2}]");
    try (TrainedModel model = TrainedModel.open(catalog, Path.of(run), "latest", overrides)) {
      Interactions.of(catalog)
          .run("curve", model, CommonOptions.of(6), Map.of("--x", List.of(2.0)), outputs::add);
    }
    Map<String, Object> row = ((Output.Table) outputs.get(0)).rows().get(0);
    assertThat((double) row.get("y")).isLessThan(-1);
  }

  @Test
  void theSettingsAreListedWithTheWeight() {
    assertThat(fine("plugins", "--plugins", jar, "energy.curve-line").out())
        .contains("energy.curve-line (curve)", "weight: number", "slope: number");
  }

  @Test
  void mistakesAreNamed() {
    assertThat(refusedEnergy("curve-line,weight=much"))
        .contains("thinking.energies.0.weight is the text 'much'; a number expected");
    assertThat(refusedEnergy("curve-line,slop=1"))
        .contains("unknown key in thinking.energies.0: 'slop': did you mean 'slope'?");
    assertThat(refusedEnergy("curve-lin"))
        .contains("unknown energy 'curve-lin': did you mean 'curve-line'?");
    assertThat(refusedEnergy("weight=1"))
        .startsWith("ebt: --energy is 'weight=1'; NAME[,KEY=VALUE]...");
    assertThat(refusedEnergy("curve-line,slope=1,slope=2")).startsWith("ebt: --energy is");
    assertThat(refusedEnergy("run")).contains("thinking.energies.0.path is missing");
    assertThat(refusedEnergy("run,path=" + folder.resolve("none")))
        .contains(folder.resolve("none").toString());
  }

  @Test
  void whatHasNoEnergyOrOneOfOtherDataIsRefused() {
    String baseline =
        trained(
            "two",
            "curve-two-answers",
            "--set",
            "objective=curve-two-answers",
            "--set",
            "regularizers=[]");
    assertThat(refusedEnergy("run,path=" + baseline))
        .isEqualTo(
            "ebt: " + baseline + " has model 'curve-two-answers', which has no energy to add\n");
    assertThat(refusal("think", baseline, "--plugins", jar, "--energy", "curve-line", "--x", "1"))
        .contains("model 'curve-two-answers' does not think, so this has no effect");
    String text = folder.resolve("text").toString();
    fine("train", "--recipe", "brackets", "--out", text, "--set", "training.steps=1");
    assertThat(refusedEnergy("run,path=" + text))
        .isEqualTo(
            "ebt: "
                + text
                + " has modality 'text'; the energies of one modality can be added, here"
                + " 'curve'\n");
  }

  @Test
  void trainingWithAnAddedEnergyIsRefused() {
    assertThat(
            refusal(
                "train",
                "--plugins",
                jar,
                "--recipe",
                "curve",
                "--out",
                folder.resolve("refused").toString(),
                "--set",
                "thinking.energies=[curve-line]"))
        .contains("thinking.energies are added to the energy of a trained model");
  }

  private static String refusedEnergy(String energy) {
    return refusal("think", run, "--plugins", jar, "--energy", energy, "--x", "1");
  }
}
