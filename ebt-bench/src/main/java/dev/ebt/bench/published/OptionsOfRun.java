package dev.ebt.bench.published;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ebt.bench.published.PublishedOptions.Kind;
import dev.ebt.error.UserException;
import dev.ebt.plugin.PartSettings;
import dev.ebt.plugin.RunConfiguration;
import dev.ebt.step.ThinkingHyperparameters;
import dev.ebt.step.ThinkingMethod;
import dev.ebt.train.TrainingSettings;
import java.util.Locale;

/**
 * The conversion of a run's configuration to published options, the inverse of
 * PublishedConfiguration.
 */
final class OptionsOfRun {
  private static final int DIFFUSION_STEPS = 1000;

  private final String run;
  private final RunConfiguration configuration;
  private final Kind kind;
  private final ObjectNode options;

  private OptionsOfRun(String run, RunConfiguration configuration) {
    this.run = run;
    this.configuration = configuration;
    this.kind = kind(configuration);
    this.options = PublishedOptions.defaults(kind);
  }

  /**
   * Returns the options of a run.
   *
   * @param run its name in messages
   * @throws UserException naming the setting without a published equivalent
   */
  static PublishedOptions of(String run, RunConfiguration configuration) {
    OptionsOfRun all = new OptionsOfRun(run, configuration);
    all.modality();
    all.model();
    if (all.kind != Kind.BASELINE) {
      all.thinking();
      all.objective();
      configuration.regularizers().forEach(all::regularizer);
    }
    all.learning();
    return new PublishedOptions(run, all.options);
  }

  private Kind kind(RunConfiguration configuration) {
    String model = configuration.model().name();
    String modality = configuration.modality().name();
    if (modality.equals("text") && model.equals("autoregressive")) {
      return Kind.TEXT;
    }
    if (modality.equals("text") && model.equals("transformer")) {
      return Kind.BASELINE;
    }
    if (modality.equals("image-denoising") && model.equals("bidirectional")) {
      return Kind.IMAGES;
    }
    throw unlike(String.format(Locale.ROOT, "model '%s' of modality '%s'", model, modality));
  }

  private UserException unlike(String what) {
    return new UserException(
        String.format(Locale.ROOT, "%s: the published code does not support %s", run, what));
  }

  private void modality() {
    JsonNode modality = configuration.modality().settings();
    options.put("modality", kind == Kind.IMAGES ? "IMG" : "NLP");
    options.put("model_name", kind == Kind.BASELINE ? "baseline_transformer" : "ebt");
    if (kind == Kind.IMAGES) {
      options.putArray("image_dims").add(modality.get("size")).add(modality.get("size"));
      options.set("patch_size", modality.get("patch"));
      double noise = modality.path("noise").asDouble();
      options.put("denoise_images_noise_level", noise);
      options.put("diffusion_steps", (int) Math.round(noise * DIFFUSION_STEPS));
      options.put("randomize_denoise_images_noise_level", modality.has("minimumNoise"));
      requireThreeChannels(modality);
      return;
    }
    options.set("context_length", modality.get("length"));
    options.set("tokenizer", modality.at("/tokenizer/name"));
    if (modality.path("temperature").asDouble() != 0) {
      throw unlike("modality.temperature");
    }
    if (kind == Kind.TEXT) {
      boolean zeros = modality.path("initial").asText().equals("zeros");
      options.put("denoising_initial_condition", zeros ? "zeros" : "random_noise");
      if (!zeros) {
        options.set("gaussian_random_noise_scaling", modality.path("scale"));
      }
      options.put(
          "vocab_to_embed_uses_prob_dist", modality.path("embedding").asText().equals("tied"));
    }
  }

  private void requireThreeChannels(JsonNode modality) {
    if (modality.path("channels").asInt() != 3) {
      throw unlike("images of " + modality.path("channels").asInt() + " channel");
    }
    if (!modality.path("loss").asText().equals("smooth-l1")) {
      throw unlike("modality.loss " + modality.path("loss").asText() + " for images");
    }
  }

  private void model() {
    JsonNode model = configuration.model().settings();
    options.set("num_transformer_blocks", model.get("layers"));
    options.set("multiheaded_attention_heads", model.get("heads"));
    options.set("embedding_dim", model.get("width"));
    options.set("ffn_dim_multiplier", model.get("feedForward"));
    if (kind == Kind.IMAGES) {
      return;
    }
    String conditioning = model.path("conditioning").asText();
    boolean free = conditioning.equals("time_embed");
    options.put("ebt_type", conditioning.equals("none") ? "default" : conditioning);
    if (!free && !model.path("norm").asText().equals("rms")) {
      throw unlike("model.norm other than rms without conditioning time_embed");
    }
    if (!free && !model.path("activation").asText().equals("silu")) {
      throw unlike("model.activation other than silu without conditioning time_embed");
    }
    if (model.path("addPreviousEmbedding").asBoolean()
        || !model.path("head").asText("linear").equals("linear")) {
      throw unlike("model.addPreviousEmbedding or model.head other than linear");
    }
    options.set("ebt_norm", model.get("norm"));
    options.set("ebt_act_func", model.get("activation"));
    if (model.has("dytAlpha")) {
      options.set("dyt_alpha_init", model.get("dytAlpha"));
    }
  }

