package dev.ebt.bench.toy;

import static dev.ebt.bench.Commands.fine;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ebt.bench.Commands;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a user types about distributions whose truth is known. */
class ToyCommandsTest {
  @TempDir static Path folder;
  private static String known;
  private static String relaxed;

  /** Trains one negligible update of the true energies. */
  @BeforeAll
  static void train() {
    known = trained("known", "toy-mixture");
    relaxed =
        trained(
            "relaxed",
            "toy-mixture",
            "data.distribution=ising-relaxed",
            "model.distribution=ising-relaxed",
            "modality.dimension=16",
            "objective.low=-9",
            "objective.high=9");
  }

  private static String trained(String name, String recipe, String... more) {
    String run = folder.resolve(name).toString();
    List<String> line =
        new ArrayList<>(
            List.of("train", "--recipe", recipe, "--out", run, "--backend", "reference"));
    List<String> settings =
        new ArrayList<>(
            List.of(
                "model.name=toy-energy",
                "modality.prior=0",
                "training.steps=1",
                "training.learningRate=1e-6",
                "training.batch=8",
                "training.validationRows=8",
                "data.points=64",
                "data.validationPoints=64",
                "objective.steps=4"));
    for (String each : more) {
      String path = each.substring(0, each.indexOf('='));
      settings.removeIf(usual -> usual.startsWith(path + "=") || usual.startsWith(path + "."));
      settings.add(each);
    }
    settings.forEach(each -> line.addAll(List.of("--set", each)));
    fine(line.toArray(String[]::new));
    return run;
  }

  @Test
  void anEvaluationWarnsOfASamplerWithoutSamples() {
    String[] eval = {"eval", known, "--limit=8", "--steps=5", "--set=thinking.optimizer=hmc", ""};
    eval[5] = "--set=thinking.stepSize=100";
    assertThat(fine(eval).err())
        .contains(
            "ebt: no move of the sampler was accepted: thinking.stepSize is 100.0; a smaller one"
                + " expected, such as --set thinking.stepSize=10");
    eval[5] = "--set=thinking.stepSize=0.01";
    assertThat(fine(eval).err()).doesNotContain("accepted");
    eval[4] = "--set=thinking.optimizer=langevin";
    eval[5] = "--set=thinking.stepSize=100";
    assertThat(fine(eval).err())
        .contains("ebt: predictions have left for infinity: either the step is too large")
        .contains("or the energy is not bounded below");
  }

  @Test
  void aTrainingWarnsOfChainsWithoutSamples() {
    assertThat(chains("stuck", 20, "thinking.optimizer=hmc", "thinking.stepSize=100"))
        .contains("no chain of training has moved in the last 20 updates")
        .contains("Try a tenth of thinking.stepSize")
        .contains("ebt: no move of the sampler was accepted");
    assertThat(chains("json", 1, "thinking.optimizer=hmc", "thinking.stepSize=100", "--json"))
        .contains("ebt: no move of the sampler was accepted");
    assertThat(chains("lost", 2, "thinking.stepSize=100"))
        .contains("the chains of 100.0 % of the predictions have left for numbers above 1e+06")
        .contains("not bounded below");
    assertThat(chains("fine", 21, "thinking.stepSize=0.01"))
        .doesNotContain("chains of", "no chain");
  }

  /**
   * Returns what is said about contrastive divergence.
   *
   * @param more settings, or whole options
   */
  private static String chains(String name, int steps, String... more) {
    List<String> line = new ArrayList<>(List.of("train", "--recipe=toy-mixture"));
    line.addAll(List.of("--out", folder.resolve(name).toString(), "--backend=reference"));
    line.add("--set=objective={name: contrastive-divergence, chainSteps: 5, steps: 5}");
    List.of("model=toy-energy", "training.steps=" + steps, "training.batch=4", "data.points=64")
        .forEach(each -> line.add("--set=" + each));
    List.of("training.validationRows=8", "training.learningRate=1e-6")
        .forEach(each -> line.add("--set=" + each));
    List.of(more).forEach(each -> line.add(each.startsWith("--") ? each : "--set=" + each));
    return fine(line.toArray(String[]::new)).err();
  }

