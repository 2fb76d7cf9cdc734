package dev.ebt.bench;

import static dev.ebt.bench.Commands.fine;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ebt.plugin.Plugins;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands beside training, thinking and judging, from end to end. */
class OtherCommandsTest {
  @TempDir private Path folder;

  @Test
  void demoShowsThinkingAndFindsItAsItShouldBe() {
    Commands demo = fine("demo");
    assertThat(demo.err()).isEmpty();
    assertThat(demo.out())
        .contains("1. Loss and energy by number of thinking steps")
        .contains("2. A passage, and the energy of each byte before and after thinking")
        .contains("3. The model continues ")
        .contains("All scores are the expected ones.");
  }

  @Test
  void everyRecipeIsPrintedAndTrainsAsItIs() throws IOException {
    Tiny tiny = Tiny.in(folder);
    for (String recipe : Plugins.discover(List.of()).recipes()) {
      String yaml = fine("init", "--recipe", recipe).out();
      assertThat(yaml).startsWith("# ");
      String file = tiny.write(recipe + ".yaml", yaml);
      // Far enough to see that it is understood: to data that are not there yet, or to a place that
      // is taken.
      assertThat(Commands.refusal("train", file, "--backend", "reference", "--out", file))
          .containsAnyOf("/pairs has no pairs; ./ebt think ", file + " already exists");
    }
  }

  @Test
  void pluginsAreListedByKindWithTheirOrigin() {
    String out = fine("plugins").out();
    assertThat(out.lines())
        .contains("modality", "dataset", "model", "objective", "optimizer", "backend", "recipe")
        .anyMatch(line -> line.matches(" +autoregressive +\\(core\\) +\\S.*"))
        .anyMatch(line -> line.matches(" +brackets +\\(text\\) +\\S.*"))
        .anyMatch(line -> line.matches(" +tensorflow +\\S*ebt-tensorflow\\S*"));
  }

  @Test
  void partIsDescribedWithItsSettings() throws IOException {
    String out = fine("plugins", "model.autoregressive").out();
    assertThat(out)
        .startsWith("model.autoregressive (core)\n")
        .contains(
            "\n  layers: whole number, default 2\n      number of blocks; overrides the size\n")
        .contains("\n  head: one of linear, dot-product, default \"linear\"\n");
    assertThat(fine("plugins", "autoregressive").out()).isEqualTo(out);
    assertThat(fine("plugins", "modality.text").out())
        .contains("\n  tokenizer: a part of kind tokenizer, default {");
    assertThat(fine("plugins", "dataset.text").out()).contains("\n  path: text, required\n");
    JsonNode json =
        new ObjectMapper().readTree(fine("plugins", "optimizer.momentum", "--json").out());
    assertThat(json.at("/settings/0/name").asText()).isEqualTo("momentum");
    assertThat(json.at("/settings/0/default").asDouble()).isEqualTo(0.9);
    assertThat(json.at("/settings/0/documentation").asText()).startsWith("the decay rate of ");
    assertThat(new ObjectMapper().readTree(fine("plugins", "--json").out())).hasSizeGreaterThan(40);
  }

  @Test
  void aKindIsListedAndEveryKindIsDescribed() throws IOException {
    String models = fine("plugins", "model").out();
    assertThat(models)
        .startsWith("model\n")
        .contains("\n  autoregressive ")
        .doesNotContain("brackets", "plugins");
    assertThat(fine("plugins", "inference-adapter").out())
        .startsWith("inference adapter\n")
        .contains("continuation", "filled-image", "(vision)");
    assertThat(fine("plugins", "varied-setting").out()).startsWith("varied setting\n");
    assertThat(new ObjectMapper().readTree(fine("plugins", "recipe", "--json").out()))
        .isNotEmpty()
        .allMatch(recipe -> recipe.path("configuration").asText().contains("modality:"));
    assertThat(fine("plugins", "recipe.text").out())
        .startsWith("recipe.text (text)\n  ")
        .contains("\n  modality:");
    assertThat(fine("plugins", "interaction.continuation").out())
        .contains("\n  --top-k: K, not set by default\n      Only the K likeliest");
    assertThat(fine("plugins", "task.gsm8k").out()).startsWith("task.gsm8k (text)\n");
    assertThat(fine("plugins", "model-family.energy").out()).contains("(core)");
    assertThat(Commands.refusal("plugins", "recipe.txt"))
        .contains("unknown recipe 'txt': did you mean 'text'?");
  }

  @Test
  void aKindAndAPartOfTheSameNameAreBothPrinted() throws IOException {
    assertThat(fine("plugins", "energy").out())
        .startsWith("energy\n")
        .contains("\n  run ", "\nmodel family.energy (core)\n");
    assertThat(new ObjectMapper().readTree(fine("plugins", "energy", "--json").out()))
        .extracting(part -> part.path("kind").asText() + " " + part.path("name").asText())
        .contains("energy run", "model family energy");
  }

