package dev.ebt.text.experiment.scaling;

import dev.ebt.config.Overrides;
import dev.ebt.experiment.ChosenRates;
import dev.ebt.experiment.ExperimentResults;
import dev.ebt.experiment.ExperimentRun;
import dev.ebt.experiment.Finding;
import dev.ebt.experiment.Scale;
import dev.ebt.sweep.RunResult;
import dev.ebt.sweep.SweepGrid;
import dev.ebt.sweep.SweepResults;
import dev.ebt.text.grammar.BracketGrammar;
import dev.ebt.text.grammar.HeldOutLines;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The trainings of the scaling experiments: both models on the built-in brackets, first with
 * several learning rates at one size or two, then with the best rate of each at all sizes.
 */
final class ScalingRuns {
  static final String MODEL = "model";
  static final String EBT = "ebt";
  static final String TRANSFORMER = "transformer";
  static final List<String> MODELS = List.of(EBT, TRANSFORMER);

  private static final BracketGrammar GRAMMAR = new BracketGrammar(3);

  /** The seed of the lines of the comparison; rates are chosen on other ones. */
  private static final int TEXT_SEED = 1;

  private static final int CHOICE_TEXT_SEED = 2;

  /** The words for the trainings in designs. */
  static final String TEXT =
      "An autoregressive EBT, trained by System 1 with 3 steps on one landscape as recipe"
          + " 'brackets' without regularizers, and a Transformer++ with as many blocks of the same"
          + " width are trained on the built-in brackets, in windows of 128 bytes. Losses are in"
          + " nats per byte on 160 windows of held-out lines. Their floor H = 0.9668 is the mean"
          + " surprisal of these very bytes under the grammar, given the line up to each of them;"
          + " that of endless text, the entropy rate, is 0.9655. No model is expected below H; bytes"
          + " at the beginning of a window are predicted without the beginning of their line, and how"
          + " much that adds is not known, and left in the fit. Every length is a"
          + " training of its own with its own cosine schedule, rather than a branch of a longer"
          + " one. ";

  static final String RATE = "learningRate";
  static final String WIDTH = "width";

  private static final List<String> RATES = List.of("0.004", "0.008", "0.016", "0.032");
  private static final List<String> WIDE_RATES = List.of("0.001", "0.002", "0.004", "0.008");
  private static final List<String> QUICK_RATES = List.of("0.004", "0.008");
  private static final int ROWS = 160;
  private static final int QUICK_ROWS = 16;

  private ScalingRuns() {}

  /**
   * Returns the words for how rates are chosen.
   *
   * @param sizes at which rates are compared: one, or the narrowest and the widest one
   */
  static String choice(List<ScalingSize> sizes) {
    String first =
        "Before the comparison the learning rate of each model is chosen by the mean loss of seeds"
            + " 101 to 103 on other lines (data.seed 2 instead of 1), for training and held out,"
            + " among "
            + String.join(", ", RATES)
            + " at "
            + sizes.get(0).words();
    String others =
        sizes.size() == 1
            ? ". It is the peak for all sizes of the model, even if another one would suit some"
                + " sizes better"
            : ", and among "
                + String.join(", ", WIDE_RATES)
                + " at "
                + sizes.get(1).words()
                + ". The peak of a width between them is on the straight line through both in"
                + " logarithms";
    return first + others + "; a run that diverges is named, and then one cannot tell.";
  }

  /**
   * Returns the runs that the learning rates are chosen by.
   *
   * @param sizes at which rates are compared, the narrowest one first
   */
  static List<ExperimentRun> sweep(Scale scale, List<ScalingSize> sizes) {
    List<ExperimentRun> runs = new ArrayList<>();
    for (String model : MODELS) {
      for (ScalingSize size : sizes) {
        List<String> rates = rates(size.equals(sizes.get(0)));
        for (String rate : scale == Scale.QUICK ? QUICK_RATES : rates) {
          for (int seed : scale == Scale.QUICK ? List.of(101) : List.of(101, 102, 103)) {
            Map<String, String> values = new LinkedHashMap<>();
            values.put(WIDTH, Integer.toString(size.width()));
            values.put(RATE, rate);
            runs.add(run(scale, model, values, size.at(scale), rate, seed, CHOICE_TEXT_SEED));
          }
        }
      }
    }
    return runs;
  }