  @Test
  void annealedImportanceSamplingFindsThePartitionFunction() throws IOException {
    JsonNode spins =
        sampled(
            relaxed, "--annealing", "150", "--chains", "300", "--samples", "4", "--warm-up", "0");
    double truth = spins.path("knownLogPartition").asDouble();
    assertThat(spins.path("logPartition").asDouble()).isCloseTo(truth, within(0.01 * truth));
    JsonNode mixture =
        sampled(known, "--annealing", "60", "--chains", "2000", "--samples", "4", "--warm-up", "0");
    assertThat(mixture.path("knownLogPartition").asDouble())
        .isCloseTo(Math.log(Math.PI), within(1e-4));
    assertThat(mixture.path("logPartition").asDouble())
        .isCloseTo(Math.log(Math.PI), within(4 * mixture.path("logPartitionError").asDouble()));
  }

  @Test
  void samplingPrintsAcceptanceAndSaysWhereNothingIsAccepted() throws IOException {
    JsonNode found =
        sampled(
            relaxed,
            "--set=thinking.optimizer=hmc",
            "--set=thinking.stepSize=0.3",
            "--chains=20",
            "--samples=20",
            "--warm-up=20");
    assertThat(found.path("acceptance").asDouble()).isBetween(0.5, 1.0);
    assertThat(found.path("effectiveSize").asDouble()).isPositive();
    assertThat(found.path("elements")).hasSize(16);
    assertThat(
            Commands.refusal(
                "sample",
                relaxed,
                "--set=thinking.optimizer=hmc",
                "--set=thinking.stepSize=100",
                "--samples=4"))
        .contains("none of ", " moves was accepted: thinking.stepSize is 100.0; a smaller one");
  }

  @Test
  void chainsThatLeaveSayWhy() {
    assertThat(Commands.refusal("sample", relaxed, "--set=thinking.stepSize=5", "--samples=40"))
        .contains("a chain has left", "thinking.stepSize is 5.0", "bounded");
    assertThat(
            Commands.refusal(
                "think",
                known,
                "--landscape",
                folder.resolve("lost.png").toString(),
                "--set=thinking.stepSize=5",
                "--steps=200",
                "--count=8"))
        .contains("a chain has left", "thinking.stepSize is 5.0", "bounded");
  }

  /** A step alone is no sample of it, so that what thinking does is measured from the first one. */
  @Test
  void aSamplerOfSeveralStepsIsEvaluated() {
    String hmc = "--set=thinking.optimizer={name: hmc, leapfrogSteps: 2}";
    assertThat(fine("eval", known, hmc, "--set=thinking.stepSize=0.1", "--steps=0,3,6").out())
        .contains("gain", "excessEnergy");
    assertThat(Commands.refusal("eval", known, hmc, "--steps=0,4"))
        .contains("4 steps of thinking end within a sample", "a multiple of 3 expected");
  }

  @Test
  void hamiltonianMonteCarloNeedsAMass() {
    assertThat(Commands.refusal("sample", known, "--set=thinking.optimizer={name: hmc, mass: 0}"))
        .contains("thinking.optimizer.mass", "is 0.0; a positive number expected");
  }

  @Test
  void binaryCandidatesAreFlippedAndOthersAreNot() {
    assertThat(Commands.refusal("sample", known, "--set=thinking.optimizer=gibbs"))
        .contains("thinking.optimizer is gibbs", "candidates of -1 and 1");
    assertThat(
            Commands.refusal(
                "train",
                "--recipe",
                "toy-ising",
                "--set=thinking.optimizer=langevin",
                "--out",
                folder.resolve("no").toString()))
        .contains("thinking.optimizer is langevin", "gibbs expected");
  }

  @Test
  void negativesThatDoNotCoverTheDataAreRefused() {
    assertThat(
            Commands.refusal(
                "train",
                "--recipe",
                "toy-mixture",
                "--set=objective.low=-1",
                "--out",
                folder.resolve("no").toString()))
        .contains("objective.low is -1.0, but negatives have to cover the data", "objective.low=-");
  }

