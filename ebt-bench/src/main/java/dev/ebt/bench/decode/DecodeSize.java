package dev.ebt.bench.decode;

import static dev.ebt.interact.OptionChecks.check;
import static dev.ebt.interact.OptionChecks.positive;

import dev.ebt.backend.Backend;
import dev.ebt.bench.synthetic.ConditioningOption;
import dev.ebt.bench.synthetic.PlaceholderTokenizer;
import dev.ebt.error.UserException;
import dev.ebt.interact.OptionChecks;
import dev.ebt.model.AutoregressiveEnergy;
import dev.ebt.model.TransformerPlusPlus;
import dev.ebt.model.TransformerSettings;
import dev.ebt.model.TransformerSettings.LandscapeConditioning;
import dev.ebt.nn.ParameterSpec;
import dev.ebt.predict.Predictor;
import dev.ebt.predict.Predictors;
import dev.ebt.step.ThinkingMethod;
import dev.ebt.text.TextModality;
import dev.ebt.text.TextSettings;
import dev.ebt.think.CachedPredictor;
import dev.ebt.think.DirectPredictor;
import dev.ebt.think.ThinkingCache;
import dev.ebt.think.ThinkingParameterSpecs;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The configuration of a decoding benchmark: a text model with random parameters.
 *
 * @param conditioning {@code none} or {@code time_embed}
 * @param length tokens of the model's window
 * @param prompt tokens before generation begins
 * @param tokens generated tokens
 * @param steps thinking steps per token; 0 is the baseline of the same size, Transformer++
 * @param candidates candidates per token
 * @param repeat number of rounds
 */
public record DecodeSize(
    String conditioning,
    int layers,
    int width,
    int heads,
    int vocabulary,
    int length,
    int prompt,
    int tokens,
    int steps,
    int candidates,
    int repeat) {

  /** Refuses invalid sizes; the model checks its own settings. */
  public DecodeSize {
    check("--vocab", vocabulary, vocabulary >= 2, "at least 2");
    positive("--prompt", prompt);
    positive("--tokens", tokens);
    check("--steps", steps, steps >= 0, "at least 0");
    OptionChecks.candidates("--candidates", candidates);
    positive("--repeat", repeat);
    int needed = prompt + tokens;
    check("--length", length, length >= needed, "at least --prompt and --tokens, " + needed + ",");
    ConditioningOption.check(conditioning);
    if (steps == 0 && (candidates > 1 || !conditioning.equals("none"))) {
      throw new UserException(
          "--steps is 0, the baseline, which has neither --candidates nor --model");
    }
  }

  /** Returns the modality with a window of some tokens. */
  TextModality modality(int window) {
    return new TextModality(
        new TextSettings(window, null, null, null), new PlaceholderTokenizer(vocabulary));
  }

  private TransformerSettings settings() {
    return TransformerSettings.of(layers, heads, width)
        .with(LandscapeConditioning.valueOf(conditioning.toUpperCase(Locale.ROOT)));
  }

  private ThinkingMethod thinking() {
    return new ThinkingMethod(steps, 500.0, false, null, null, null);
  }

  private AutoregressiveEnergy energy() {
    return new AutoregressiveEnergy(settings(), steps);
  }

  private TransformerPlusPlus baseline() {
    return new TransformerPlusPlus(settings());
  }

  /** Returns the parameters of the model. */
  List<ParameterSpec> parameters() {
    return steps == 0
        ? DirectPredictor.parameters(modality(length), baseline())
        : ThinkingParameterSpecs.of(modality(length), energy(), thinking(), List.of());
  }

  /** Returns the predictors of the model with a window of some tokens. */
  Predictors predictors(Backend backend, int window) {
    TextModality modality = modality(window);
    return steps == 0
        ? new Baseline(backend, modality, baseline())
        : new ThinkingCache(backend, modality, energy(), thinking(), List.of()).predictors();
  }

  private record Baseline(Backend backend, TextModality modality, TransformerPlusPlus model)
      implements Predictors {
    @Override
    public Predictor of(int rows) {
      return new DirectPredictor(backend, modality, model, rows);
    }

    @Override
    public Optional<Predictor> focused(int rows, int positions) {
      return Optional.of(of(rows));
    }

    @Override
    public Optional<Predictor> cached(int rows, int positions, int capacity) {
      return Optional.of(new CachedPredictor(backend, modality, model, rows, capacity));
    }
  }
}
