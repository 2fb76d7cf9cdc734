package dev.ebt.bench.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ebt.bench.published.PublishedOptions;
import dev.ebt.bench.published.PublishedSettings;
import dev.ebt.error.ReasonText;
import dev.ebt.error.UserException;
import dev.ebt.regularize.Regularizer;
import dev.ebt.regularizers.GradientClamp;
import dev.ebt.step.ThinkingMethod;
import dev.ebt.store.Safetensors;
import dev.ebt.tensor.Array;
import dev.ebt.train.EnergyObjective;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reference values on disk: {@code NAME.json} with the kind, the hyperparameters under their
 * published flag names and scalar results, and {@code NAME.safetensors} with inputs, parameters
 * ({@code param.*}), results and gradients ({@code grad.*}).
 */
record ReferenceCase(String name, Path json, JsonNode document, Map<String, Array> tensors) {

  /** Reads a case from its JSON file, or returns empty if there are no tensors for it. */
  static Optional<ReferenceCase> read(Path json) {
    String file = json.getFileName().toString();
    String name = file.substring(0, file.length() - ".json".length());
    Path tensors = json.resolveSibling(name + ".safetensors");
    try {
      JsonNode document = new ObjectMapper().readTree(json.toFile());
      if (!Files.exists(tensors)) {
        return ScheduleCase.isOne(document)
            ? Optional.of(new ReferenceCase(name, json, document, Map.of()))
            : Optional.empty();
      }
      return Optional.of(
          new ReferenceCase(name, json, document, Safetensors.read(tensors).tensors()));
    } catch (IOException e) {
      throw new UserException(json + ": not readable as JSON: " + ReasonText.of(e), e);
    }
  }

  /** Returns the type of computation, such as {@code autoregressive-ebt-text}. */
  String kind() {
    return ScheduleCase.isOne(document) ? ScheduleCase.KIND : document.path("kind").asText();
  }

  /** Returns a required hyperparameter. */
  JsonNode flag(String name) {
    JsonNode value = hparams().path(name);
    if (value.isMissingNode()) {
      throw new UserException(json + ": hparams has no '" + name + "'");
    }
    return value;
  }

  /** Returns a required argument of the model's constructor. */
  JsonNode argument(String name) {
    JsonNode value = document.path("args").path(name);
    if (value.isMissingNode()) {
      throw new UserException(json + ": args has no '" + name + "'");
    }
    return value;
  }

  /** Returns this case with the given prefix in the names of parameters and gradients. */
  ReferenceCase within(String scope) {
    Map<String, Array> renamed = new LinkedHashMap<>();
    tensors.forEach(
        (name, array) -> renamed.put(name.replaceFirst("^(param|grad)\\.", "$1." + scope), array));
    return new ReferenceCase(name, json, document, renamed);
  }

  private JsonNode hparams() {
    return document.path("hparams");
  }

  /** Returns an optional hyperparameter, 0 if it is missing. */
  private double number(String name) {
    return hparams().path(name).asDouble(0);
  }

  /** Returns gradient clamping and Langevin noise, where the case has them. */
  List<Regularizer> regularizers() {
    List<Regularizer> regularizers = new ArrayList<>();
    if (hparams().path("clamp_futures_grad").asBoolean()) {
      regularizers.add(new GradientClamp(number("clamp_futures_grad_max_change")));
    }
    if (number("langevin_dynamics_noise") != 0) {
      regularizers.add(new GivenNoise(number("langevin_dynamics_noise")));
    }
    return regularizers;
  }

  /** Returns the flags whose values differ from the given ones, as {@code flag=value}. */
  List<String> others(Map<String, String> only) {
    List<String> others = new ArrayList<>();
    only.forEach(
        (flag, value) -> {
          JsonNode found = flag(flag);
          boolean same =
              found.isNumber()
                  ? found.asDouble() == Double.parseDouble(value)
                  : found.asText().equals(value);
          if (!same) {
            others.add(flag + "=" + found.asText());
          }
        });
    return others;
  }

  /** Returns the published options. */
  PublishedOptions options() {
    flag("model_name");
    return new PublishedOptions(json.toString(), (ObjectNode) hparams());
  }

  /** Returns the parts that the options describe. */
  PublishedSettings parts() {
    return new PublishedSettings(options());
  }

  /** Returns the training objective. */
  EnergyObjective objective() {
    return new EnergyObjective(
        document.path("mcmc_steps").asInt(flag("mcmc_num_steps").asInt()),
        parts().lossAt(),
        parts().gradientThrough(),
        options().number("soften_target_prob_dist"),
        parts().contrastiveWeight());
  }

  /** Returns the settings of thinking. */
  ThinkingMethod thinking() {
    ThinkingMethod thinking = parts().thinking();
    return thinking.hyperparameters().learnStepSize()
        ? ThinkingMethod.of(
            thinking.hyperparameters().withStepSizeRate(hparams().path("lr_mult").asDouble(1)))
        : thinking;
  }

  /** Returns a scalar result, if the case has it. */
  Optional<Double> scalar(String name) {
    JsonNode value = document.path("scalars").path(name);
    return value.isNumber() ? Optional.of(value.asDouble()) : Optional.empty();
  }

  /** Returns a required tensor. */
  Array tensor(String name) {
    Array array = tensors.get(name);
    if (array == null) {
      throw new UserException(
          json + ": the tensor '" + name + "' is missing in its .safetensors file");
    }
    return array;
  }
}
