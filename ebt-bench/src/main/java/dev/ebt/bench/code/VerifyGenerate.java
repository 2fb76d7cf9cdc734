package dev.ebt.bench.code;

import dev.ebt.config.Overrides;
import dev.ebt.experiment.Experiment;
import dev.ebt.experiment.ExperimentDesign;
import dev.ebt.experiment.ExperimentResults;
import dev.ebt.experiment.ExperimentRun;
import dev.ebt.experiment.Finding;
import dev.ebt.experiment.Scale;
import dev.ebt.run.TrainedModel;
import dev.ebt.sweep.RunResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * Whether a model that generates by an energy needs less data than one that generates at once,
 * where checking an answer is easier than finding it (arXiv 2507.02092, on verifying and
 * generating).
 */
public final class VerifyGenerate implements Experiment {
  private static final String MODEL = "model";
  private static final String HARD = "decode";
  private static final String EASY = "encode";
  private static final int STEPS = 12;

  private static final String SIZES = "layers: 2, heads: 2, width: 32, feedForward: 2";

  /** A model with its recipe and settings. */
  private record Trained(String name, String recipe, int updates, List<String> settings) {}

  private static final Trained GENERATOR =
      new Trained(
          "generator",
          "transformer",
          1000,
          List.of(
              "model={name: joint-transformer, " + SIZES + "}",
              "schedule.floor=0.05",
              "clip=null",
              "training.learningRate=0.008"));

  private static final Trained VERIFIER =
      new Trained(
          "verifier",
          "brackets",
          400,
          List.of(
              "model={name: joint, " + SIZES + "}",
              "objective={name: info-nce, source: data, negatives: 16, steps: 1}",
              "thinking={landscapes: 1, stepSize: 0.1}",
              "regularizers=[]",
              "training.learningRate=0.004"));

  private static final Trained EBT =
      new Trained(
          "ebt",
          "brackets",
          1000,
          List.of(
              "model={name: joint, energyScale: 10, " + SIZES + "}",
              "objective={name: s2, steps: 1, lastSteps: 2}",
              "thinking={landscapes: 1, stepSize: 1, learnStepSize: true}",
              "regularizers=[{name: random-step-count, extra: 4, minimum: 2}]",
              "training.learningRate=0.016"));

  @Override
  public String name() {
    return "verify-generate";
  }

  @Override
  public String summary() {
    return "whether an EBT needs less data where answers are easier to check than to find";
  }

  @Override
  public ExperimentDesign design() {
    return new ExperimentDesign(
        "Where an answer is easier to check than to find, does a model that finds it by its energy"
            + " need less data than a model that answers at once?",
        "Words of 12 bits and their Gray codes. Each bit of a code is the exclusive or of two"
            + " neighbouring bits of the word; each bit of a word is that of all bits of the code"
            + " from the highest down to it. So the word of a code is hard to find, and easy to"
            + " check bit by bit. Three models, each of 2 blocks of width 32 over the bits, which"
            + " attention knows the neighbours of, are trained on 48 to 3,072 different words, in"
            + " seven sizes, for 1,000 updates of 32 pairs (the verifier for 400, after which its"
            + " loss is 0), with three seeds: a generator that answers at once; a verifier, an"
            + " energy that tells the answer from those of 16 other pairs (InfoNCE); and an EBT"
            + " (System 2, 2 to 6 steps of thinking). The answer of the generator is its output; of"
            + " the EBT that after "
            + STEPS
            + " steps from noise; of the verifier that of the lowest energy of all 4,096, which is"
            + " shown for the EBT, too. An answer is right if all bits are; 200 other words judge,"
            + " 50 where all answers are searched. The control is the other direction, the code of"
            + " a word, which is easy to find. Settings were chosen with seed 91 and"
            + " 1,536 to 3,072 words where answers are hard to find: the best learning rate of"
            + " 0.004, 0.008 and 0.016 for the generator, 0.008, and for the EBT, 0.016; 0.004 for"
            + " the verifier, which then leaves no error. All else is fixed and was not compared"
            + " with other values: the factor of 10 of the EBT's energy, its first step size of 1,"
            + " its steps in training and those for an answer.",
        "The doublings of the data that the generator needs more than the EBT for 90 % right"
            + " answers, seed by seed, as a mean with a bootstrap interval of 95 %; and that minus"
            + " the same of the control. Between two sizes, shares are interpolated over the"
            + " logarithm of the size. Who never reaches 90 % counts as needing the largest size,"
            + " and who always does as needing the smallest; both are only bounds.",
        "The claim holds if both whole intervals are above 0. It does not hold if one of them is"
            + " below 0. Otherwise one cannot tell. The difference from the control counts only if"
            + " in the control both models reach 90 % with every seed, and not yet at the smallest"
            + " size; and against the claim only if where answers are hard to find the generator"
            + " reaches it with every seed and the EBT with none at the smallest size. Nor can one"
            + " tell if neither the generator nor the EBT reaches 90 % with any seed where answers"
            + " are hard to find.");
  }

