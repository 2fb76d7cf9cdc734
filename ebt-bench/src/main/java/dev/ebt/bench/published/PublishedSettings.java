package dev.ebt.bench.published;

import dev.ebt.bench.published.PublishedOptions.Kind;
import dev.ebt.error.UserException;
import dev.ebt.model.BidirectionalSettings;
import dev.ebt.model.TransformerSettings;
import dev.ebt.model.TransformerSettings.LandscapeConditioning;
import dev.ebt.model.TransformerSettings.Normalization;
import dev.ebt.nn.Activation;
import dev.ebt.step.ThinkingHyperparameters;
import dev.ebt.step.ThinkingMethod;
import dev.ebt.train.EnergyObjective.GradientThrough;
import dev.ebt.train.EnergyObjective.LossAt;
import java.util.Arrays;
import java.util.Locale;

/** The parts that published options describe. */
public final class PublishedSettings {
  private final PublishedOptions options;

  /** Creates the parts for these options. */
  public PublishedSettings(PublishedOptions options) {
    this.options = options;
  }

  /**
   * Returns the settings of the autoregressive transformer. Only {@code time_embed} uses the
   * options for normalization and activation; other models have the published defaults.
   */
  public TransformerSettings transformer() {
    LandscapeConditioning conditioning = conditioning();
    boolean free = conditioning == LandscapeConditioning.TIME_EMBED;
    Normalization norm = free ? oneOf("ebt_norm", Normalization.values()) : Normalization.RMS;
    return new TransformerSettings(
        null,
        options.count("num_transformer_blocks"),
        options.count("multiheaded_attention_heads"),
        options.count("embedding_dim"),
        options.number("ffn_dim_multiplier"),
        conditioning,
        norm,
        free ? oneOf("ebt_act_func", Activation.values()) : Activation.SILU,
        norm == Normalization.DYT ? options.number("dyt_alpha_init") : null,
        null,
        null);
  }

  private LandscapeConditioning conditioning() {
    return options.kind() == Kind.BASELINE || options.text("ebt_type").equals("default")
        ? LandscapeConditioning.NONE
        : oneOf("ebt_type", LandscapeConditioning.values());
  }

  /** Returns the constant that an option names in lower case. */
  private <E extends Enum<E>> E oneOf(String name, E[] constants) {
    String wanted = options.text(name);
    return Arrays.stream(constants)
        .filter(constant -> constant.name().toLowerCase(Locale.ROOT).equals(wanted))
        .findFirst()
        .orElseThrow(
            () -> new UserException(options.source() + ": not supported: " + name + "=" + wanted));
  }

  /** Returns the settings of the bidirectional transformer. */
  public BidirectionalSettings bidirectional() {
    return new BidirectionalSettings(
        null,
        options.count("num_transformer_blocks"),
        options.count("multiheaded_attention_heads"),
        options.count("embedding_dim"),
        options.number("ffn_dim_multiplier"));
  }

  /** Returns the settings of thinking. */
  public ThinkingMethod thinking() {
    boolean learned = options.on("mcmc_step_size_learnable");
    boolean images = options.kind() == Kind.IMAGES;
    return ThinkingMethod.of(
        ThinkingHyperparameters.builder()
            .landscapes(options.count("mcmc_num_steps"))
            .stepSize(options.number("mcmc_step_size"))
            .learnStepSize(learned)
            .stepSizeRate(learned ? options.number("mcmc_step_size_lr_multiplier") : null)
            .clamp(images ? null : options.number("absolute_clamp"))
            .logitTemperature(images ? null : logitTemperature())
            .build());
  }

  /** Returns the temperature of the logits: the option's 0 stands for none. */
  private double logitTemperature() {
    double sharpening = options.number("sharpen_predicted_distribution");
    return sharpening == 0 ? 1 : sharpening;
  }

  /** Returns the steps that have a loss. */
  public LossAt lossAt() {
    return options.on("truncate_mcmc") ? LossAt.LAST : LossAt.EACH;
  }

  /** Returns the extent of backpropagation through steps. */
  public GradientThrough gradientThrough() {
    if (!options.on("no_mcmc_detach")) {
      return GradientThrough.STEP;
    }
    return options.on("truncate_mcmc") ? GradientThrough.LENGTHS : GradientThrough.ALL;
  }

  /** Returns the weight of the contrastive term of the loss. */
  public double contrastiveWeight() {
    return options.on("contrastive_loss") ? options.number("contrastive_loss_coeff") : 0;
  }
}
