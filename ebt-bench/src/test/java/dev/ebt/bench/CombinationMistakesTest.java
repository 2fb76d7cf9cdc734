package dev.ebt.bench;

import static dev.ebt.bench.Commands.fine;
import static dev.ebt.bench.Commands.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ebt.config.Overrides;
import dev.ebt.plugin.Catalog;
import dev.ebt.plugin.Configurations;
import dev.ebt.plugin.Plugins;
import dev.ebt.plugin.RunConfiguration;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Settings that are each fine, and together do nothing or not what they say, are refused. */
class CombinationMistakesTest {
  @TempDir static Path folder;
  private static Tiny tiny;

  @BeforeAll
  static void write() throws IOException {
    tiny = Tiny.in(folder);
  }

  private static String[] train(String assignments) {
    List<String> more = new ArrayList<>();
    for (String assignment : assignments.split(" ")) {
      more.addAll(List.of("--set", assignment));
    }
    return tiny.train("run", more.toArray(String[]::new));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "thinking.learnStepSize=false thinking.stepSizeRate=7 | thinking.stepSizeRate is 7.0, but thinking.learnStepSize is false",
        "thinking.learnStepSize=false thinking.maximumStepSize=5 | thinking.maximumStepSize is 5.0, but thinking.learnStepSize is false",
        "modality.initial=zeros modality.scale=2 | modality.scale is 2.0, but modality.initial is not noise",
        "training.warmUp=0 training.warmUpStart=0.1 | schedule.warmUpStart is 0.1, but schedule.warmUp is 0",
        "model.conditioning=time_embed thinking.landscapes=3 | thinking.landscapes is 3 and objective.steps 2: model 'autoregressive' is conditioned on the landscape, and those after the first 2 would never be used; thinking.landscapes=2 expected",
        "model.conditioning=adaln thinking.landscapes=3 | thinking.landscapes is 3 and objective.steps 2: ",
        "thinking.trajectorySteps=8 | thinking.trajectorySteps is 8, but objective 's1' takes steps of thinking.stepSize in training; leave it out",
        "thinking.stepSizeFactors=[0.5] | thinking.stepSizeFactors is for a trained model; train without it",
        "regularizers=[random-step-count] | regularizer 'random-step-count' takes each landscape's step several times, and without it there are 2 steps for thinking.landscapes 1 already; objective.steps=1 expected",
        "objective.steps=1 regularizers=[random-step-count,random-step-count] | and without it there are 3 steps for thinking.landscapes 1 already",
        "model.conditioning=time_embed thinking.landscapes=2 thinking.optimizer=backtracking | thinking.optimizer is backtracking, which compares the energies of different steps, and thinking.landscapes is 2",
        "model.conditioning=time_embed thinking.landscapes=2 thinking.stop=energy-settled | thinking.stop is energy-settled, which compares the energies of different steps, and thinking.landscapes is 2",
        "optimizer=backtracking | optimizer 'backtracking' compares energies, which parameters do not have",
        "thinking.updateRule=model-input modality.temperature=1 | thinking.updateRule=model-input does"
            + " not converge with the analytic energy term of modality \'text\'",
        "model.name=transformer objective.name=likelihood thinking.stepSize=2 | --set thinking.stepSize=2: model 'transformer' does not think, so this has no effect",
        "model.name=transformer objective.name=likelihood modality.temperature=1 | --set modality.temperature=1: model 'transformer' does not think, so this has no effect",
        "model.name=transformer objective.name=likelihood modality.initial=zeros | --set modality.initial=zeros: model 'transformer' does not think",
        "model.name=transformer objective.name=likelihood regularizers=[replay] | regularizers act on thinking, and model 'Transformer++",
        "model.name=transformer | this objective trains energy models, and model 'Transformer++",
        "model.name=transformer objective.name=likelihood model.conditioning=adaln | model.conditioning is for energies",
        "model.name=joint | modality.name is a modality with predictions of shape [",
        "model.name=joint-transformer objective.name=likelihood | and model 'joint-transformer' lets each position see all others",
        "objective.name=s2 objective.labelSmoothing=0.1 | objective.labelSmoothing is 0.1",
      })
  void isRefusedWithTheReason(String assignments, String message) {
    assertThat(refusal(train(assignments))).contains(message);
    assertThat(folder.resolve("run")).doesNotExist();
  }

  /** What a complete configuration says anyway is no mistake. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "thinking: {stepSize: 0.5, stepSizeRate: 1.5}     | stepSizeRate",
        "thinking: {stepSize: 0.5, maximumStepSize: 5.0}  | maximumStepSize",
        "modality: {name: text, initial: zeros, scale: 1} | scale",
        "modality: {name: video, initial: last, scale: 1} | scale",
      })
  void defaultsThatHaveNoEffectAreLeftOut(String yaml, String key) {
    assertThat(Configurations.write(load(yaml))).doesNotContain(key + ": ");
  }

  @Test
  void whatAFileOrRecipeSaysIsUnsetWithNull() {
    RunConfiguration run =
        load(
            "thinking: {learnStepSize: true, stepSizeRate: 7}",
            "thinking.learnStepSize=false",
            "thinking.stepSizeRate=null");
    assertThat(run.thinking().hyperparameters().stepSizeRate()).isNull();
    Catalog catalog = Plugins.discover(List.of());
    Overrides fixed = Overrides.of("thinking.learnStepSize=false", "thinking.stepSize=5");
    assertThat(
            Configurations.load(catalog, "s1", null, fixed)
                .thinking()
                .hyperparameters()
                .stepSizeRate())
        .isNull();
  }

  private static RunConfiguration load(String yaml, String... overrides) {
    String data = yaml.contains("video") ? "\ndata: bouncing" : "";
    return Configurations.parse(
        Plugins.discover(List.of()), "my.yaml", yaml + data, Overrides.of(overrides));
  }

  @Test
  void anUnconditionedModelMayTakeFewerStepsThanThereAreLandscapes() {
    fine(tiny.train("fewer", "--set", "thinking.landscapes=3"));
  }

  @Test
  void aBaselineMayHaveAFileWithThinkingButNoneByHand() {
    String[] baseline = {
      "--set", "model.name=transformer", "--set", "objective.name=likelihood",
    };
    fine(tiny.train("baseline", baseline));
    assertThat(refusal("eval", tiny.path("baseline"), "--set", "thinking.stepSize=2"))
        .startsWith("ebt: --set thinking.stepSize=2: model 'transformer' does not think");
  }

  @Test
  void toleranceIsRefusedWhereEachStepHasItsOwnEnergyFunction() {
    fine(
        tiny.train(
            "landscapes",
            "--set",
            "model.conditioning=time_embed",
            "--set",
            "thinking.landscapes=2"));
    String run = tiny.path("landscapes");
    assertThat(refusal("think", run, "--prompt=a", "--count=1", "--tolerance=0.1"))
        .startsWith(
            "ebt: --tolerance compares the energies of different steps, and thinking.landscapes is"
                + " 2");
    fine("think", run, "--prompt=a", "--count=1");
  }

  /** α is in the checkpoint, which must not win over what the user says. */
  @Test
  void aTrainedModelThinksWithTheStepSizeThatIsSetByHand() {
    fine(tiny.train("alpha", "--set", "thinking.learnStepSize=false"));
    String[] eval = {"eval", tiny.path("alpha"), "--steps=1", "--json"};
    String trained = fine(eval).outWithoutSeconds();
    String[] longer = {eval[0], eval[1], eval[2], eval[3], "--set=thinking.stepSize=7"};
    assertThat(fine(longer).outWithoutSeconds()).isNotEqualTo(trained);
    assertThat(fine(eval).outWithoutSeconds()).isEqualTo(trained);
  }

  @Test
  void resumedTrainingGoesOnWithTheStepSizeThatIsSetByHand() {
    fine(tiny.train("further", "--set", "thinking.learnStepSize=false"));
    String[] more = {"--set", "thinking.stepSize=7", "--set", "training.steps=6"};
    fine(tiny.resume("further", more));
    String[] eval = {"eval", tiny.path("further"), "--steps=1", "--json"};
    String[] same = {eval[0], eval[1], eval[2], eval[3], "--set=thinking.stepSize=7"};
    assertThat(fine(eval).outWithoutSeconds()).isEqualTo(fine(same).outWithoutSeconds());
  }

  /** Rows of a replay buffer that the resumed training does not have any more. */
  @Test
  void memoryThatIsDroppedOnResumingIsTold() {
    fine(tiny.train("replay", "--set", "regularizers=[replay]"));
    String[] without = {"--set", "regularizers=[]", "--set", "training.steps=6"};
    assertThat(fine(tiny.resume("replay", without)).err())
        .contains(
            "memory    the saved state of 'replay' is dropped: no configured regularizer has a replay"
                + " buffer of this name\n");
  }
}
