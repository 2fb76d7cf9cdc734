package dev.ebt.bench.command;

import static dev.ebt.bench.Commands.fine;
import static dev.ebt.bench.Commands.refusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ebt.backend.Executable;
import dev.ebt.backend.reference.ReferenceBackend;
import dev.ebt.bench.published.PublishedOptions;
import dev.ebt.bench.published.PublishedSettings;
import dev.ebt.bench.synthetic.PlaceholderTokenizer;
import dev.ebt.config.Overrides;
import dev.ebt.energy.EnergyFunction;
import dev.ebt.model.AutoregressiveEnergy;
import dev.ebt.nn.ParameterSpec;
import dev.ebt.nn.Parameters;
import dev.ebt.plugin.Plugins;
import dev.ebt.run.TrainedModel;
import dev.ebt.store.Safetensors;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.ElementType;
import dev.ebt.tensor.NamedTensors;
import dev.ebt.tensor.Program;
import dev.ebt.tensor.Shape;
import dev.ebt.tensor.Tensor;
import dev.ebt.text.TextModality;
import dev.ebt.text.TextSettings;
import dev.ebt.think.Thinker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Models of the published code come in, and go out as they came. */
class ConvertCommandTest {
  private static final int WIDTH = 8;
  private static final int LENGTH = 5;
  private static final int VOCABULARY = 256;

  @TempDir private Path folder;

  private String path(String name) {
    return folder.resolve(name).toString();
  }

  /** Published options of a tiny text model. */
  private static ObjectNode options(String type) {
    return new ObjectMapper()
        .createObjectNode()
        .put("modality", "NLP")
        .put("model_name", type.equals("baseline") ? "baseline_transformer" : "ebt")
        .put("context_length", LENGTH)
        .put("num_transformer_blocks", 1)
        .put("multiheaded_attention_heads", 2)
        .put("embedding_dim", WIDTH)
        .put("ffn_dim_multiplier", 1)
        .put("ebt_type", type.equals("baseline") ? "default" : type)
        .put("normalize_initial_condition", true)
        .put("mcmc_num_steps", 2)
        .put("mcmc_step_size", 3.0)
        .put("mcmc_step_size_learnable", true)
        .put("mcmc_step_size_lr_multiplier", 9);
  }

  private void write(String name, ObjectNode options, Map<String, Array> tensors)
      throws IOException {
    Files.writeString(folder.resolve(name + ".json"), options.toString());
    new Safetensors(tensors, Map.of()).write(folder.resolve(name + ".safetensors"));
  }

