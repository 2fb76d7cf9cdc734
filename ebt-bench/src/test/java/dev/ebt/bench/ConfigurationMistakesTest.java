package dev.ebt.bench;

import static dev.ebt.bench.Commands.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is wrong with a configuration is told with its place before anything is written. */
class ConfigurationMistakesTest {
  @TempDir static Path folder;
  private static Tiny tiny;

  @BeforeAll
  static void write() throws IOException {
    tiny = Tiny.in(folder);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "training.stepz=3         | unknown key in training: 'stepz': did you mean 'steps'?",
        "training..steps=3        | unknown key in training: ''. Known: ",
        "training.steps=three     | training.steps is the text 'three'; an integer expected",
        "training.steps=1.5       | training.steps is 1.5; an integer expected",
        "training.steps=0         | training.steps is 0; at least 1 expected",
        "training.steps=-1        | training.steps is -1; at least 1 expected",
        "training.batch=99999999  | training.batch is 99999999; at most 65536 expected",
        "training.learningRate=0  | training.learningRate is 0.0; a positive number expected",
        "training=3               | training is 3; a mapping of keys to values expected",
        "model.width=9            | model.width 9 is not divisible by model.heads 2; for instance",
        "model.width=6            | model.width 6 over model.heads 2 makes heads of odd size 3",
        "model.width=1000000000   | model.width is 1000000000; 1 to 65536 expected",
        "model.layers=100000000   | model.layers is 100000000; 1 to 1024 expected",
        "model.heads=0            | model.heads is 0; 1 to 65536 expected",
        "model.size=huge          | model.size is 'huge', which is unknown. Known: 3xs, 4xs, ",
        "model.conditioning=tim   | unknown model.conditioning 'tim'",
        "modality.length=0        | modality.length is 0; 1 to 32768 expected",
        "modality.length=99999999 | modality.length is 99999999; 1 to 32768 expected",
        "modality.tokenizer=byts  | unknown tokenizer 'byts': did you mean 'bytes'?",
        "thinking.stepSize=-1     | thinking.stepSize is -1.0; a positive number expected",
        "thinking.stepSizeRate=-1 | thinking.stepSizeRate is -1.0; 0 or more expected",
        "thinking.move=mirror     | thinking.move has been renamed; use thinking.updateRule",
        "thinking.updateRule=digested | thinking.updateRule=digested has been renamed; use"
            + " model-input",
        "objective.soften=0.1     | objective.soften has been renamed; use objective.labelSmoothing",
        "thinking.updateRule=up   | unknown thinking.updateRule 'up'. Known: candidate, mirror,",
        "objective.steps=-1       | objective.steps is -1; 1 or more expected, or 0 for",
        "optimizer.beta1=2        | optimizer.beta1 is 2.0; 0 or more and below 1 expected",
        "model.name=autoregresive | unknown model 'autoregresive': did you mean 'autoregressive'?",
        "backend.name=tensorflo   | unknown backend 'tensorflo': did you mean 'tensorflow'?",
        "data.name=brakets        | unknown dataset 'brakets': did you mean 'brackets'?",
        "objective.name=s3        | unknown objective 's3': did you mean 's1'?",
        "optimizer.name=sdg       | unknown optimizer 'sdg'",
        "modality.name=txt        | unknown modality 'txt': did you mean 'text'?",
        "seed=abc                 | seed is the text 'abc'; an integer expected",
        "training.steps           | path=value expected, such as training.steps=100",
        "=3                       | path=value expected, such as training.steps=100",
      })
  void valueIsNamedWithItsPlace(String assignment, String message) {
    assertThat(refusal(tiny.train("run", "--set", assignment)))
        .contains("--set " + assignment + ": " + message);
    assertThat(folder.resolve("run")).doesNotExist();
  }

  @Test
  void stepSizeThatIsLearntLiesWithinItsBounds() {
    assertThat(refusal(tiny.train("run", "--set", "thinking.maximumStepSize=0.5")))
        .contains(
            "thinking.stepSize is 1.0; from 1.0E-4 to thinking.maximumStepSize, 0.5, expected");
  }

  @Test
  void batchBeyondAllMemoryIsTold() {
    assertThat(
            refusal(
                tiny.train(
                    "run", "--set", "training.batch=65536", "--set", "modality.length=1000")))
        .contains("training.batch 65536 with candidates of [1000, 256] exceeds 2147483647 values");
  }

  @Test
  void emptyOrDoubleAssignmentIsTold() {
    assertThat(refusal(tiny.train("run", "--set", "training.steps=")))
        .isEqualTo("ebt: --set training.steps= is empty; a value for training.steps expected\n");
    assertThat(refusal(tiny.train("run", "--set", "training.steps=1", "--set", "training.steps=2")))
        .contains("training.steps is set twice; once expected");
  }

  @Test
  void allThatIsWrongIsToldAtOnceWithItsLines() throws IOException {
    String file =
        tiny.write(
            "wrong.yaml",
            """
            training:
              steps: 10
              steps: 20
              batsh: 3
            model:
              name: autoregressive
              width: wide
            regularizers: [langevn]
            """);
    assertThat(refusal("train", file, "--out", tiny.path("run")))
        .startsWith("ebt: 4 problems in the configuration:\n")
        .contains(
            file + ", line 3: the key 'training.steps' is here a second time; the first is in")
        .contains(file + ", line 4: unknown key in training: 'batsh': did you mean 'batch'?")
        .contains(file + ", line 7: model.width is the text 'wide'; an integer expected")
        .contains(file + ", line 8: unknown regularizer 'langevn': did you mean 'langevin'?");
  }

  @Test
  void fileThatIsNoneIsToldAndDataTakenForOneGetsAHint() throws IOException {
    assertThat(refusal("train", tiny.path("missing.yaml")))
        .isEqualTo("ebt: " + tiny.path("missing.yaml") + ": no such file\n");
    assertThat(refusal("train", tiny.write("no.yaml", "training: [steps")))
        .startsWith("ebt: " + tiny.path("no.yaml") + ", line ")
        .contains("not YAML: ");
    assertThat(refusal("train", tiny.write("empty.yaml", "")))
        .isEqualTo(
            "ebt: "
                + tiny.path("empty.yaml")
                + " is empty; a mapping of keys to values expected\n");
    assertThat(refusal("train", tiny.write("book.txt", "It was the best of times. ".repeat(50))))
        .contains("book.txt: the text 'It was the best of times. It was the best of times. ")
        .hasSizeLessThan(400)
        .endsWith("If it is your data: --data " + tiny.path("book.txt") + "\n");
    assertThat(refusal("train", folder.toString())).contains("it is a folder; a file expected");
  }

  @Test
  void unknownRecipesAndPluginsAreTold() throws IOException {
    assertThat(refusal("train", "--recipe", "txt"))
        .startsWith("ebt: unknown recipe 'txt': did you mean 'text'? Known: ");
    assertThat(refusal("init", "--recipe", "txt")).startsWith("ebt: unknown recipe 'txt'");
    assertThat(refusal("plugins", "--plugins", tiny.path("my.jar")))
        .isEqualTo("ebt: plugin " + tiny.path("my.jar") + ": no such file or folder\n");
    assertThat(refusal("train", "--plugins", tiny.write("text.jar", "no jar")))
        .contains("text.jar is not a jar that can be read");
  }
}