  private void thinking() {
    ThinkingHyperparameters thinking = configuration.thinking().hyperparameters();
    String optimizer = configuration.thinking().optimizer().name();
    if (!optimizer.equals("gradient-descent")) {
      throw unlike("thinking.optimizer " + optimizer + " (only gradient-descent)");
    }
    if (kind == Kind.TEXT && thinking.updateRule() != ThinkingMethod.UpdateRule.MODEL_INPUT) {
      throw unlike(
          String.format(
              Locale.ROOT,
              "thinking.updateRule %s for text (only model-input)",
              thinking.updateRule().name().toLowerCase(java.util.Locale.ROOT)));
    }
    if (kind == Kind.IMAGES && thinking.clamp() != 0) {
      throw unlike("thinking.clamp for images");
    }
    options.put("mcmc_num_steps", thinking.landscapes());
    options.put("mcmc_step_size", thinking.stepSize());
    options.put("mcmc_step_size_learnable", thinking.learnStepSize());
    if (thinking.learnStepSize()) {
      options.put("mcmc_step_size_lr_multiplier", thinking.stepSizeRate());
    }
    options.put("absolute_clamp", thinking.clamp());
    double temperature = thinking.logitTemperature();
    options.put("sharpen_predicted_distribution", temperature == 1 ? 0 : temperature);
  }

  private void objective() {
    String name = configuration.objective().name();
    JsonNode objective = configuration.objective().settings();
    switch (name) {
      case "s1" -> options.put("no_mcmc_detach", false).put("truncate_mcmc", false);
      case "s2" -> options.put("no_mcmc_detach", false).put("truncate_mcmc", true);
      case "s2-attached" -> options.put("no_mcmc_detach", true).put("truncate_mcmc", true);
      case "unrolled" -> options.put("no_mcmc_detach", true).put("truncate_mcmc", false);
      default -> throw unlike("objective '" + name + "' for energies");
    }
    options.set("soften_target_prob_dist", objective.get("labelSmoothing"));
    double weight = objective.path("contrastiveWeight").asDouble();
    if (weight != 0) {
      options.put("contrastive_loss", true).put("contrastive_loss_coeff", weight);
    }
    steps(objective.path("steps").asInt());
  }

  /** The number of steps is that of landscapes, or the last landscape is repeated. */
  private void steps(int steps) {
    int landscapes = configuration.thinking().hyperparameters().landscapes();
    if (steps == 0 || steps == landscapes) {
      return;
    }
    if (options.path("ebt_type").asText().equals("default")) {
      options.put("mcmc_num_steps", steps);
      return;
    }
    if (steps < landscapes) {
      throw unlike("objective.steps below thinking.landscapes");
    }
    options.put("randomize_mcmc_num_steps", steps - landscapes);
    options.put("randomize_mcmc_num_steps_min", steps - landscapes + 1);
    options.put("randomize_mcmc_num_steps_final_landscape", true);
  }

  private void regularizer(PartSettings part) {
    JsonNode settings = part.settings();
    switch (part.name()) {
      case "random-step-count" -> {
        options.set("randomize_mcmc_num_steps", settings.get("extra"));
        options.set("randomize_mcmc_num_steps_min", settings.get("minimum"));
        options.set("randomize_mcmc_num_steps_final_landscape", settings.get("finalOnly"));
      }
      case "random-step-size" ->
          options.set("randomize_mcmc_step_size_scale", settings.get("scale"));
      case "langevin" -> {
        options.set("langevin_dynamics_noise", settings.get("sigma"));
        options.set("langevin_dynamics_noise_learnable", settings.get("learnable"));
      }
      case "gradient-clamp" -> {
        options.put("clamp_futures_grad", true);
        options.set("clamp_futures_grad_max_change", settings.get("maximumChange"));
      }
      case "replay" -> {
        options.put("mcmc_replay_buffer", true);
        options.set("mcmc_replay_buffer_size", settings.get("capacity"));
        options.set("mcmc_replay_buffer_sample_bs_percent", settings.get("fraction"));
      }
      default -> throw unlike("regularizer '" + part.name() + "'");
    }
  }

  private void learning() {
    TrainingSettings training = configuration.training();
    options.put("max_steps", training.steps());
    options.put("batch_size_per_device", training.batch());
    options.put("accumulate_grad_batches", training.accumulate());
    options.put("peak_learning_rate", training.learningRate());
    schedule();
    if (!configuration.clip().name().equals("clip-by-global-norm")) {
      throw unlike("clip " + configuration.clip().name());
    }
    options.set("gradient_clip_val", configuration.clip().settings().get("norm"));
    JsonNode optimizer = configuration.optimizer().settings();
    if (configuration.optimizer().name().equals("adamw")) {
      options.set("weight_decay", optimizer.get("weightDecay"));
      options.set("beta1", optimizer.get("beta1"));
      options.set("beta2", optimizer.get("beta2"));
    }
  }

  private void schedule() {
    if (!configuration.schedule().name().equals("cosine")) {
      throw unlike("schedule " + configuration.schedule().name());
    }
    JsonNode schedule = configuration.schedule().settings();
    options.set("max_scheduling_steps", schedule.get("decaySteps"));
    options.set("warm_up_steps", schedule.get("warmUp"));
    if (schedule.path("warmUpStart").asDouble() > 0) {
      options.put("warm_up_base_lr_divider", 1 / schedule.path("warmUpStart").asDouble());
    }
    if (schedule.path("floor").asDouble() > 0) {
      options.put("min_lr_scale", 1 / schedule.path("floor").asDouble());
    }
  }
}
