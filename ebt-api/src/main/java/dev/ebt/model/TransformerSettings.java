package dev.ebt.model;

import static java.util.Objects.requireNonNullElse;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.ebt.energy.CarriedOverSetting;
import dev.ebt.energy.DefaultLearningRate;
import dev.ebt.error.FormerName;
import dev.ebt.error.SettingException;
import dev.ebt.nn.Activation;
import dev.ebt.nn.Norm;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The sizes and options of an autoregressive transformer.
 *
 * @param size preset of layers, heads and width: 4xs, 3xs, xxs, xs, small, medium, large, xl as
 *     published; tiny and mini of this project
 * @param layers number of blocks; overrides the size
 * @param heads number of attention heads; overrides the size
 * @param width of the stream between blocks; overrides the size
 * @param feedForward width of the feed-forward layer as a multiple of {@code width}
 * @param conditioning how the model is conditioned on the landscape
 * @param norm normalization before attention, feed-forward and the last layer
 * @param activation nonlinearity of the feed-forward layer
 * @param dytAlpha with norm {@code dyt}: initial a of tanh(a x) (0.5)
 * @param addPreviousEmbedding whether the element that a candidate follows is added to the
 *     candidate's input, as in a language model; false: the model reads that element by attention
 *     only, as published
 * @param head how the last stream of a candidate becomes its energy
 */
public record TransformerSettings(
    @CarriedOverSetting @Nullable String size,
    @CarriedOverSetting Integer layers,
    @CarriedOverSetting Integer heads,
    @CarriedOverSetting Integer width,
    @CarriedOverSetting Double feedForward,
    LandscapeConditioning conditioning,
    @CarriedOverSetting Normalization norm,
    @CarriedOverSetting Activation activation,
    @CarriedOverSetting @Nullable Double dytAlpha,
    @FormerName("anchored") Boolean addPreviousEmbedding,
    Head head)
    implements DefaultLearningRate {

  /** The conditioning of an energy on the landscape. */
  public enum LandscapeConditioning {
    /** None: one landscape for all steps. */
    @JsonProperty("none")
    NONE,
    /** A learned token per landscape precedes the observed ones. */
    @JsonProperty("time_embed")
    TIME_EMBED,
    /** A learned vector per landscape shifts, scales and gates every block. */
    @JsonProperty("adaln")
    ADALN,
    /** As {@code adaln}, but every gate and the energy are initially 0. */
    @JsonProperty("adaln_zero")
    ADALN_ZERO
  }

  /** The map from the last stream h of a candidate, normalized, to its energy. */
  public enum Head {
    /** E = w·h, as published. */
    @JsonProperty("linear")
    LINEAR,
    /**
     * E = w·h − h·z with z the embedded candidate: h predicts the matching embedding, and the
     * energy is lower the better the candidate matches it. Its first gradient contains the output
     * of a language model's output layer.
     */
    @FormerName("match")
    @JsonProperty("dot-product")
    DOT_PRODUCT
  }

  /** The normalization of a stream: see {@link Norm}. */
  public enum Normalization {
    /** Root mean square normalization (RMSNorm). */
    @JsonProperty("rms")
    RMS,
    /** Layer normalization. */
    @JsonProperty("layer")
    LAYER,
    /** No normalization. */
    @JsonProperty("none")
    NONE,
    /** Dynamic tanh, tanh(a x) with a learned a. */
    @JsonProperty("dyt")
    DYT
  }

  /** Returns settings of the given sizes, with defaults otherwise. */
  public static TransformerSettings of(int layers, int heads, int width) {
    return new TransformerSettings(
        null, layers, heads, width, null, null, null, null, null, null, null);
  }

  /** Returns these settings with another conditioning. */
  public TransformerSettings with(LandscapeConditioning other) {
    return new TransformerSettings(
        size,
        layers,
        heads,
        width,
        feedForward,
        other,
        norm,
        activation,
        dytAlpha,
        addPreviousEmbedding,
        head);
  }

  /** Fills in the preset's sizes and rejects invalid ones. */
  public TransformerSettings(
      @Nullable String size,
      @Nullable Integer layers,
      @Nullable Integer heads,
      @Nullable Integer width,
      @Nullable Double feedForward,
      @Nullable LandscapeConditioning conditioning,
      @Nullable Normalization norm,
      @Nullable Activation activation,
      @Nullable Double dytAlpha,
      @Nullable Boolean addPreviousEmbedding,
      @Nullable Head head) {
    Size named = Size.named(size);
    layers = requireNonNullElse(layers, named.layers());
    heads = requireNonNullElse(heads, named.heads());
    width = requireNonNullElse(width, named.width());
    feedForward = requireNonNullElse(feedForward, 1.0);
    conditioning = requireNonNullElse(conditioning, LandscapeConditioning.NONE);
    norm = requireNonNullElse(norm, Normalization.RMS);
    activation = requireNonNullElse(activation, Activation.SILU);
    addPreviousEmbedding = requireNonNullElse(addPreviousEmbedding, false);
    head = requireNonNullElse(head, Head.LINEAR);
    if (norm == Normalization.DYT) {
      dytAlpha = requireNonNullElse(dytAlpha, 0.5);
    } else if (dytAlpha != null) {
      throw new SettingException("model.dytAlpha", "is for norm dyt; model.norm is another one");
    }
    check(layers, heads, width);
    if (width % heads != 0) {
      throw new SettingException(
          "model.width",
          String.format(
              Locale.ROOT,
              "%d is not divisible by model.heads %d; for instance width %d",
              width,
              heads,
              (width / heads + 1) * heads));
    }
    if (width / heads % 2 != 0) {
      throw new SettingException(
          "model.width",
          String.format(
              Locale.ROOT,
              "%d over model.heads %d makes heads of odd size %d; rotary positions need even",
              width,
              heads,
              width / heads));
    }
    if (!(feedForward * width >= 1)) {
      throw new SettingException(
          "model.feedForward", "is " + feedForward + "; more than 0 expected");
    }
    this.size = size;
    this.layers = layers;
    this.heads = heads;
    this.width = width;
    this.feedForward = feedForward;
    this.conditioning = conditioning;
    this.norm = norm;
    this.activation = activation;
    this.dytAlpha = dytAlpha;
    this.addPreviousEmbedding = addPreviousEmbedding;
    this.head = head;
  }

  /** Rejects sizes that no machine has memory for, and those below 1. */
  static void check(int layers, int heads, int width) {
    between(1, 1 << 10, "layers", layers);
    between(1, 1 << 16, "heads", heads);
    between(1, 1 << 16, "width", width);
  }

  private static void between(int least, int most, String field, int value) {
    if (value < least || value > most) {
      throw new SettingException(
          "model." + field,
          String.format(Locale.ROOT, "is %d; %d to %d expected", value, least, most));
    }
  }

  /**
   * Returns the rate for the actual layers and width, whatever the preset: see {@link
   * LearningRate}.
   */
  @Override
  public double suitableRate() {
    return LearningRate.of(layers, width);
  }

  /** Returns the norm selected by the settings. */
  Norm normalization() {
    return switch (norm) {
      case RMS -> new Norm.Rms();
      case LAYER -> new Norm.Layer();
      case NONE -> new Norm.None();
      case DYT -> new Norm.DynamicTanh(requireNonNullElse(dytAlpha, 0.5));
    };
  }

  /** Returns the width of the feed-forward layer: ⌊width · feedForward⌋. */
  int hidden() {
    return (int) (width * feedForward);
  }

  /** Returns the width of one head. */
  int headSize() {
    return width / heads;
  }
}