  private static List<Integer> seeds(Scale scale) {
    return scale == Scale.QUICK ? List.of(1) : List.of(1, 2, 3);
  }

  private static List<Integer> sizes(Scale scale) {
    return scale == Scale.QUICK ? List.of(64) : List.of(48, 96, 192, 384, 768, 1536, 3072);
  }

  @Override
  public List<ExperimentRun> runs(Scale scale) {
    List<ExperimentRun> runs = new ArrayList<>();
    for (int seed : seeds(scale)) {
      for (int pairs : sizes(scale)) {
        for (String direction : List.of(HARD, EASY)) {
          for (Trained model : List.of(GENERATOR, VERIFIER, EBT)) {
            runs.add(run(model, direction, pairs, seed, scale));
          }
        }
      }
    }
    return runs;
  }

  private static ExperimentRun run(
      Trained model, String direction, int pairs, int seed, Scale scale) {
    boolean quick = scale == Scale.QUICK;
    int updates = quick ? 10 : model.updates();
    List<String> settings =
        new ArrayList<>(
            List.of(
                "modality={name: bits, bits: 12}",
                String.format(
                    Locale.ROOT,
                    "data={name: bits, direction: %s, pairs: %d, validationPairs: 200, seed: %d}",
                    direction,
                    pairs,
                    seed),
                "schedule.warmUp=" + (quick ? 5 : 50),
                "training.batch=32",
                "training.steps=" + updates,
                "training.validateEvery=" + updates,
                "training.checkpointEvery=" + updates,
                "training.validationRows=" + (quick ? 16 : 200)));
    settings.addAll(model.settings());
    return ExperimentRun.of(MODEL, value(model, direction, pairs), seed, model.recipe(), settings);
  }

  private static String value(Trained model, String direction, int pairs) {
    return model.name() + "-" + direction + "-" + pairs;
  }

  @Override
  public Finding judge(ExperimentResults results) {
    if (!results.complete()) {
      return Finding.cannotTell("Not all runs have finished.");
    }
    return new VerifyGenerateVerdict(
            sizes(results.scale()), curves(results, HARD), curves(results, EASY))
        .finding();
  }

  private static LearningCurves curves(ExperimentResults results, String direction) {
    ToDoubleFunction<RunResult> searched = run -> searched(results, run);
    return new LearningCurves(
        shares(results, GENERATOR, direction, run -> answered(results, run, 0)),
        shares(results, VERIFIER, direction, searched),
        shares(results, EBT, direction, run -> answered(results, run, STEPS)),
        shares(results, EBT, direction, searched));
  }

  /** Returns shares of right answers by seed, then size. */
  private static double[][] shares(
      ExperimentResults results,
      Trained model,
      String direction,
      ToDoubleFunction<RunResult> share) {
    List<Integer> sizes = sizes(results.scale());
    double[][] shares = new double[seeds(results.scale()).size()][sizes.size()];
    for (int size = 0; size < sizes.size(); size++) {
      int seed = 0;
      for (RunResult run :
          results.bySeed(MODEL, value(model, direction, sizes.get(size))).values()) {
        shares[seed++][size] = share.applyAsDouble(run);
      }
    }
    return shares;
  }

  private static double answered(ExperimentResults results, RunResult run, int steps) {
    int rows = results.scale() == Scale.QUICK ? 16 : 200;
    return results
        .evaluate(run, request -> request.withSteps(steps).withLimit(rows))
        .results()
        .get(0)
        .value("solved")
        .orElseThrow();
  }

  private static double searched(ExperimentResults results, RunResult run) {
    try (TrainedModel model =
        TrainedModel.open(results.catalog(), run.path(), "latest", Overrides.none())) {
      return AnswerSearch.solved(model.parts(), results.scale() == Scale.QUICK ? 2 : 50);
    }
  }
}
