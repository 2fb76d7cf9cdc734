package dev.ebt.bench.contract;

import static dev.ebt.bench.Commands.fine;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.ebt.experiment.Experiment;
import dev.ebt.experiment.Experiments;
import dev.ebt.interact.AnswerReader;
import dev.ebt.interact.EvaluationCatalog;
import dev.ebt.interact.Interaction;
import dev.ebt.interact.Interactions;
import dev.ebt.interact.Probe;
import dev.ebt.interact.TaskReader;
import dev.ebt.interact.VariedSetting;
import dev.ebt.modality.Modality;
import dev.ebt.modality.TokenModality;
import dev.ebt.modality.Tokenizer;
import dev.ebt.plugin.Catalog;
import dev.ebt.plugin.Components;
import dev.ebt.plugin.PartKind;
import dev.ebt.plugin.PartSettings;
import dev.ebt.plugin.RunConfiguration;
import dev.ebt.report.ReportSection;
import dev.ebt.report.ReportSections;
import dev.ebt.run.RunParts;
import dev.ebt.testing.AnswerReaderContract;
import dev.ebt.testing.ExperimentContract;
import dev.ebt.testing.InteractionContract;
import dev.ebt.testing.ProbeContract;
import dev.ebt.testing.RecipeContract;
import dev.ebt.testing.ReportSectionContract;
import dev.ebt.testing.TaskReaderContract;
import dev.ebt.testing.TokenizerContract;
import dev.ebt.testing.VariedSettingContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Our recipes, interactions, tasks, readers of answers, varied settings, probes, report sections
 * and experiments keep the contracts of their kinds: all that the plugins have, so that a new one
 * is tested or fails for want of an example here.
 */
class OurPartsTest {
  private static final EvaluationCatalog EVALUATIONS = EvaluationCatalog.of(OurRuns.CATALOG);
  private static final Interactions INTERACTIONS = Interactions.of(OurRuns.CATALOG);

  /** A configuration of a modality that each interaction is for, and overrides. */
  private static final Map<String, List<String>> INTERACTED =
      Map.of(
          "continuation", List.of("brackets"),
          "denoised-image", List.of("denoise"),
          "filled-image", List.of("denoise"),
          "strips", List.of("denoise"),
          "samples", List.of("generate"),
          "pairs", List.of("generate"),
          "vector-samples",
              List.of("generate", "modality.classes=0", "modality.conditionDimension=4"),
          "toy-samples", List.of("toy-mixture"),
          "clip-continuation", List.of("video"));

  /** The settings of each tokenizer. */
  private static final Map<String, String> TOKENIZERS =
      Map.of(
          "bytes", "{name: bytes}",
          "characters", "{name: characters, alphabet: 'ab c'}",
          "bpe", "{name: bpe, path: FOLDER/tokenizer.json}",
          "huggingface", "{name: huggingface, path: FOLDER/tokenizer.json}");

  /** Two records of each task. */
  private static final Map<String, String> TASKS =
      Map.of(
          "gsm8k",
          """
          {"question": "Two cats?", "answer": "2 * 4 = 8\\n#### 8"}
          {"question": "A hen?", "answer": "2\\n#### 2"}
          """,
          "squad",
          """
          {"version": "v2.0", "data": [{"title": "Tea", "paragraphs": [
            {"context": "Tea is hot.", "qas": [
              {"id": "1", "question": "How is it?", "is_impossible": false,
               "answers": [{"text": "hot", "answer_start": 7}]},
              {"id": "2", "question": "What is hot?", "is_impossible": false,
               "answers": [{"text": "Tea", "answer_start": 0}]}]}]}]}
          """,
          "bigbench",
          """
          {"name": "little", "examples": [
            {"input": "Close ( [", "target": "] )"},
            {"input": "1 + 1?", "target_scores": {"3": 0, "2": 1}}]}
          """,
          "lambada",
          """
          {"text": "He took his hat, and left the house"}
          {"text": "No, she said softly"}
          """,
          "arc",
          """
          {"id": "a", "question": {"stem": "Wet?", "choices": [{"text": "sand", "label": "A"}, {"text": "rain", "label": "B"}]}, "answerKey": "B"}
          {"id": "b", "question": {"stem": "Hot?", "choices": [{"text": "fire", "label": "1"}, {"text": "ice", "label": "2"}]}, "answerKey": "1"}
          """);

  @TempDir static Path folder;

  @BeforeAll
  static void write() throws IOException {
    OurRuns.write(folder);
    String out = folder.resolve("tokenizer.json").toString();
    fine("tokenizer", "train", folder.resolve("text").toString(), "--size=265", "--out", out);
  }

