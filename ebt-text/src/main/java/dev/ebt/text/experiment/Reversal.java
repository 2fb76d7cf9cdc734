package dev.ebt.text.experiment;

import dev.ebt.config.Overrides;
import dev.ebt.experiment.Experiment;
import dev.ebt.experiment.ExperimentDesign;
import dev.ebt.experiment.ExperimentResults;
import dev.ebt.experiment.ExperimentRun;
import dev.ebt.experiment.Finding;
import dev.ebt.experiment.Scale;
import dev.ebt.run.RunParts;
import dev.ebt.run.TrainedModel;
import dev.ebt.sweep.RunResult;
import dev.ebt.text.fact.Fact;
import dev.ebt.text.fact.FactDatasetSettings;
import dev.ebt.text.fact.Sentences;
import dev.ebt.text.window.WindowedTextModality;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Whether the energy of a sentence finds the name that belongs to a description, where training has
 * the name first only: the reversal curse (Berglund et al., arXiv 2309.12288).
 */
public final class Reversal implements Experiment {
  private static final String MODEL = "model";
  private static final String EBT = "ebt";
  private static final String TRANSFORMER = "transformer";
  private static final int PAIRS = 1000;
  private static final int TWO_WAY = 200;
  private static final int OTHERS = 19;

  /** The distance between facts whose answers stand beside each other in a question. */
  private static final int STRIDE = 37;

  @Override
  public String name() {
    return "reversal";
  }

  @Override
  public String summary() {
    return "whether an energy finds names by descriptions that training has in the other order";
  }

  @Override
  public ExperimentDesign design() {
    return new ExperimentDesign(
        "Training has facts as \"name: description\" only. Does the least energy of that sentence"
            + " over names, with the description fixed, find the name, better than a Transformer++"
            + " that continues the description, and no worse than its likelihood of the sentence?",
        "1,000 invented names of four letters with a description of two words each, drawn at"
            + " random: 200 in training in both orders, as name: description and description: name,"
            + " 800 with the name first. A causal EBT (System 2 with two or three steps) and a"
            + " Transformer++, both of 2 blocks of width 64, 2000 updates of 64 sentences, five"
            + " seeds; sizes and updates were chosen with seed 91 so that both learn the"
            + " facts in the direction of training. For 200 of the 800 facts the right name"
            + " competes with 19 random names of the others of the 800: by the likelihood of the"
            + " name after the description, the order that training does not have for them; by the"
            + " energy, or the likelihood, of the whole sentence with the name first and the"
            + " description fixed. The first letter of a sentence, which nothing comes before, has"
            + " no score, so that a whole sentence is scored by the last three letters of the name"
            + " and the description. As names are discrete, the least energy is found by computing"
            + " that of each name, and not by a gradient. In the direction of training the right"
            + " description competes with 19 others.",
        "The pairwise accuracy, the share of random names that the right one is above, by the"
            + " EBT's energy of the sentence: minus that of the Transformer++ that continues the description, and minus"
            + " that of its likelihood of the same sentence; seed by seed, as means with bootstrap"
            + " intervals of 95 %. And p of the energy's share by 10,000 permutations of the names"
            + " of a question, one-sided, for each seed.",
        "The claim holds if the whole interval over the Transformer++ that continues is above 0,"
            + " that over its likelihood of the sentence above -"
            + ReversalVerdict.MARGIN
            + ", and p is below 0.05 with every seed. That likelihood is of the direction of"
            + " training and may be right every time, so that nothing can be better; "
            + ReversalVerdict.MARGIN
            + " is the loss that counts as none. The claim does not hold if the first interval is"
            + " below 0 or the second below -"
            + ReversalVerdict.MARGIN
            + ", or p is at least 0.05 with every seed. Otherwise one cannot tell; nor if one of the models puts the right"
            + " description first for less than half of the facts in the direction of training.");
  }

  @Override
  public List<ExperimentRun> runs(Scale scale) {
    List<ExperimentRun> runs = new ArrayList<>();
    for (int seed : scale == Scale.QUICK ? List.of(1, 2) : List.of(1, 2, 3, 4, 5)) {
      runs.add(run("brackets", EBT, seed, scale, List.of()));
      runs.add(
          run(
              "transformer",
              TRANSFORMER,
              seed,
              scale,
              List.of("schedule.floor=0.05", "clip=null")));
    }
    return runs;
  }