  /** E'' of the double well is 6x² − 4.5, at its minima near ±1.5 about 9, and 4 across. */
  @Test
  void theCurvatureTellsMinimaFromOtherPoints() throws IOException {
    String wells =
        trained(
            "wells",
            "toy-mixture",
            "data.distribution=double-well",
            "model.distribution=double-well",
            "thinking.optimizer=gradient-descent",
            "thinking.stepSize=0.02",
            "modality.spread=1");
    for (String backend : List.of("reference", "tensorflow")) {
      JsonNode found =
          new ObjectMapper()
              .readTree(
                  fine(
                          "eval",
                          wells,
                          "--curvature",
                          "--steps=0,200",
                          "--set=backend.name=" + backend,
                          "--limit=40",
                          "--json")
                      .out())
              .path("curvature");
      assertThat(found.get(0).path("negative").asDouble()).as(backend).isBetween(0.4, 0.8);
      assertThat(found.get(0).has("basinRadius")).as("without steps").isFalse();
      assertThat(found.get(1).path("negative").asDouble()).isZero();
      assertThat(found.get(1).path("smallest").asDouble()).isCloseTo(4, within(1e-3));
      assertThat(found.get(1).path("largest").asDouble()).isBetween(8.0, 10.0);
      assertThat(found.get(1).path("convexChords").asDouble()).isBetween(0.1, 0.9);
      assertThat(found.get(1).path("basinRadius").asDouble()).isBetween(1.0, 3.9);
    }
    assertThat(Commands.refusal("eval", wells, known, "--curvature"))
        .contains("--curvature is for one run, and 2 are given");
    assertThat(Commands.refusal("eval", wells, "--curvature", "--noise", "0.2", "--generate"))
        .contains("not together with --generate and --noise; leave that out");
    assertThat(Commands.refusal("eval", wells, "--curvature", "--classify"))
        .contains("--curvature and --classify exclude each other");
  }

  /** The energy of the known distribution does not see the class: a guess among eight. */
  @Test
  void anEnergyThatIgnoresTheClassClassifiesByChance() throws IOException {
    String run = trained("guess", "toy-mixture", "model=toy-energy", "modality.classes=8");
    JsonNode found =
        new ObjectMapper()
            .readTree(fine("eval", run, "--classify", "--json").out())
            .path("classification");
    assertThat(found.path("accuracy").asDouble()).isEqualTo(0.125);
    assertThat(found.path("logLoss").asDouble()).isCloseTo(Math.log(8), within(1e-6));
  }

  /** Modes are six deviations apart: with their classes the energies learn them in seconds. */
  @Test
  void aJointEnergyClassifiesAndGenerates() throws IOException {
    String run =
        trained(
            "joint",
            "toy-mixture",
            "modality.classes=8",
            "model={name: mlp, layers: 2, width: 16}",
            "objective={name: joint-energy, chainSteps: 4, steps: 40}",
            "training.steps=60",
            "training.learningRate=0.02",
            "training.batch=64",
            "modality.prior=4",
            "data.points=512");
    JsonNode found =
        new ObjectMapper()
            .readTree(fine("eval", run, "--classify", "--json").out())
            .path("classification");
    assertThat(found.path("accuracy").asDouble()).isGreaterThan(0.9);
    assertThat(found.path("logLoss").asDouble()).isBetween(0.0, 0.6);
    Path picture = folder.resolve("joint.png");
    assertThat(fine("think", run, "--landscape", picture.toString(), "--count", "16").out())
        .contains("modeError");
    assertThat(Commands.refusal("eval", known, "--classify"))
        .contains("--classify needs a class in the context", "modality.classes");
    assertThat(Commands.refusal("eval", run, "--classify", "--steps", "2"))
        .contains("--steps has no effect");
    assertThat(
            Commands.refusal(
                "train",
                "--recipe=toy-mixture",
                "--set=objective=joint-energy",
                "--out=" + folder.resolve("no")))
        .contains("objective.name=joint-energy classifies", "set modality.classes");
    assertThat(
            Commands.refusal(
                "train",
                "--recipe=toy-mixture",
                "--set=modality.classes=3",
                "--out=" + folder.resolve("no")))
        .contains("modality.classes is 3, but the distribution mixture has 8 modes; 0 or 8");
  }

  @Test
  void theLandscapeIsDrawn() throws IOException {
    Path picture = folder.resolve("landscape.png");
    String out =
        fine("think", known, "--landscape", picture.toString(), "--count", "50", "--steps", "20")
            .out();
    assertThat(out).contains("trueShare", "energyDistance", "excessEnergy", "modeError");
    assertThat(Files.readAllBytes(picture)).startsWith(0x89, 'P', 'N', 'G');
    assertThat(Commands.refusal("think", known, "--landscape", "a.txt")).contains("ends in .png");
  }

  private static JsonNode sampled(String run, String... options) throws IOException {
    List<String> line = new ArrayList<>(List.of("sample", run, "--json"));
    line.addAll(List.of(options));
    return new ObjectMapper().readTree(fine(line.toArray(String[]::new)).out());
  }
}