  /** A part that no configuration names would have no contract test. */
  @Test
  void ourRunsNameEveryPart() {
    Map<PartKind, Set<String>> named = new EnumMap<>(PartKind.class);
    for (String name : OurRuns.names()) {
      RunConfiguration run = OurRuns.configuration(name, folder);
      add(named, PartKind.MODALITY, List.of(run.modality()));
      add(named, PartKind.DATASET, List.of(run.data()));
      add(named, PartKind.MODEL, List.of(run.model()));
      add(named, PartKind.OBJECTIVE, List.of(run.objective()));
      add(named, PartKind.METRIC, run.metrics());
    }

    // Text, our only modality of classes, reports it itself, so that no run of ours can name it.
    add(named, PartKind.METRIC, List.of(PartSettings.of("accuracy")));
    named.forEach(
        (kind, names) -> assertThat(names).as(kind.word()).isEqualTo(OurRuns.CATALOG.names(kind)));
  }

  private static void add(
      Map<PartKind, Set<String>> named, PartKind kind, List<PartSettings> parts) {
    parts.forEach(part -> named.computeIfAbsent(kind, none -> new TreeSet<>()).add(part.name()));
  }

  private static <T> T example(Map<String, T> examples, String kind, String name) {
    assertThat(examples)
        .as("an example of %s %s for its contract test", kind, name)
        .containsKey(name);
    return examples.get(name);
  }

  private static Modality modality(String run, String... more) {
    try (Components components =
        Components.of(OurRuns.CATALOG, OurRuns.configuration(run, folder, more))) {
      return components.get(Modality.class);
    }
  }

  static Set<String> recipes() {
    return OurRuns.CATALOG.recipes();
  }

  static List<Interaction<?>> interactions() {
    List<String> provided = INTERACTIONS.entries().stream().map(Catalog.Entry::name).toList();
    return INTERACTIONS.all().stream().filter(each -> provided.contains(each.name())).toList();
  }

  static Set<String> tokenizers() {
    return OurRuns.CATALOG.names(PartKind.TOKENIZER);
  }

  static List<TaskReader> tasks() {
    return EVALUATIONS.tasks().stream().map(EVALUATIONS::task).toList();
  }

  static List<VariedSetting> variedSettings() {
    return EVALUATIONS.variedSettings();
  }

  static List<AnswerReader> answerReaders() {
    return EVALUATIONS.answerReaders();
  }

  static List<Probe> probes() {
    return EVALUATIONS.probes();
  }

  @Nested
  @ParameterizedClass
  @MethodSource("dev.ebt.bench.contract.OurPartsTest#recipes")
  class RecipeTest extends RecipeContract {
    @Parameter String name;

    @Override
    protected Catalog catalog() {
      return OurRuns.CATALOG;
    }

    @Override
    protected String recipe() {
      return name;
    }
  }

  @Nested
  @ParameterizedClass
  @MethodSource("dev.ebt.bench.contract.OurPartsTest#tokenizers")
  class TokenizerTest extends TokenizerContract {
    private static final String HUGGING_FACE =
        "/ai/djl/huggingface/tokenizers/HuggingFaceTokenizer.class";

    @Parameter String name;

    @Override
    protected Tokenizer tokenizer() {
      assumeTrue(!name.equals("huggingface") || getClass().getResource(HUGGING_FACE) != null);
      String settings = example(TOKENIZERS, "tokenizer", name).replace("FOLDER", folder.toString());
      return ((TokenModality) OurPartsTest.modality("brackets", "modality.tokenizer=" + settings))
          .tokenizer();
    }

    @Override
    protected List<String> texts() {
      return name.equals("characters") ? List.of("", "a", "ab c", "  cab ") : super.texts();
    }
  }

  @Nested
  @ParameterizedClass
  @MethodSource("dev.ebt.bench.contract.OurPartsTest#interactions")
  class InteractionTest extends InteractionContract {
    @Parameter Interaction<?> interaction;

    @Override
    protected Interaction<?> interaction() {
      return interaction;
    }

    @Override
    protected Modality modality() {
      List<String> run = example(INTERACTED, "interaction", interaction.name());
      return OurPartsTest.modality(run.get(0), run.subList(1, run.size()).toArray(String[]::new));
    }
  }

  @Nested
  @ParameterizedClass
  @MethodSource("dev.ebt.bench.contract.OurPartsTest#tasks")
  class TaskTest extends TaskReaderContract {
    @Parameter TaskReader reader;

    @Override
    protected TaskReader reader() {
      return reader;
    }

