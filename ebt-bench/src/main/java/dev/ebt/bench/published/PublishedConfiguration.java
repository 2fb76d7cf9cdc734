package dev.ebt.bench.published;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ebt.bench.published.PublishedOptions.Kind;
import dev.ebt.config.Binding;
import dev.ebt.error.UserException;
import dev.ebt.plugin.ThinkingSettings;
import dev.ebt.train.EnergyObjective.GradientThrough;
import dev.ebt.train.EnergyObjective.LossAt;
import java.util.List;

/** The conversion of published options to a run's configuration. */
final class PublishedConfiguration {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private final PublishedOptions options;
  private final PublishedSettings parts;
  private final Kind kind;

  PublishedConfiguration(PublishedOptions options) {
    this.options = options;
    this.parts = new PublishedSettings(options);
    this.kind = options.kind();
  }

  /**
   * Returns the settings that options determine.
   *
   * @throws UserException naming the file and each option with an unsupported value
   */
  ObjectNode tree() {
    List<String> unsupported = options.unsupported();
    if (!unsupported.isEmpty()) {
      throw new UserException(
          options.source() + ": not supported: " + String.join(", ", unsupported));
    }
    ObjectNode tree = JSON.objectNode();
    tree.set("modality", kind == Kind.IMAGES ? images() : text());
    if (kind == Kind.IMAGES) {
      tree.set("data", named("shapes"));
    }
    tree.set("model", model());
    tree.set("objective", objective());
    if (kind != Kind.BASELINE) {
      tree.set("thinking", Binding.tree(ThinkingSettings.of(parts.thinking().hyperparameters())));
      tree.set("regularizers", regularizers());
    }
    tree.set("optimizer", optimizer());
    tree.set("schedule", schedule());
    tree.set("clip", clip());
    tree.set("training", training());
    return tree;
  }

  private static ObjectNode named(String name) {
    return JSON.objectNode().put("name", name);
  }

  private ObjectNode text() {
    ObjectNode text = named("text").put("length", options.count("context_length"));
    if (kind == Kind.TEXT) {
      text.put("initial", initial());
      if (initial().equals("noise")) {
        text.put("scale", options.number("gaussian_random_noise_scaling"));
      }
      boolean tied = options.on("vocab_to_embed_uses_prob_dist");
      text.put("embedding", tied ? "tied" : "projection");
    }
    return text;
  }

  private String initial() {
    String start = options.text("denoising_initial_condition");
    return switch (start) {
      case "random_noise" -> "noise";
      case "zeros" -> "zeros";
      default ->
          throw options.mistyped(
              "denoising_initial_condition",
              options.value("denoising_initial_condition"),
              "random_noise or zeros");
    };
  }

  /** Returns the published noise schedule with 1000 steps, as in the published scripts. */
  private ObjectNode images() {
    JsonNode size = options.value("image_dims");
    if (size.size() != 2 || !size.get(0).equals(size.get(1))) {
      throw options.mistyped("image_dims", size, "two equal sizes");
    }
    ObjectNode images =
        named("image-denoising")
            .put("size", size.get(0).asInt())
            .put("patch", options.count("patch_size"))
            .put("noise", options.number("denoise_images_noise_level"));
    if (options.on("randomize_denoise_images_noise_level")) {
      images.put("minimumNoise", 0.001);
    }
    return images;
  }

  private ObjectNode model() {
    return switch (kind) {
      case TEXT -> named("autoregressive").setAll(Binding.tree(parts.transformer()));
      case BASELINE -> named("transformer").setAll(Binding.tree(parts.transformer()));
      case IMAGES -> named("bidirectional").setAll(Binding.tree(parts.bidirectional()));
    };
  }

  private ObjectNode objective() {
    if (kind == Kind.BASELINE) {
      return named("likelihood");
    }
    ObjectNode objective = named(objectiveName());
    if (kind == Kind.TEXT) {
      objective.put("labelSmoothing", options.number("soften_target_prob_dist"));
      objective.put("contrastiveWeight", parts.contrastiveWeight());
    }
    return objective;
  }