  @Test
  void unknownAndAmbiguousPartsAreRefusedWithNames() {
    assertThat(Commands.refusal("plugins", "autoregresive"))
        .contains("unknown part 'autoregresive': did you mean 'autoregressive'?");
    assertThat(Commands.refusal("plugins", "model.autoregresive"))
        .contains("unknown model 'autoregresive': did you mean 'autoregressive'?");
    assertThat(Commands.refusal("plugins", "modle.autoregressive"))
        .contains("unknown kind of part 'modle': did you mean 'model'?");
    assertThat(Commands.refusal("plugins", "momentum"))
        .contains("several parts are called 'momentum'; name one of them: optimizer.momentum, ");
    assertThat(Commands.refusal("plugins", "momentum", "--class-path")).contains("--class-path");
  }

  @Test
  void configurationToBeginWithDocumentsTheSettingsThatItLeavesOut() {
    assertThat(fine("init", "--recipe", "text").out())
        .contains("\n#   # number of blocks; overrides the size\n#   layers: 4\n")
        .contains("\n#   # updates between lines of metrics (10)\n#   logEvery: 10\n")
        .contains("\n# schedule:\n", "\n#   warmUpStart: 0.0\n", "\n#   decaySteps: 1500\n")
        .contains("\n# metrics: []\n", "\n# monitors: []\n", "accuracy", "early-stopping")
        .doesNotContain("#   keepCheckpoints:", "#   warmUp:", "# clip:");
    assertThat(fine("init", "--recipe", "denoise").out())
        .contains("\n# clip:\n#   # the maximum norm c, positive\n#   norm: 1.0\n");
  }

  @Test
  void versionIsThatOfTheBuild() {
    assertThat(fine("--version").out())
        .isEqualTo("ebt " + System.getProperty("ebt.version") + "\n");
  }

  @Test
  void doctorTellsWhatThereIs() {
    assertThat(fine("doctor").out())
        .contains("java ", "machine ", "java heap ", "plugins ", "precision ", "device ");
  }

  @Test
  void benchmarkTellsFiguresForPeopleAndPrograms() throws IOException {
    String[] line =
        ("bench step --layers 1 --width 8 --heads 2 --batch 2 --length 8 --vocab 16 --repeat 2"
                + " --backend reference")
            .split(" ");
    assertThat(fine(line).out().lines().map(l -> l.split(" ")[0]))
        .contains("buildSeconds", "firstStepSeconds", "stepSecondsMedian", "tokensPerSecond")
        .contains("graphOperations", "peakMemoryMiB", "precision")
        .contains("gigaflop", "gigaflopProducts", "ofProductRate", "ofProductRateByCpu");
    String[] json = java.util.Arrays.copyOf(line, line.length + 1);
    json[line.length] = "--json";
    JsonNode figures = new ObjectMapper().readTree(fine(json).out());
    assertThat(figures.path("tokensPerSecond").asDouble()).isPositive();
    assertThat(figures.path("graphOperations").asInt()).isPositive();
    assertThat(figures.path("precision").asText()).isEqualTo("float64");
  }

  @Test
  void benchmarkTracesTheOperationsOfAStep() throws IOException {
    Path file = folder.resolve("traces/step.json");
    String line =
        "bench step --layers 1 --width 8 --heads 2 --batch 2 --length 8 --vocab 16 --repeat 1"
            + " --steps 1 --threads 2 --trace "
            + file;
    String out = fine(line.split(" ")).out();
    assertThat(out).containsPattern("type +milliseconds +share +count");
    assertThat(out).containsPattern("Mul +[0-9.]+ +[0-9.]+% +[0-9]+");
    JsonNode events = new ObjectMapper().readTree(file.toFile()).path("traceEvents");
    assertThat(events)
        .anyMatch(
            event ->
                event.path("cat").asText().equals("learn")
                    && event.path("name").asText().endsWith("MatMul"));
    JsonNode figures = new ObjectMapper().readTree(fine((line + " --json").split(" ")).out());
    assertThat(figures.path("types").get(0).fieldNames())
        .toIterable()
        .containsExactly("type", "milliseconds", "share", "count");
  }

  @Test
  void benchmarkComparesNumbersOfThinkingSteps() throws IOException {
    String line =
        "bench step --layers 1 --width 8 --heads 2 --batch 2 --length 8 --vocab 16 --repeat 2"
            + " --backend reference --objective s2 --steps 3,1";
    List<String> table = fine(line.split(" ")).out().lines().toList();
    assertThat(table.get(0)).startsWith("steps").endsWith("ofStepsTimesOneStep");
    assertThat(table.get(0)).contains("productGigaflopPerSecond").doesNotContain("gigaflop");
    assertThat(table.get(1)).matches(" +1 .* 1\\.0");
    assertThat(table.get(2)).matches(" +3 .*");
    JsonNode rows = new ObjectMapper().readTree(fine((line + " --json").split(" ")).out());
    assertThat(rows).hasSize(2);
    assertThat(rows.get(0).path("ofStepsTimesOneStep").asDouble()).isEqualTo(1);
    assertThat(rows.get(1).path("ofStepsTimesOneStep").asDouble()).isPositive();
    assertThat(rows.get(1).path("gigaflop").isNumber()).isTrue();
  }

