package dev.ebt.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.ebt.config.Assignment;
import dev.ebt.config.Origin;
import dev.ebt.config.Overrides;
import dev.ebt.error.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigurationsTest {
  private static final Catalog CATALOG = Catalog.of(new ToyPlugin());

  private static RunConfiguration read(String yaml, String... overrides) {
    return Configurations.parse(CATALOG, "my.yaml", yaml, Overrides.of(overrides));
  }

  private static String refusal(String yaml, String... overrides) {
    return org.assertj.core.api.Assertions.catchThrowableOfType(
            UserException.class, () -> read(yaml, overrides))
        .getMessage();
  }

  @Test
  void fillsInEveryDefault() {
    RunConfiguration run = read("model: {width: 8}");

    assertThat(run.seed()).isEqualTo(33);
    assertThat(run.backend().name()).isEqualTo("tensorflow");
    assertThat(run.training().steps()).isEqualTo(600);
    assertThat(run.thinking().hyperparameters().landscapes()).isEqualTo(2);
    assertThat(run.optimizer().settings().get("beta2").doubleValue()).isEqualTo(0.999);
    assertThat(run.model().settings().get("heads").intValue()).isEqualTo(4);
    assertThat(run.modality().settings().at("/tokenizer/name").asText()).isEqualTo("byte");
    assertThat(run.modality().settings().at("/tokenizer/vocabulary").asInt()).isEqualTo(256);
  }

  @Test
  void whatMovesCandidatesIsAPartWithDefaultsOfItsOwn() {
    assertThat(read("model: {width: 8}").thinking().optimizer().name())
        .isEqualTo("gradient-descent");
    PartSettings chosen =
        read("model: {width: 8}", "thinking.optimizer=adamw").thinking().optimizer();
    assertThat(chosen.settings().get("beta2").doubleValue()).isEqualTo(0.999);
    assertThatThrownBy(() -> read("model: {width: 8}", "thinking.optimizer.name=adanw"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("unknown optimizer 'adanw'")
        .hasMessageContaining("adamw");
    assertThatThrownBy(() -> read("model: {width: 8}", "thinking.optimizer.beta=0.5"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("beta");
  }

  @Test
  void numbersOfThinkingStandBesideItsPartsAndAreRefusedInTheirLine() {
    String yaml = "model: {width: 8}\nthinking:\n  optimizer: adamw\n  %s\n";

    RunConfiguration run = read(String.format(Locale.ROOT, yaml, "landscapes: 3"));

    assertThat(run.thinking().hyperparameters().landscapes()).isEqualTo(3);
    assertThat(run.thinking().optimizer().name()).isEqualTo("adamw");
    assertThat(refusal(String.format(Locale.ROOT, yaml, "clamp: -1")))
        .isEqualTo("my.yaml, line 4: thinking.clamp is -1.0; 0 (no bound) or more expected");
    assertThat(refusal(String.format(Locale.ROOT, yaml, "clam: 1")))
        .startsWith("my.yaml, line 4: unknown key in thinking: 'clam': did you mean 'clamp'?");
  }

  @Test
  void theScheduleIsAPartThatEndsWithTheTrainingUnlessConfigured() {
    RunConfiguration run = read("model: {width: 8}\ntraining: {steps: 50}");
    assertThat(run.schedule().name()).isEqualTo("cosine");
    assertThat(run.schedule().settings().get("decaySteps").intValue()).isEqualTo(50);
    assertThat(run.schedule().settings().get("warmUp").intValue()).isEqualTo(100);
    assertThat(run.clip().settings().get("norm").doubleValue()).isEqualTo(1);

    RunConfiguration longer = read(Configurations.write(run), "training.steps=90");
    assertThat(longer.schedule().settings().get("decaySteps").intValue())
        .as("a run that goes on keeps its schedule")
        .isEqualTo(50);
    assertThat(read("model: {width: 8}\nschedule: constant").schedule().settings().properties())
        .extracting(Map.Entry::getKey)
        .containsExactlyInAnyOrder("warmUp", "warmUpStart");
  }

  @Test
  void shortFormsInTrainingStandForScheduleAndClip() {
    RunConfiguration run =
        read(
            """
            model: {width: 8}
            training: {warmUp: 7, warmUpStart: 0.5, decaySteps: 70, floor: 0.2, clip: 0.5}
            """);
    assertThat(run)
        .isEqualTo(
            read(
                """
                model: {width: 8}
                schedule: {name: cosine, warmUp: 7, warmUpStart: 0.5, decaySteps: 70, floor: 0.2}
                clip: {name: clip-by-global-norm, norm: 0.5}
                """));
    assertThat(read("model: {width: 8}", "training.warmUp=7", "training.clip=0.5", "clip.norm=0.5"))
        .isEqualTo(read("model: {width: 8}", "schedule.warmUp=7", "clip=0.5"));
    assertThat(
            read("model: {width: 8}\nclip: {name: clip-by-norm, norm: 3}", "training.clip=2")
                .clip()
                .name())
        .isEqualTo("clip-by-global-norm");
    assertThat(read("model: {width: 8}", "training.schedule=constant").schedule().name())
        .isEqualTo("constant");
    assertThat(read("model: {width: 8}\ntraining: {clip: null, warmUp: null}"))
        .isEqualTo(read("model: {width: 8}"));
    assertThat(refusal("model: {width: 8}\nschedule: {warmUp: 7}\ntraining: {warmUp: 7}"))
        .contains(
            "my.yaml, line 3: training.warmUp is short for schedule.warmUp, which is set too; one"
                + " of them expected");
    assertThat(refusal("model: {width: 8}\ntraining: {floor: 2}"))
        .contains("my.yaml, line 2: schedule.floor is 2.0; a fraction from 0 to 1 expected");
    assertThat(refusal("model: {width: 8}", "training.clip=NaN")).contains("clip");
    assertThat(refusal("model: {width: 8}", "schedule=5", "training.warmUp=3"))
        .isEqualTo(
            "--set schedule=5: schedule is 5; a part's name, or a mapping with a 'name', expected");
    assertThat(refusal("model: {width: 8}\nschedule: constant", "training.floor=0.1"))
        .contains("unknown key in schedule: 'floor'");
  }

  @Test
  void writesWhatItReadsBackAsEqual() {
    RunConfiguration run =
        read(
            """
            model: {width: 8, scale: 1e-7, note: "010", sizes: [3]}
            regularizers: [noise, {name: noise, size: 2}]
            """,
            "modality.tokenizer={name: byte, vocabulary: 300}");

    String written = Configurations.write(run);

    assertThat(read(written)).isEqualTo(run);
    assertThat(Configurations.write(read(written))).isEqualTo(written);
    assertThat(written)
        .startsWith("seed: 33\ncompatibility: corrected\nbackend:\n  name: tensorflow\nmodality:\n")
        .contains("note: \"010\"")
        .contains("  stepSize: 1.0\n");
  }

  @Test
  void laysFilesOverRecipesAndSingleValuesOverFiles(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("my.yaml"), "model: {heads: 4}\nseed: 1\n");

    RunConfiguration run = Configurations.load(CATALOG, "small", file, Overrides.of("seed=2"));

    assertThat(run.seed()).isEqualTo(2);
    assertThat(run.model().settings().get("width").asInt()).isEqualTo(64);
    assertThat(run.model().settings().get("heads").asInt()).isEqualTo(4);
    assertThat(run.regularizers()).extracting(PartSettings::name).containsExactly("noise");
  }

  @Test
  void readsJson(@TempDir Path folder) throws IOException {
    Path file =
        Files.writeString(folder.resolve("my.json"), "{\n\t\"model\": {\"width\": 12}\n}\n");

    assertThat(
            Configurations.load(CATALOG, null, file, Overrides.none())
                .model()
                .settings()
                .get("width"))
        .isEqualTo(JsonNodeFactory.instance.numberNode(12));
  }

  @Test
  void dropsTheSettingsOfAPartThatIsReplaced() {
    String yaml = "model: {width: 64, heads: 2}";

    assertThat(read(yaml, "model.name=baseline").model().settings()).isEmpty();
    assertThat(read(yaml, "model=baseline").model().settings()).isEmpty();
    assertThat(read(yaml, "model=autoregressive").model().settings().get("heads").asInt())
        .isEqualTo(2);
    assertThat(refusal(yaml, "model.width=32", "model.name=baseline"))
        .isEqualTo("--set model.width=32: unknown key in model: 'width'. Known: none");
  }

  @Test
  void keepsWhatMeansTheSameToAnotherModelThatIsOnlyNamed() {
    String yaml = "model: {width: 64, heads: 2, scale: 3.0}";

    for (String only : List.of("model.name=wide", "model=wide")) {
      assertThat(read(yaml, only).model().settings().toString()).isEqualTo("{\"width\":64}");
    }
    assertThat(read(yaml, "model.width=32", "model.name=wide").model().settings().get("width"))
        .isEqualTo(JsonNodeFactory.instance.numberNode(32));
    assertThat(read(yaml, "model={name: wide, scale: 1.0}").model().settings().has("width"))
        .isFalse();
    assertThat(refusal("model: {width: x}", "model.name=wide"))
        .isEqualTo("my.yaml, line 1: model.width is the text 'x'; an integer expected");
  }

  @Test
  void tellsWhereASettingIsThatIsLookedForElsewhere() {
    String yaml = "model: {width: 8}";

    assertThat(refusal(yaml, "width=16"))
        .isEqualTo("--set width=16: unknown key 'width': did you mean model.width?");
    assertThat(refusal(yaml, "network.width=16"))
        .isEqualTo("--set network.width=16: unknown key 'network': did you mean model.width?");
    assertThat(refusal(yaml, "landscapes=16"))
        .isEqualTo(
            "--set landscapes=16: unknown key 'landscapes': did you mean thinking.landscapes?");
    assertThat(refusal(yaml, "modle.width=16")).contains("did you mean 'model'? Known: ");
    assertThat(refusal(yaml, "network.depth=16")).contains("unknown key 'network'. Known: ");
  }

  @Test
  void setsEntriesOfListsByIndex() {
    String yaml = "model: {width: 8}\nregularizers: [noise, replay]";

    assertThat(read(yaml, "regularizers.0.size=0.5").regularizers().get(0).settings().get("size"))
        .isEqualTo(JsonNodeFactory.instance.numberNode(0.5));
    assertThat(read(yaml, "regularizers.1=noise", "regularizers.2=replay").regularizers())
        .extracting(PartSettings::name)
        .containsExactly("noise", "noise", "replay");
    assertThat(refusal(yaml, "regularizers.7.size=1"))
        .isEqualTo(
            "--set regularizers.7.size=1: regularizers has no entry 7; 0 to 2 expected, 2 adding"
                + " one");
  }

  @Test
  void tellsAllProblemsAtOnce() {
    assertThat(
            refusal(
                """
                seed: yes
                optimiser: adamw
                model:
                  wdith: 8
                  norm: rsm
                  heads: 2.5
                training:
                  steps: abc
                  stpes: 3
                regularizers:
                  - noise
                  - langevn
                """,
                "thinking.stepSize=big"))
        .isEqualTo(
            """
            9 problems in the configuration:
              1. my.yaml, line 4: unknown key in model: 'wdith': did you mean 'width'? Known: bias, heads, norm, note, scale, sizes, width
              2. my.yaml, line 6: model.heads is 2.5; an integer expected
              3. my.yaml, line 5: unknown model.norm 'rsm': did you mean 'rms'? Known: layer, rms
              4. my.yaml, line 12: unknown regularizer 'langevn'. Known: noise, replay; --plugins JAR adds those of a plugin
              5. my.yaml, line 2: unknown key 'optimiser': did you mean 'optimizer'? Known: backend, clip, compatibility, data, from, metrics, modality, model, monitors, objective, optimizer, regularizers, schedule, seed, thinking, training
              6. my.yaml, line 1: seed is the text 'yes'; an integer expected
              7. --set thinking.stepSize=big: thinking.stepSize is the text 'big'; a number expected
              8. my.yaml, line 9: unknown key in training: 'stpes': did you mean 'steps'? Known: accumulate, adapter, batch, checkpointEvery, emaDecay, freeze, keepCheckpoints, learningRate, localSteps, logEvery, recompute, steps, validateEvery, validationRows
              9. my.yaml, line 8: training.steps is the text 'abc'; an integer expected\
            """);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
"""
model: {width: 65}                | my.yaml, line 1: model: width 65 is not divisible by heads 4
model: {}                         | my.yaml, line 1: model.width is missing
seed: 1.5                         | my.yaml, line 1: seed is 1.5; an integer expected
seed: 1e3                         | my.yaml, line 1: seed is 1E+3; an integer expected
seed: "5"                         | my.yaml, line 1: seed is the text '5'; an integer expected
seed: 99999999999999999999        | my.yaml, line 1: seed is 99999999999999999999; an integer from -9223372036854775808 to 9223372036854775807 expected
seed: 010                         | my.yaml, line 1: seed is the text '010', which some read as octal; an integer expected
seed:                             | my.yaml, line 1: seed has no value; remove the key to use its default
seed: {a: 1}                      | my.yaml, line 1: seed is a mapping; an integer expected
model: {width: 8, bias: yes}      | my.yaml, line 1: model.bias is the text 'yes'; true or false expected
model: {width: 8, note: 5}        | my.yaml, line 1: model.note is 5; a text expected (in quotes)
model: {width: 8, sizes: [1, x]}  | my.yaml, line 1: model.sizes.1 is the text 'x'; an integer expected
model: {width: 8, sizes: [~]}     | my.yaml, line 1: model.sizes.0 is nothing; a value expected
model: {width: 8, sizes: 3}       | my.yaml, line 1: model.sizes is 3; a list expected
model: [a]                        | my.yaml, line 1: model is a list; a part's name, or a mapping with a 'name', expected
model: {name: 5}                  | my.yaml, line 1: model is a mapping; a part's name, or a mapping with a 'name', expected
model: autoregresive              | my.yaml, line 1: unknown model 'autoregresive': did you mean 'autoregressive'? Known: autoregressive, baseline, wide
optimizer: {beta1: 1}             | my.yaml, line 1: optimizer.beta1 is 1.0; below 1 expected
training: {steps: 0}              | my.yaml, line 1: training.steps is 0; at least 1 expected
training: {learningRate: .nan}    | my.yaml, line 1: training.learningRate is the text '.nan'; a number expected
training: {learningRate: 1e999}   | my.yaml, line 1: training.learningRate is 1E+999; a number below 1.8e308 expected
thinking: {landscapes: 0}         | my.yaml, line 1: thinking.landscapes is 0; at least 1 expected
modality: {tokenizer: {name: byte, vocab: 1}} | my.yaml, line 1: unknown key in modality.tokenizer: 'vocab'. Known: vocabulary
modality: {tokenizer: bytes}      | my.yaml, line 1: unknown tokenizer 'bytes': did you mean 'byte'? Known: byte
""")
  void namesThePlaceWhatWasFoundAndWhatWasExpected(String yaml, String message) {
    String complete = yaml.startsWith("model") ? yaml : yaml + "\nmodel: {width: 8}";

    assertThat(refusal(complete)).isEqualTo(message);
  }

  @Test
  void refusesTextThatIsNoMapping() {
    assertThat(refusal("")).isEqualTo("my.yaml is empty; a mapping of keys to values expected");
    assertThat(refusal("# only this\n")).startsWith("my.yaml is empty;");
    assertThat(refusal("- a\n")).isEqualTo("my.yaml: a list; a mapping of keys to values expected");
    assertThat(refusal("hello"))
        .isEqualTo("my.yaml: the text 'hello'; a mapping of keys to values expected");
    assertThat(refusal("a: [1, 2\nb: 3\n")).startsWith("my.yaml, line ").contains(": not YAML: ");
    assertThat(refusal("a: \u0007")).startsWith("my.yaml").contains("not YAML");
  }

  @Test
  void saysWhyATextIsNoYaml() {
    String backslash =
        "in double quotes a backslash begins an escape such as \\n; write a path with / or in"
            + " single quotes, 'C:\\data\\book.txt'";
    assertThat(refusal("model:\n  width: 8\n\theads: 2\n"))
        .isEqualTo("my.yaml, line 3: not YAML: a tab; YAML takes spaces only, two for each level");
    assertThat(refusal("model: {width: 8}\ndata: {path: \"C:\\Users\\book.txt\"}\n"))
        .isEqualTo("my.yaml, line 2: not YAML: " + backslash);
    assertThat(refusal("data: {path: \"C:\\data\\book.txt\"}\n"))
        .isEqualTo("my.yaml, line 1: not YAML: " + backslash);
    assertThat(refusal("model: {width: 8}\ndata:\n  path: \"C:\\books\\new.txt\"\n"))
        .contains("my.yaml, line 3: data.path: " + backslash);
    assertThat(refusal("model: {width: 8, note: \"Q:\\nWhat\"}\nseeds: 3\n"))
        .as("a line break after a colon is no path")
        .doesNotContain("backslash");
    assertThat(refusal("model: {width: 8}\nfrom: @run\n"))
        .isEqualTo("my.yaml, line 2: not YAML: a value that starts with @ needs quotes");
    assertThat(refusal("model: [1, 2\nseed: 3\n"))
        .isEqualTo(
            "my.yaml, line 2: not YAML: while parsing a flow sequence, expected ',' or ']', but"
                + " got :");
  }

  @Test
  void refusesWhatYamlWouldPassOverInSilence() {
    String model = "model: {width: 8}\n";

    assertThat(refusal(model + "seed: 1\nseed: 2\n"))
        .isEqualTo(
            "my.yaml, line 3: the key 'seed' is here a second time; the first is in my.yaml, line"
                + " 2");
    assertThat(refusal(model + "---\nseed: 2\n"))
        .isEqualTo("my.yaml, line 3: more content after the end of the configuration");
    assertThat(refusal("model: {width: &w 8, heads: *w}\n"))
        .contains("my.yaml, line 1: the alias *w; write the value out instead");
    assertThat(refusal(model + "seed: !!str 2\n")).contains("tags are not understood here");
  }

  @Test
  void refusesOverridesThatMeanNothing() {
    String yaml = "model: {width: 8}";

    assertThat(refusal(yaml, "training.stpes=1"))
        .startsWith(
            "--set training.stpes=1: unknown key in training: 'stpes': did you mean 'steps'?");
    assertThat(refusal(yaml, "modality.tokenizer.vocabulary=300"))
        .isEqualTo(
            "--set modality.tokenizer.vocabulary=300: modality.tokenizer is a mapping; a part's"
                + " name, or a mapping with a 'name', expected");
    assertThat(refusal(yaml, "training"))
        .isEqualTo("--set training: path=value expected, such as training.steps=100");
    assertThat(refusal(yaml, "seed=")).startsWith("--set seed= is empty");
    assertThat(refusal(yaml, "seed=1", "seed=2"))
        .isEqualTo("--set seed=2: seed is set twice; once expected");
    assertThat(refusal(yaml, "seed=[1")).startsWith("--set seed=[1: not YAML: ");
  }

  @Test
  void namesTheOptionThatStandsForSettings() {
    Overrides quick = Overrides.of(Assignment.of("training.steps", 0, Origin.option("--quick")));

    assertThatThrownBy(() -> Configurations.parse(CATALOG, "my.yaml", "model: {width: 8}", quick))
        .isInstanceOf(UserException.class)
        .hasMessage("--quick: training.steps is 0; at least 1 expected");
  }

  @Test
  void knowsTheOriginOfEveryValue(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("my.yaml"), "seed: 2\nmodel: {width: 8}\n");
    Overrides all =
        Overrides.of("training={steps: 3}")
            .and(Assignment.of("training.batch", 2, Origin.option("--quick")));
    ResolvedConfiguration resolved = Configurations.read(CATALOG, "small", file, all);

    assertThat(resolved.origin("model.width")).isEqualTo(Origin.file(file + ", line 2"));
    assertThat(resolved.origin("model.heads"))
        .isEqualTo(new Origin(Origin.Kind.RECIPE, "recipe 'small', line 2"));
    assertThat(resolved.origin("training.steps")).isEqualTo(Origin.set("training={steps: 3}"));
    assertThat(resolved.origin("training.batch")).isEqualTo(Origin.option("--quick"));
    assertThat(resolved.origin("training.clip")).isEqualTo(Origin.DEFAULT);
  }

  @Test
  void refusesFilesThatCannotBeRead(@TempDir Path folder) throws IOException {
    Path missing = folder.resolve("none.yaml");
    Path latin = Files.write(folder.resolve("latin.yaml"), new byte[] {'a', ':', ' ', (byte) 0xe9});

    assertThatThrownBy(() -> Configurations.load(CATALOG, null, missing, Overrides.none()))
        .isInstanceOf(UserException.class)
        .hasMessage(missing + ": no such file");
    assertThatThrownBy(() -> Configurations.load(CATALOG, null, folder, Overrides.none()))
        .isInstanceOf(UserException.class)
        .hasMessage(folder + " cannot be read: it is a folder; a file expected");
    assertThatThrownBy(() -> Configurations.load(CATALOG, null, latin, Overrides.none()))
        .isInstanceOf(UserException.class)
        .hasMessage(latin + " is not UTF-8 text: the byte at offset 3 does not fit");
    assertThatThrownBy(() -> Configurations.load(CATALOG, "smal", null, Overrides.none()))
        .isInstanceOf(UserException.class)
        .hasMessage("unknown recipe 'smal': did you mean 'small'? Known: small");
  }
}