  private static ExperimentRun run(
      String recipe, String model, int seed, Scale scale, List<String> more) {
    boolean quick = scale == Scale.QUICK;
    int updates = quick ? 20 : 2000;
    List<String> settings =
        new ArrayList<>(
            List.of(
                "modality.length=16",
                String.format(
                    Locale.ROOT,
                    "data={name: facts, pairs: %d, twoWay: %d, seed: %d}",
                    PAIRS,
                    TWO_WAY,
                    seed),
                "model.layers=2",
                "model.heads=4",
                "model.width=64",
                "training.batch=64",
                "training.steps=" + updates,
                "schedule.warmUp=" + (quick ? 5 : 50),
                "training.validateEvery=" + (quick ? updates : 500),
                "training.checkpointEvery=" + (quick ? updates : 500),
                "training.validationRows=160"));
    settings.addAll(more);
    return ExperimentRun.of(MODEL, model, seed, recipe, settings);
  }

  @Override
  public Finding judge(ExperimentResults results) {
    if (!results.complete()) {
      return Finding.cannotTell("Not all runs have finished.");
    }
    Map<String, List<Choices>> choices = new LinkedHashMap<>();
    for (RunResult run : results.bySeed(MODEL, TRANSFORMER).values()) {
      evaluate(results, run, questions -> questions.ofTransformer(choices));
    }
    for (RunResult run : results.bySeed(MODEL, EBT).values()) {
      evaluate(results, run, questions -> questions.ofEbt(choices));
    }
    return new ReversalVerdict(choices).finding();
  }

  private static void evaluate(ExperimentResults results, RunResult run, Consumer<Questions> use) {
    long seed = Long.parseLong(run.values().getOrDefault("seed", ""));
    int count = results.scale() == Scale.QUICK ? 8 : 200;
    try (TrainedModel model =
        TrainedModel.open(results.catalog(), run.path(), "latest", Overrides.none())) {
      List<Fact> facts = new FactDatasetSettings(PAIRS, TWO_WAY, seed).facts().oneWay();
      use.accept(new Questions(model.parts(), facts, count));
    }
  }

  /**
   * The questions on the first of the facts, each with answers of other ones.
   *
   * @param facts in random order
   */
  private record Questions(RunParts model, List<Fact> facts, int count) {
    void ofTransformer(Map<String, List<Choices>> choices) {
      add(choices, ReversalVerdict.TRANSFORMER_TRAINED, describing(), this::likelihoods);
      add(choices, ReversalVerdict.TRANSFORMER_CONTINUES, continuing(), this::likelihoods);
      add(choices, ReversalVerdict.TRANSFORMER_LIKELIHOOD, whole(), this::likelihoods);
    }

    void ofEbt(Map<String, List<Choices>> choices) {
      add(choices, ReversalVerdict.EBT_TRAINED, describing(), this::likelihoods);
      add(choices, ReversalVerdict.EBT_CONTINUES, continuing(), this::likelihoods);
      add(choices, ReversalVerdict.EBT_LIKELIHOOD, whole(), this::likelihoods);
      add(
          choices,
          ReversalVerdict.EBT_ENERGY,
          whole(),
          sentences -> SentenceScores.negativeEnergies(model, sentences));
    }

    private double[] likelihoods(Sentences sentences) {
      return SentenceScores.logLikelihoods(model, sentences);
    }

    private static void add(
        Map<String, List<Choices>> choices,
        String scoring,
        Sentences sentences,
        Function<Sentences, double[]> scores) {
      choices
          .computeIfAbsent(scoring, none -> new ArrayList<>())
          .add(Choices.of(1 + OTHERS, scores.apply(sentences)));
    }

    /** The right description of a name and others, as in training. */
    private Sentences describing() {
      return sentences(
          (right, other) -> new Fact(right.name(), other.description()).forward(),
          Fact::beforeDescription);
    }

    /** The right name and others after a description. */
    private Sentences continuing() {
      return sentences(
          (right, other) -> new Fact(other.name(), right.description()).reversed(),
          Fact::beforeName);
    }

    /** The right name and others before a description. */
    private Sentences whole() {
      return sentences(
          (right, other) -> new Fact(other.name(), right.description()).forward(), right -> "");
    }

    private Sentences sentences(
        BiFunction<Fact, Fact, String> sentence, Function<Fact, String> beginning) {
      List<String> sentences = new ArrayList<>();
      List<String> beginnings = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        Fact right = facts.get(i);
        for (int other = 0; other <= OTHERS; other++) {
          // The facts are in random order, so any others are random ones.
          sentences.add(sentence.apply(right, facts.get((i + other * STRIDE) % facts.size())));
          beginnings.add(beginning.apply(right));
        }
      }
      return Sentences.after((WindowedTextModality) model.modality(), sentences, beginnings);
    }
  }
}
