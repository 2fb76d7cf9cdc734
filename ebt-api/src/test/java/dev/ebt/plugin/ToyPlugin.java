package dev.ebt.plugin;

import static java.util.Objects.requireNonNullElse;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.ebt.backend.Backend;
import dev.ebt.energy.CarriedOverSetting;
import dev.ebt.energy.Model;
import dev.ebt.error.SettingException;
import dev.ebt.error.UserException;
import dev.ebt.modality.Dataset;
import dev.ebt.modality.Modality;
import dev.ebt.modality.Tokenizer;
import dev.ebt.objective.Objective;
import dev.ebt.optimize.AdamW;
import dev.ebt.optimize.Backtracking;
import dev.ebt.optimize.ClipByGlobalNorm;
import dev.ebt.optimize.ClipByNorm;
import dev.ebt.optimize.ConstantSchedule;
import dev.ebt.optimize.CosineSchedule;
import dev.ebt.optimize.GradientDescent;
import dev.ebt.optimize.GradientTransform;
import dev.ebt.optimize.LearningRateSchedule;
import dev.ebt.optimize.Momentum;
import dev.ebt.optimize.Optimizer;
import dev.ebt.regularize.Regularizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.mockito.Mockito;

/**
 * A plugin with one part of each kind, under the names that are the defaults of a configuration.
 */
final class ToyPlugin implements EbtPlugin {
  /** What was made, in order. */
  final List<String> made = new ArrayList<>();

  /** The backend that it makes. */
  final Backend backend = Mockito.mock(Backend.class);

  /** How a toy norm is spelt. */
  enum Norm {
    @JsonProperty("rms")
    RMS,
    @JsonProperty("layer")
    LAYER
  }

  /** No settings. */
  record Nothing() {}

  /** Settings of the toy model: of every type that settings are made of. */
  record ModelSettings(
      @CarriedOverSetting int width,
      Integer heads,
      Norm norm,
      Double scale,
      Boolean bias,
      String note,
      List<Integer> sizes) {
    ModelSettings {
      heads = requireNonNullElse(heads, 4);
      norm = requireNonNullElse(norm, Norm.RMS);
      scale = requireNonNullElse(scale, 1e-5);
      bias = requireNonNullElse(bias, false);
      sizes = List.copyOf(requireNonNullElse(sizes, List.of(1, 2)));
      if (width % heads != 0) {
        throw new UserException("width " + width + " is not divisible by heads " + heads);
      }
    }
  }

  /** Settings of another toy model. */
  record WideSettings(@CarriedOverSetting Integer width, Double scale) {}

  /** Settings with a part in them. */
  record TextSettings(PartSettings tokenizer) {
    TextSettings {
      tokenizer = requireNonNullElse(tokenizer, PartSettings.of("byte"));
    }
  }

  /** Settings of the toy tokenizer. */
  record TokenizerSettings(Integer vocabulary) {
    TokenizerSettings {
      vocabulary = requireNonNullElse(vocabulary, 256);
    }
  }

  /** Settings of the toy optimizer. */
  record RateSettings(Double beta1, Double beta2) {
    RateSettings {
      beta1 = requireNonNullElse(beta1, 0.9);
      beta2 = requireNonNullElse(beta2, 0.999);
      if (beta1 >= 1) {
        throw SettingException.of("beta1", beta1, "below 1");
      }
    }
  }

  /** Settings of the toy noise. */
  record NoiseSettings(Double size) {
    NoiseSettings {
      size = requireNonNullElse(size, 0.1);
    }
  }

  /** A model that is nothing but its settings. */
  record ToyModel(ModelSettings settings, Modality modality) implements Model {
    @Override
    public int width() {
      return settings.width();
    }

    @Override
    public String description() {
      return "toy of width " + settings.width();
    }
  }

  /** A model that is nothing but a name. */
  record Baseline(String description) implements Model {
    @Override
    public int width() {
      return 1;
    }
  }

  /** A hook that does nothing. */
  record Noise(double size) implements Regularizer {}

  @Override
  public String name() {
    return "toy";
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
            "Toy text",
            TextSettings.class,
            (settings, context) -> {
              context.part(Tokenizer.class, settings.tokenizer());
              made.add("text");
              return Mockito.mock(Modality.class);
            }));
  }

  @Override
  public List<Factory<? extends Tokenizer, ?>> tokenizers() {
    return List.of(
        Factory.of(
            "byte",
            "Toy bytes",
            TokenizerSettings.class,
            (settings, context) -> {
              made.add("byte " + settings.vocabulary());
              return Mockito.mock(Tokenizer.class);
            }));
  }

  @Override
  public List<Factory<? extends Dataset, ?>> datasets() {
    return List.of(
        Factory.of(
            "brackets",
            "Toy brackets",
            Nothing.class,
            (settings, context) -> {
              throw new UserException("brackets.txt: no such file");
            }));
  }

  @Override
  public List<Factory<? extends Model, ?>> models() {
    return List.of(
        Factory.of(
            "autoregressive",
            "Toy model",
            ModelSettings.class,
            (settings, context) -> new ToyModel(settings, context.modality())),
        Factory.of(
            "baseline",
            "Toy baseline",
            Nothing.class,
            (settings, context) -> new Baseline("baseline")),
        Factory.of(
            "wide",
            "Toy of width alone",
            WideSettings.class,
            (settings, context) -> new Baseline("wide")));
  }

  @Override
  public List<Factory<? extends Objective, ?>> objectives() {
    return List.of(
        Factory.of("s1", "Toy objective", Nothing.class, (s, a) -> Mockito.mock(Objective.class)));
  }

  @Override
  public List<Factory<? extends Optimizer, ?>> optimizers() {
    return List.of(
        Factory.of(
            "adamw",
            "Toy optimizer",
            RateSettings.class,
            (settings, context) -> new AdamW(settings.beta1(), settings.beta2(), 1e-8, 0.01)),
        Factory.of("plain", "Toy descent", Nothing.class, (s, a) -> new GradientDescent()),
        Factory.of(
            "gradient-descent", "The default", Nothing.class, (s, a) -> new GradientDescent()),
        Factory.of(
            "cautious", "Toy comparison", Nothing.class, (s, a) -> new Backtracking(0.5, 1.0)));
  }

  @Override
  public List<Factory<? extends LearningRateSchedule, ?>> schedules() {
    return List.of(
        Factory.of("cosine", "Toy cosine", CosineSchedule.class, (s, a) -> s),
        Factory.of("constant", "Toy constant", ConstantSchedule.class, (s, a) -> s));
  }

  @Override
  public List<Factory<? extends GradientTransform, ?>> transforms() {
    return List.of(
        Factory.of("clip-by-global-norm", "Toy clip", ClipByGlobalNorm.class, (s, a) -> s),
        Factory.of("clip-by-norm", "Toy clip", ClipByNorm.class, (s, a) -> s),
        Factory.of("momentum", "Toy momentum", Momentum.class, (s, a) -> s));
  }

  @Override
  public List<Factory<? extends Regularizer, ?>> regularizers() {
    return List.of(
        Factory.of("noise", "Toy noise", NoiseSettings.class, (s, a) -> new Noise(s.size())),
        Factory.of("replay", "Toy replay", Nothing.class, (s, a) -> new Noise(0)));
  }

  @Override
  public List<Factory<? extends Backend, ?>> backends() {
    return List.of(
        Factory.of("tensorflow", "Toy backend", Nothing.class, (settings, context) -> backend));
  }

  @Override
  public Map<String, String> recipes() {
    return Map.of("small", "# A small one\nmodel: {width: 64, heads: 2}\nregularizers: [noise]\n");
  }
}