  /** Weights under their published names, made here by hand. */
  private static Map<String, Array> weights(String type) {
    SplittableRandom random = new SplittableRandom(type.hashCode());
    Map<String, Shape> shapes = new LinkedHashMap<>();
    shapes.put("embeddings.weight", Shape.of(VOCABULARY, WIDTH));
    shapes.put("transformer.norm.weight", Shape.of(WIDTH));
    String layer = "transformer.layers.0.";
    for (String name : List.of("wq", "wk", "wv", "wo")) {
      shapes.put(layer + "attention." + name + ".weight", Shape.of(WIDTH, WIDTH));
    }
    for (String name : List.of("w1", "w2", "w3")) {
      shapes.put(layer + "feed_forward." + name + ".weight", Shape.of(WIDTH, WIDTH));
    }
    shapes.put(layer + "attention_norm.weight", Shape.of(WIDTH));
    shapes.put(layer + "ffn_norm.weight", Shape.of(WIDTH));
    if (type.equals("baseline")) {
      shapes.put("output.weight", Shape.of(VOCABULARY, WIDTH));
    } else {
      shapes.put("alpha", Shape.scalar());
      shapes.put("langevin_dynamics_noise_std", Shape.scalar());
      shapes.put("vocab_to_embed.weight", Shape.of(WIDTH, VOCABULARY));
      boolean adaptive = type.startsWith("adaln");
      shapes.put(
          adaptive ? "transformer.final_layer.linear.weight" : "transformer.final_layer.weight",
          Shape.of(1, WIDTH));
      if (!type.equals("default")) {
        shapes.put("transformer.time_embeddings.weight", Shape.of(2, WIDTH));
      }
      if (adaptive) {
        modulation(shapes, layer, 6);
        modulation(shapes, "transformer.final_layer.", 2);
      }
    }
    Map<String, Array> weights = new LinkedHashMap<>();
    shapes.forEach(
        (name, shape) -> {
          float[] values = new float[shape.elements()];
          for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextDouble(-0.5, 0.5);
          }
          weights.put(name, Array.of(shape, values));
        });
    weights.replace("alpha", Array.of(Shape.scalar(), 3.25f));
    weights.replace("langevin_dynamics_noise_std", Array.of(Shape.scalar(), 0f));
    return weights;
  }

  private static void modulation(Map<String, Shape> shapes, String layer, int pieces) {
    shapes.put(layer + "adaLN_modulation.1.weight", Shape.of(pieces * WIDTH, WIDTH));
    shapes.put(layer + "adaLN_modulation.1.bias", Shape.of(pieces * WIDTH));
  }

  private void convert(String name) {
    fine("convert", "--from", "published", path(name + ".safetensors"), "--out", path(name + ".d"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"default", "time_embed", "adaln", "adaln_zero", "baseline"})
  void goesOutAsItCame(String type) throws IOException {
    Map<String, Array> weights = weights(type);
    write("theirs", options(type), weights);
    convert("theirs");
    fine("convert", "--to", "published", path("theirs.d"), "--out", path("ours.safetensors"));

    Map<String, Array> back = Safetensors.read(folder.resolve("ours.safetensors")).tensors();
    assertThat(back.keySet()).containsExactlyInAnyOrderElementsOf(weights.keySet());
    weights.forEach(
        (name, array) -> {
          assertThat(back.get(name).shape()).isEqualTo(array.shape());
          assertThat(back.get(name).floats()).as(name).containsExactly(array.floats());
        });
    PublishedOptions written = PublishedOptions.read(folder.resolve("ours.json"));
    PublishedOptions given = PublishedOptions.read(folder.resolve("theirs.json"));
    given
        .values()
        .fieldNames()
        .forEachRemaining(
            name -> {
              if (!type.equals("baseline") || !name.startsWith("mcmc")) {
                assertThat(written.text(name).replace(".0", ""))
                    .as(name)
                    .isEqualTo(given.text(name).replace(".0", ""));
              }
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"model.", "model._orig_mod.", "_orig_mod.", "param.model."})
  void prefixesOfWrappersAreTakenOff(String prefix) throws IOException {
    Map<String, Array> weights = weights("time_embed");
    Map<String, Array> wrapped = new LinkedHashMap<>();
    weights.forEach((name, array) -> wrapped.put(prefix + name, array));
    write("theirs", options("time_embed"), wrapped);
    convert("theirs");
    fine("export", path("theirs.d"), "--out", path("again"));

    Map<String, Array> read = Safetensors.read(folder.resolve("again/model.safetensors")).tensors();
    weights.remove("langevin_dynamics_noise_std");
    assertThat(read).isEqualTo(weights);
  }

  @ParameterizedTest
  @ValueSource(strings = {"default", "time_embed", "adaln"})
  void energiesAreThoseOfTheWeights(String type) throws IOException {
    Map<String, Array> weights = weights(type);
    write("theirs", options(type), weights);
    convert("theirs");
    Array tokens = Array.of(Shape.of(1, LENGTH), 7L, 80, 200, 255, 0);
    try (TrainedModel model =
            TrainedModel.open(
                Plugins.discover(List.of()),
                folder.resolve("theirs.d"),
                "latest",
                Overrides.of("backend.name=reference", "modality.initial=zeros"));
        Thinker thinker = model.thinker(1)) {
      thinker.observe(Map.of("tokens", tokens));
      thinker.begin(1);
      double[] found = thinker.step().doubles();
      double[] expected = energies(options(type), weights, tokens);
      for (int i = 0; i < LENGTH; i++) {
        assertThat(found[i]).isCloseTo(expected[i], within(1e-9));
      }
    }
  }

  /** Energies of candidates that are all alike, in landscape 0, without any configuration. */
  private static double[] energies(ObjectNode options, Map<String, Array> weights, Array tokens) {
    Parameters parameters = new Parameters();
    EnergyFunction energy =
        new EnergyFunction(
            new TextModality(
                new TextSettings(LENGTH, null, null, null), new PlaceholderTokenizer(VOCABULARY)),
            new AutoregressiveEnergy(
                new PublishedSettings(new PublishedOptions("test", options)).transformer(), 2),
            parameters);
    Tensor input = Tensor.input("tokens", tokens.shape(), ElementType.INTEGER);
    Tensor landscape = Tensor.constant(Array.scalar(0L));
    NamedTensors observed = energy.observe(NamedTensors.of(Map.of("tokens", input)), landscape);
    Tensor alike = Tensor.constant(Array.filled(Shape.of(1, LENGTH, VOCABULARY), 1.0 / VOCABULARY));
    Program program =
        Program.named("energies").output("e", energy.energy(observed, alike, landscape)).build();
    try (ReferenceBackend backend = new ReferenceBackend();
        Executable executable = backend.compile(program)) {
      for (ParameterSpec spec : parameters.specs()) {
        backend.assign(spec.variable(), weights.get(spec.name()));
      }
      return executable.run(Map.of("tokens", tokens)).get("e").doubles();
    }
  }

  @Test
  void whatIsReadThinksAndIsJudged() throws IOException {
    write("theirs", options("time_embed"), weights("time_embed"));
    convert("theirs");
    fine("think", path("theirs.d"), "--prompt", "ab", "--count", "2");
    assertThat(fine("eval", path("theirs.d"), "--rows", "1", "--steps", "2").out())
        .contains("bitsPerByte");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ebt_tipe     | "adaln" | theirs.json: 'ebt_tipe' is not an option of the published code: did you mean 'ebt_type'?
          ebt_norm     | "ebm_backwards_norm" | theirs.json: not supported: ebt_norm=ebm_backwards_norm
          normalize_initial_condition | false | theirs.json: not supported: normalize_initial_condition=false
          modality     | "VID"   | theirs.json: modality VID with model_name ebt is not supported; allowed: NLP with ebt or baseline_transformer, IMG with ebt
          embedding_dim | "8"    | theirs.json: embedding_dim is "8"; expected a number
          mcmc_step_size_learnable | 1 | theirs.json: mcmc_step_size_learnable is 1; expected true or false
          embedding_dim | 16     | theirs.safetensors does not fit the configured model:
          """)
  void optionsThatCannotBeAreTold(String option, String value, String message) throws IOException {
    ObjectNode options = options("time_embed");
    options.set(option, new ObjectMapper().readTree(value));
    write("theirs", options, weights("time_embed"));
    assertThat(refused()).contains(message);
    assertThat(folder.resolve("theirs.d")).doesNotExist();
  }

  private String refused() {
    return refusal(
        "convert", "--from", "published", path("theirs.safetensors"), "--out", path("theirs.d"));
  }

  @Test
  void tensorsThatDoNotFitAreTold() throws IOException {
    Map<String, Array> weights = weights("time_embed");
    weights.remove("alpha");
    write("theirs", options("time_embed"), weights);
    assertThat(refused()).contains("theirs.safetensors", "tensor 'alpha' is missing; shape []");
    weights.put("alpha", Array.filled(Shape.of(2), 1));
    write("theirs", options("time_embed"), weights);
    assertThat(refused()).contains("tensor 'alpha' has shape [2]; [] expected");
    weights.put("alpha", Array.filled(Shape.scalar(), 1));
    weights.put("beta", Array.filled(Shape.scalar(), 1));
    write("theirs", options("time_embed"), weights);
    assertThat(refused()).contains("tensor 'beta' found, which this configuration has no use for");
    weights.put("embeddings.weight", Array.filled(Shape.of(23, WIDTH), 1));
    write("theirs", options("time_embed").put("tokenizer", "theirs"), weights);
    assertThat(refused())
        .contains("a row for each of 23 tokens of 'theirs'; tokenizer 'bytes' has 256");
  }

  @Test
  void filesAreNeverOverwrittenAndWaysNotMixed() throws IOException {
    write("theirs", options("default"), weights("default"));
    convert("theirs");
    assertThat(refused()).contains("theirs.d already exists");
    String[] out = {
      "convert", "--to", "published", path("theirs.d"), "--out", path("theirs.safetensors")
    };
    assertThat(refusal(out)).contains("theirs.safetensors already exists");
    assertThat(
            refusal(
                "convert", "--to", "published", path("theirs.d"), "--out", path("x"), "--set=a=1"))
        .contains("--set is for --from");
    assertThat(refusal("convert", path("theirs.d"), "--out", path("x"))).contains("--from", "--to");
  }

  @ParameterizedTest
  @CsvSource({
    "thinking.updateRule=mirror,'thinking.updateRule mirror for text (only model-input)'",
    "model.addPreviousEmbedding=true,model.addPreviousEmbedding or model.head other than linear",
    "model.head=dot-product,model.addPreviousEmbedding or model.head other than linear",
    "modality.temperature=1,modality.temperature"
  })
  void whatThePublishedCodeHasNothingLikeIsTold(String setting, String what) throws IOException {
    write("theirs", options("default"), weights("default"));
    fine(
        "convert",
        "--from",
        "published",
        path("theirs.safetensors"),
        "--out",
        path("ours"),
        "--set",
        setting);
    assertThat(refusal("convert", "--to", "published", path("ours"), "--out", path("x")))
        .contains("the published code does not support " + what);
  }

  @Test
  void imagesComeAndGoAsReferenceCasesHaveThem() throws Exception {
    Path reference =
        Path.of(
                ConvertCommandTest.class
                    .getResource("/dev/ebt/bench/conformance/denoise_s2.json")
                    .toURI())
            .resolveSibling("denoise_s2.safetensors");
    fine("convert", "--from", "published", reference.toString(), "--out", path("images"));
    fine("convert", "--to", "published", path("images"), "--out", path("ours.safetensors"));
    Map<String, Array> back = Safetensors.read(folder.resolve("ours.safetensors")).tensors();
    Safetensors.read(reference)
        .tensors()
        .forEach(
            (name, array) -> {
              if (name.startsWith("param.")) {
                assertThat(back.get(name.substring(6)).floats())
                    .as(name)
                    .containsExactly(array.floats());
              }
            });
    assertThat(PublishedOptions.read(folder.resolve("ours.json")).text("image_task"))
        .isEqualTo("denoising");
  }
}
