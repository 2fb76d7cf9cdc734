package dev.ebt.text;

import dev.ebt.backend.Backend;
import dev.ebt.modality.Batch;
import dev.ebt.modality.Tokenizer;
import dev.ebt.model.AutoregressiveEnergy;
import dev.ebt.model.TransformerSettings;
import dev.ebt.model.TransformerSettings.LandscapeConditioning;
import dev.ebt.step.ThinkingMethod;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.Shape;
import dev.ebt.text.window.TrainingWindows;
import dev.ebt.train.EnergyObjective;
import dev.ebt.train.TrainingProblem;
import dev.ebt.train.TrainingStepper;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;

/** A text model as small as can be: five tokens, windows of six, two blocks of width eight. */
final class SmallText {
  static final int VOCABULARY = 5;
  static final int LENGTH = 6;

  private SmallText() {}

  /** The letters a to e. */
  private record Letters() implements Tokenizer {
    @Override
    public int vocabulary() {
      return VOCABULARY;
    }

    @Override
    public int[] encode(String text) {
      return text.chars().map(c -> c - 'a').toArray();
    }

    @Override
    public String decode(int... tokens) {
      StringBuilder text = new StringBuilder();
      Arrays.stream(tokens).forEach(token -> text.append((char) ('a' + token)));
      return text.toString();
    }

    @Override
    public OptionalInt endOfText() {
      return OptionalInt.empty();
    }

    @Override
    public String fingerprint() {
      return "letters";
    }
  }

  static TextModality modality() {
    return new TextModality(
        new TextSettings(LENGTH, null, TextSettings.Initial.ZEROS, null), new Letters());
  }

  static AutoregressiveEnergy model(LandscapeConditioning conditioning) {
    return new AutoregressiveEnergy(TransformerSettings.of(2, 2, 8).with(conditioning), 2);
  }

  static ThinkingMethod thinking(ThinkingMethod.UpdateRule move) {
    return new ThinkingMethod(2, 1.5, true, null, null, move);
  }

  static TrainingProblem trainingProblem(
      LandscapeConditioning conditioning, ThinkingMethod.UpdateRule move) {
    return new TrainingProblem(
        modality(),
        model(conditioning),
        EnergyObjective.system1(new EnergyObjective.Settings(2)),
        thinking(move),
        List.of());
  }

  /** Gives the parameters values. */
  static void initialize(Backend backend, TrainingProblem trainingProblem) {
    TrainingStepper.initialize(backend, trainingProblem.parameters(), 5);
  }

  static Map<String, Array> tokens(long... tokens) {
    Shape shape = Shape.of(tokens.length / LENGTH, LENGTH);
    return Map.of(TrainingWindows.TOKENS, Array.of(shape, tokens));
  }

  /** Random rows; the last {@code padding} predictions of the last one count nothing. */
  static Batch batch(long seed, int rows, int padding) {
    Shape shape = Shape.of(rows, LENGTH);
    Random random = new Random(seed);
    float[] weight = new float[rows * LENGTH];
    Arrays.fill(weight, 0, rows * LENGTH - padding, 1);
    return new Batch(
        tokens(random.longs(shape.elements(), 0, VOCABULARY).toArray()),
        Array.of(shape, random.longs(shape.elements(), 0, VOCABULARY).toArray()),
        Array.of(shape, weight));
  }
}