  @Test
  void benchmarkComparesDecodingWithAndWithoutCache() throws IOException {
    String sizes =
        "bench decode --layers 1 --width 8 --heads 2 --prompt 3 --tokens 4 --vocab 16 --repeat 1"
            + " --backend reference --json";
    JsonNode thinking = new ObjectMapper().readTree(fine(sizes.split(" ")).out());
    assertThat(thinking.fieldNames())
        .toIterable()
        .contains("tokensPerSecond", "uncachedTokensPerSecond", "timesUncached", "timesPublished")
        .contains("cpuMillisPerToken", "publishedCpuMillisPerToken", "cpuSlope");
    assertThat(thinking.get("millisPerToken").asDouble()).isPositive();
    JsonNode some = new ObjectMapper().readTree(fine((sizes + " --ways texts").split(" ")).out());
    assertThat(some.has("millisPerToken")).isTrue();
    assertThat(some.has("eightTextsTimesOne")).isTrue();
    assertThat(some.has("timesUncached")).isFalse();
    assertThat(some.has("timesPublished")).isFalse();
    JsonNode baseline = new ObjectMapper().readTree(fine((sizes + " --steps 0").split(" ")).out());
    assertThat(baseline.has("timesUncached")).isTrue();
    assertThat(baseline.has("timesPublished")).isFalse();
  }

  @Test
  void benchmarkComparesThinkingWithTheBaseline() throws IOException {
    String line =
        "bench step --layers 1 --width 8 --heads 2 --batch 2 --length 8 --vocab 16 --repeat 2"
            + " --backend reference --model time_embed --steps 0,2 --json";
    JsonNode rows = new ObjectMapper().readTree(fine(line.split(" ")).out());
    assertThat(rows.get(0).path("steps").asInt()).isZero();
    assertThat(rows.get(0).path("inBaselineSteps").asDouble()).isEqualTo(1);
    assertThat(rows.get(1).path("inBaselineSteps").asDouble()).isPositive();
    assertThat(rows.get(1).has("ofStepsTimesOneStep")).isFalse();
  }

  /** What a command says where standard output fails, and how often it tried to write. */
  private static Commands withOutputThatFails(String reason, int[] tries, String... line) {
    return Commands.withOutput(
        ResultStream.to(
            new OutputStream() {
              @Override
              public void write(int b) throws IOException {
                tries[0]++;
                throw new IOException(reason);
              }
            }),
        line);
  }

  /** {@code | head -1} has its line. */
  @Test
  void readerThatHasEnoughIsNoMistakeAndEndsWriting() throws IOException {
    Tiny tiny = Tiny.in(folder);
    Commands trained = withOutputThatFails("Broken pipe", new int[1], tiny.train("run"));
    assertThat(trained.code()).isEqualTo(141);
    assertThat(trained.err())
        .contains("\nebt: everything is saved in " + tiny.path("run") + "\n")
        .doesNotContain("cannot be written");
    for (String explain : List.of("", " --explain")) {
      int[] tries = new int[1];
      String line = "think " + tiny.path("run") + " --count 200" + explain;
      Commands thought = withOutputThatFails("Broken pipe", tries, line.split(" "));
      assertThat(thought.code()).isEqualTo(141);
      assertThat(thought.err()).isEmpty();
      assertThat(tries[0]).isLessThan(20);
    }
  }

  @Test
  void fullDiskIsToldWithItsReason() {
    Commands plugins = withOutputThatFails("No space left on device", new int[1], "plugins");
    assertThat(plugins.code()).isEqualTo(2);
    assertThat(plugins.err())
        .isEqualTo("ebt: standard output cannot be written: No space left on device\n");
  }

  /** Where another program has replaced standard output, the reason is not known. */
  @Test
  void outputThatCannotBeWrittenIsNoSuccess() {
    PrintStream failing =
        new PrintStream(
            new OutputStream() {
              @Override
              public void write(int b) throws IOException {
                throw new IOException("No space left on device");
              }
            },
            true);
    Commands plugins = Commands.withOutput(failing, "plugins");
    assertThat(plugins.code()).isEqualTo(2);
    assertThat(plugins.err())
        .isEqualTo(
            "ebt: standard output cannot be written: the disk is full or the pipe is closed\n");
  }
}