    @Override
    protected String content() {
      return example(TASKS, "task", reader.name());
    }

    @Override
    protected Modality modality() {
      return OurPartsTest.modality("brackets");
    }
  }

  @Nested
  @ParameterizedClass
  @MethodSource("dev.ebt.bench.contract.OurPartsTest#answerReaders")
  class AnswerReaderTest extends AnswerReaderContract {
    @Parameter AnswerReader reader;

    @Override
    protected AnswerReader reader() {
      return reader;
    }

    @Override
    protected Modality modality() {
      return OurPartsTest.modality("brackets");
    }

    @Override
    protected String context() {
      return "([";
    }

    @Override
    protected String answers() {
      return example(Map.of("text-answers", "])\n)]\n"), "reader of answers", reader.name());
    }
  }

  @Nested
  @ParameterizedClass
  @MethodSource("dev.ebt.bench.contract.OurPartsTest#variedSettings")
  class VariedSettingTest extends VariedSettingContract {
    @Parameter VariedSetting setting;

    @Override
    protected VariedSetting setting() {
      return setting;
    }

    @Override
    protected Catalog catalog() {
      return OurRuns.CATALOG;
    }

    @Override
    protected String recipe() {
      return example(Map.of("noise", "denoise"), "varied setting", setting.name());
    }

    @Override
    protected double[] values() {
      return new double[] {0.2, 0.3};
    }
  }

  @Nested
  @ParameterizedClass
  @MethodSource("dev.ebt.bench.contract.OurPartsTest#probes")
  class ProbeTest extends ProbeContract {
    private static Components images;
    private static Components text;
    private static RunParts model;
    private static RunParts other;

    @Parameter Probe probe;

    @BeforeAll
    static void open() {
      images =
          Components.of(OurRuns.CATALOG, OurRuns.configuration("own images with classes", folder));
      text = Components.of(OurRuns.CATALOG, OurRuns.configuration("brackets", folder));
      model = OurRuns.initialized(images);
      other = OurRuns.initialized(text);
    }

    @AfterAll
    static void close() {
      images.close();
      text.close();
    }

    @Override
    protected Probe probe() {
      return probe;
    }

    @Override
    protected RunParts model() {
      return model;
    }

    @Override
    protected RunParts other() {
      return other;
    }
  }

  static List<String> experiments() {
    return Experiments.of(OurRuns.CATALOG).all().stream().map(Experiment::name).toList();
  }

  @Nested
  @ParameterizedClass
  @MethodSource("dev.ebt.bench.contract.OurPartsTest#experiments")
  class ExperimentTest extends ExperimentContract {
    @Parameter String name;

    @Override
    protected Catalog catalog() {
      return OurRuns.CATALOG;
    }

    @Override
    protected String experiment() {
      return name;
    }
  }

  /** All but "expectation", which CurveEvaluationsTest has: our runs are too small for one. */
  static List<String> reportSections() {
    return ReportSections.of(OurRuns.CATALOG).all().stream()
        .map(ReportSection::name)
        .filter(name -> !name.equals("expectation"))
        .toList();
  }

  @Nested
  @ParameterizedClass
  @MethodSource("dev.ebt.bench.contract.OurPartsTest#reportSections")
  class ReportSectionTest extends ReportSectionContract {
    /** A run with a content of each section, and one without; null if all runs have one. */
    private static final Map<String, List<String>> RUNS =
        Map.of(
            "summary", List.of("brackets"),
            "provenance", List.of("brackets"),
            "training", List.of("brackets"),
            "thinking", List.of("brackets"),
            "landscape", List.of("denoise", "transformer"),
            "confidence", List.of("brackets", "transformer"),
            "tokens", List.of("brackets", "denoise"),
            "image-stages", List.of("denoise", "brackets"),
            "toy-landscape", List.of("toy-mixture", "brackets"),
            "clip-rolls", List.of("video", "brackets"));

    @Parameter String name;

    /** Trains two steps, once for each recipe. */
    private static Path trained(String recipe) {
      Path run = folder.resolve("reported").resolve(recipe);
      if (!Files.exists(run)) {
        fine(OurRuns.training(recipe, run));
      }
      return run;
    }

    @Override
    protected Catalog catalog() {
      return OurRuns.CATALOG;
    }

    @Override
    protected String section() {
      return name;
    }

    @Override
    protected Path run() {
      return trained(example(RUNS, "report section", name).get(0));
    }

    @Override
    protected Optional<Path> other() {
      return example(RUNS, "report section", name).stream()
          .skip(1)
          .findFirst()
          .map(ReportSectionTest::trained);
    }
  }
}