  /** With truncation and a fixed step size, detaching the steps makes no difference. */
  private String objectiveName() {
    if (parts.lossAt() == LossAt.LAST) {
      boolean lengthsLearn =
          options.on("mcmc_step_size_learnable") || options.on("langevin_dynamics_noise_learnable");
      boolean attached = parts.gradientThrough() == GradientThrough.LENGTHS;
      return attached && lengthsLearn ? "s2-attached" : "s2";
    }
    return parts.gradientThrough() == GradientThrough.ALL ? "unrolled" : "s1";
  }

  private ArrayNode regularizers() {
    ArrayNode list = JSON.arrayNode();
    if (options.count("randomize_mcmc_num_steps") > 0) {
      list.addObject()
          .put("name", "random-step-count")
          .put("extra", options.count("randomize_mcmc_num_steps"))
          .put("minimum", options.count("randomize_mcmc_num_steps_min"))
          .put("finalOnly", options.on("randomize_mcmc_num_steps_final_landscape"));
    }
    if (options.number("randomize_mcmc_step_size_scale") != 1) {
      list.addObject()
          .put("name", "random-step-size")
          .put("scale", options.number("randomize_mcmc_step_size_scale"));
    }
    if (options.number("langevin_dynamics_noise") != 0) {
      list.addObject()
          .put("name", "langevin")
          .put("sigma", options.number("langevin_dynamics_noise"))
          .put("learnable", options.on("langevin_dynamics_noise_learnable"));
    }
    if (options.on("clamp_futures_grad")) {
      list.addObject()
          .put("name", "gradient-clamp")
          .put("maximumChange", options.number("clamp_futures_grad_max_change"));
    }
    if (options.on("mcmc_replay_buffer")) {
      list.addObject()
          .put("name", "replay")
          .put("capacity", options.count("mcmc_replay_buffer_size"))
          .put("fraction", options.number("mcmc_replay_buffer_sample_bs_percent"));
    }
    return list;
  }

  private ObjectNode optimizer() {
    ObjectNode optimizer = named("adamw");
    copy("weight_decay", optimizer, "weightDecay");
    copy("beta1", optimizer, "beta1");
    copy("beta2", optimizer, "beta2");
    return optimizer;
  }

  private ObjectNode training() {
    ObjectNode training = JSON.objectNode();
    copy("max_steps", training, "steps");
    copy("batch_size_per_device", training, "batch");
    copy("accumulate_grad_batches", training, "accumulate");
    copy("peak_learning_rate", training, "learningRate");
    return training;
  }

  private ObjectNode schedule() {
    ObjectNode schedule = named("cosine");
    copy("warm_up_steps", schedule, "warmUp");
    boolean warmsUp = !options.has("warm_up_steps") || options.count("warm_up_steps") > 0;
    if (warmsUp
        && options.has("warm_up_base_lr_divider")
        && options.number("warm_up_base_lr_divider") > 0) {
      schedule.put("warmUpStart", 1 / options.number("warm_up_base_lr_divider"));
    }
    if (options.has("max_scheduling_steps") && options.number("max_scheduling_steps") > 0) {
      copy("max_scheduling_steps", schedule, "decaySteps");
    }
    if (options.has("min_lr_scale")) {
      schedule.put("floor", 1 / options.number("min_lr_scale"));
    }
    return schedule;
  }

  private ObjectNode clip() {
    ObjectNode clip = named("clip-by-global-norm");
    copy("gradient_clip_val", clip, "norm");
    return clip;
  }

  /** Copies an option, if it is set, to a field. */
  private void copy(String option, ObjectNode to, String field) {
    if (options.has(option)) {
      to.set(field, options.value(option));
    }
  }
}
