package dev.ebt.text;

import dev.ebt.error.UserException;
import dev.ebt.experiment.Experiment;
import dev.ebt.experiment.ExperimentPlugin;
import dev.ebt.inference.InferenceAdapter;
import dev.ebt.inference.InferencePlugin;
import dev.ebt.interact.AnswerReader;
import dev.ebt.interact.Interaction;
import dev.ebt.interact.TaskReader;
import dev.ebt.modality.Dataset;
import dev.ebt.modality.Modality;
import dev.ebt.modality.Tokenizer;
import dev.ebt.plugin.BundledModel;
import dev.ebt.plugin.Expectation;
import dev.ebt.plugin.Factory;
import dev.ebt.plugin.PartContext;
import dev.ebt.plugin.SuggestedRecipe;
import dev.ebt.report.ReportPlugin;
import dev.ebt.report.ReportSection;
import dev.ebt.text.bpe.BpeTokenizer;
import dev.ebt.text.experiment.CrossTexts;
import dev.ebt.text.experiment.DialectDose;
import dev.ebt.text.experiment.LandscapeSmoothness;
import dev.ebt.text.experiment.RegularizerAblation;
import dev.ebt.text.experiment.Reversal;
import dev.ebt.text.experiment.StepSizeSweep;
import dev.ebt.text.experiment.SystemOneSanity;
import dev.ebt.text.experiment.SystemTwoMinimal;
import dev.ebt.text.experiment.ThinkingGain;
import dev.ebt.text.experiment.scaling.ScalingAxis;
import dev.ebt.text.experiment.scaling.ScalingExperiment;
import dev.ebt.text.experiment.scaling.ScalingSurface;
import dev.ebt.text.extra.HuggingFaceLibraryTokenizer;
import dev.ebt.text.extra.OptionalLibrary;
import dev.ebt.text.fact.FactDataset;
import dev.ebt.text.fact.FactDatasetSettings;
import dev.ebt.text.task.TaskDataset;
import dev.ebt.text.task.TaskDatasetSettings;
import dev.ebt.text.task.TextTask;
import dev.ebt.text.token.ByteTokenizer;
import dev.ebt.text.token.CharacterSettings;
import dev.ebt.text.token.CharacterTokenizer;
import dev.ebt.text.token.TokenizerFileSettings;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The plugin that provides the text modality, tokenizers, text datasets and experiments. */
public final class TextPlugin implements InferencePlugin, ReportPlugin, ExperimentPlugin {
  /** The settings of the byte tokenizer, which has none. */
  public record NoSettings() {}

  @Override
  public String name() {
    return "text";
  }

  @Override
  public int spiVersion() {
    return SPI_VERSION;
  }

  @Override
  public List<Factory<? extends Modality, ?>> modalities() {
    return List.of(
        Factory.of(
            "text",
            "each token of a text predicted from those before it; candidates are logits",
            TextSettings.class,
            (settings, context) ->
                new TextModality(settings, context.part(Tokenizer.class, settings.tokenizer()))));
  }

  @Override
  public List<Factory<? extends Dataset, ?>> datasets() {
    return List.of(
        Factory.of(
            "text",
            "your own text: a file, a folder, JSON lines, each also .gz; .parquet",
            TextDatasetSettings.class,
            (settings, context) ->
                TextDataset.read(
                    settings.resolved(context::file), modality("text", context), context.seed())),
        Factory.of(
            "brackets",
            "built-in text of nested brackets and little sums, whose best possible loss is known",
            BracketDatasetSettings.class,
            (settings, context) -> BracketDataset.write(settings, modality("brackets", context))),
        Factory.of(
            "facts",
            "built-in facts on invented names, some of them in one direction only",
            FactDatasetSettings.class,
            (settings, context) -> FactDataset.of(settings, modality("facts", context))),
        Factory.of(
            TaskDataset.NAME,
            "questions and answers in the files of gsm8k, squad, bigbench, lambada or arc",
            TaskDatasetSettings.class,
            (settings, context) ->
                TaskDataset.read(settings, modality(TaskDataset.NAME, context))));
  }