  private static List<String> rates(boolean narrowest) {
    return narrowest ? RATES : WIDE_RATES;
  }

  /** Returns the best rates of both models; empty if one has none at a width. */
  static Optional<ChosenRates> rates(ExperimentResults first) {
    return ChosenRates.of(first.compared(), new ChosenRates.Names(MODEL, WIDTH, RATE), MODELS);
  }

  /** Returns what the rates of both models are, in words. */
  static String words(ChosenRates rates) {
    return "The learning rates are "
        + words(rates, EBT)
        + " of the EBT and "
        + words(rates, TRANSFORMER)
        + " of the Transformer++.";
  }

  private static String words(ChosenRates chosen, String model) {
    NavigableMap<Integer, String> rates = chosen.byModel().getOrDefault(model, new TreeMap<>());
    List<String> words = new ArrayList<>();
    rates.forEach(
        (width, rate) -> {
          String edge = edge(rate, width.equals(rates.firstKey()));
          words.add(rate + edge + (rates.size() > 1 ? " at width " + width : ""));
        });
    return String.join(" and ", words);
  }

  /** Returns that there is nothing to compare. */
  static Finding noRates() {
    return Finding.cannotTell(
        "The learning rates were not chosen: a model has none of which all seeds have finished, or"
            + " a run could not be trained.");
  }

  /**
   * Returns a remark on a rate beyond which none was tried.
   *
   * @param narrowest whether it is that of the narrowest size
   */
  private static String edge(String rate, boolean narrowest) {
    List<String> tried = rates(narrowest);
    if (rate.equals(tried.get(0))) {
      return " (the lowest one tried)";
    }
    return rate.equals(tried.get(tried.size() - 1)) ? " (the highest one tried)" : "";
  }

  private static int rows(Scale scale) {
    return scale == Scale.QUICK ? QUICK_ROWS : ROWS;
  }

  /**
   * Returns the lowest loss to expect on the windows that judge, in nats per byte. It belongs to
   * these very bytes, as their mean surprisal differs from the entropy rate of the grammar by more
   * than some losses differ from each other.
   */
  static double floor(Scale scale) {
    return HeldOutLines.surprisalPerByte(GRAMMAR, TEXT_SEED, rows(scale) * ScalingSize.WINDOW);
  }

  /** Returns that not all runs of the comparison have finished, with those that diverged. */
  static Finding unfinished(SweepResults runs, ChosenRates rates) {
    List<String> diverged = runs.in(RunResult.State.DIVERGED).stream().map(RunResult::run).toList();
    return Finding.cannotTell(
        "Not all runs have finished. "
            + (diverged.isEmpty() ? "" : "Diverged: " + String.join("; ", diverged) + ". ")
            + words(rates));
  }

  /**
   * Returns the run of a model for the comparison.
   *
   * @param values what tells it from other runs of the model
   * @param rate the peak learning rate
   */
  static ExperimentRun run(
      Scale scale,
      String model,
      Map<String, String> values,
      ScalingSize size,
      String rate,
      int seed) {
    return run(scale, model, values, size, rate, seed, TEXT_SEED);
  }

  private static ExperimentRun run(
      Scale scale,
      String model,
      Map<String, String> values,
      ScalingSize size,
      String rate,
      int seed,
      int text) {
    List<String> settings = new ArrayList<>(size.settings());
    settings.add("training.learningRate=" + rate);
    settings.add("training.validationRows=" + rows(scale));
    settings.add("data.seed=" + text);
    settings.add(SweepGrid.SEED + "=" + seed);
    if (model.equals(EBT)) {
      settings.addAll(List.of("objective={name: s1, steps: 3}", "regularizers=[]"));
    } else {
      settings.add("clip=null");
    }
    Map<String, String> all = new LinkedHashMap<>(Map.of(MODEL, model));
    all.putAll(values);
    all.put(SweepGrid.SEED, Integer.toString(seed));
    return new ExperimentRun(
        all, model.equals(EBT) ? "brackets" : "transformer", Overrides.parse(settings));
  }
}