  @Override
  public List<Factory<? extends Tokenizer, ?>> tokenizers() {
    return List.of(
        Factory.of(
            "bytes",
            "the 256 bytes of UTF-8",
            NoSettings.class,
            (settings, context) -> new ByteTokenizer()),
        Factory.of(
            "characters",
            "the characters of the data, collected when training starts",
            CharacterSettings.class,
            (settings, context) ->
                new CharacterTokenizer(
                    settings.alphabet() == null ? AlphabetBuilder.of(context) : settings.alphabet(),
                    settings.unknown())),
        Factory.of(
            "bpe",
            "byte-level BPE from a tokenizer.json: GPT-2's, or your own by 'ebt tokenizer train'",
            TokenizerFileSettings.class,
            (settings, context) -> BpeTokenizer.read(settings, context.file(settings.path()))),
        Factory.of(
            "huggingface",
            "any tokenizer.json, by Hugging Face's own library: EBT_PROFILE=extras brings that",
            TokenizerFileSettings.class,
            (settings, context) ->
                OptionalLibrary.HUGGING_FACE.use(
                    () ->
                        HuggingFaceLibraryTokenizer.read(
                            settings, context.file(settings.path())))));
  }

  @Override
  public List<Interaction<?>> interactions() {
    return List.of(new Continuation());
  }

  @Override
  public List<InferenceAdapter<?, ?>> inferenceAdapters() {
    return List.of(new TextInference(), new GapInference());
  }

  @Override
  public List<AnswerReader> answerReaders() {
    return List.of(new TextAnswers());
  }

  @Override
  public List<ReportSection> reportSections() {
    return List.of(new TokenEnergies());
  }

  @Override
  public List<Experiment> experiments() {
    return List.of(
        new SystemOneSanity(),
        new SystemTwoMinimal(),
        new StepSizeSweep(),
        new ThinkingGain(),
        new DialectDose(),
        new LandscapeSmoothness(),
        new RegularizerAblation(),
        new Reversal(),
        new CrossTexts(),
        new ScalingExperiment(ScalingAxis.DATA),
        new ScalingExperiment(ScalingAxis.BATCH),
        new ScalingExperiment(ScalingAxis.DEPTH),
        new ScalingExperiment(ScalingAxis.WIDTH),
        new ScalingExperiment(ScalingAxis.FLOPS),
        new ScalingSurface());
  }

  @Override
  public List<TaskReader> tasks() {
    return TextTask.readers();
  }

  @Override
  public Map<String, String> recipes() {
    return Stream.of("text", "brackets", "s1", "s2", "unrolled", "transformer")
        .collect(Collectors.toMap(Function.identity(), TextPlugin::recipe));
  }

  @Override
  public List<Expectation> expectations() {
    return Stream.of("text", "brackets", "s1", "s2", "unrolled", "transformer")
        .map(recipe -> Expectation.resource(TextPlugin.class, recipe))
        .toList();
  }

  @Override
  public List<SuggestedRecipe> suggestedRecipes() {
    return List.of(
        new SuggestedRecipe("brackets", "", true), new SuggestedRecipe("text", "text files", true));
  }

  @Override
  public List<BundledModel> bundledModels() {
    return List.of(
        BundledModel.of(
                "brackets",
                "writes nested brackets with small sums: built-in text",
                TextPlugin.class)
            .asStandard(),
        BundledModel.of("verse", "writes like the plays of Shakespeare", TextPlugin.class)
            .withParts("sonnets.txt"));
  }

  private static String recipe(String name) {
    try (InputStream yaml = TextPlugin.class.getResourceAsStream("recipes/" + name + ".yaml")) {
      return new String(yaml.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("recipe " + name, e);
    }
  }

  private static TextModality modality(String dataset, PartContext context) {
    if (context.modality() instanceof TextModality modality) {
      return modality;
    }
    throw new UserException("dataset '" + dataset + "' is text: it needs the modality 'text'");
  }
}
