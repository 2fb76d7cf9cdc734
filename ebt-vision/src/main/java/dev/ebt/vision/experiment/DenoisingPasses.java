package dev.ebt.vision.experiment;

import dev.ebt.config.Overrides;
import dev.ebt.experiment.Experiment;
import dev.ebt.experiment.ExperimentDesign;
import dev.ebt.experiment.ExperimentResults;
import dev.ebt.experiment.ExperimentRun;
import dev.ebt.experiment.Finding;
import dev.ebt.experiment.Scale;
import dev.ebt.run.BudgetResult;
import dev.ebt.sweep.RunResult;
import java.util.ArrayList;
import java.util.List;

/**
 * Whether an EBT denoises images better than a Diffusion Transformer of the same sizes, with no
 * more passes (arXiv 2507.02092, image denoising).
 */
public final class DenoisingPasses implements Experiment {
  private static final String MODEL = "model";

  /** What a thinking step computes: the energy, and its gradient by the candidate. */
  static final int COMPUTATIONS_OF_A_STEP = 2;

  /** The noise of both recipes. */
  private static final double TRAINED_NOISE = 0.1;

  private static final List<Integer> EBT_PASSES = List.of(1, 2, 3, 4, 6, 8, 12, 20);
  private static final List<Integer> DIT_PASSES = List.of(1, 2, 3, 4, 6, 8, 12, 20, 50, 100);

  /** The seeds of the images for the choice and of those that judge; training has 1. */
  private static final int PICKING = 2;

  private static final int JUDGING = 3;

  @Override
  public String name() {
    return "passes";
  }

  @Override
  public String summary() {
    return "whether an EBT denoises better than a DiT, with no more passes";
  }

  @Override
  public ExperimentDesign design() {
    return new ExperimentDesign(
        "Does an EBT denoise images better than a Diffusion Transformer of the same sizes, with no"
            + " more passes?",
        "The recipes denoise (System 1 with 2 steps) and dit on built-in images of 16 x 16 pixels"
            + " at noise 0.1: 4 blocks of width 64, 1500 updates of 16 images, five seeds. Each has"
            + " the better of two learning rates by seed 91, which is none of these: of 0.003 and"
            + " 0.006 for the EBT, of 0.006 and 0.012 for the DiT, the second ones, which are the"
            + " largest tried. A pass is one evaluation of the network: a thinking step of the EBT,"
            + " from 1 to 20 of them, or a step of DDIM, 1 to 100. As the paper counts, a thinking"
            + " step is one pass, although it computes an energy and its gradient; the table has"
            + " both as computations, too. The best number of passes is picked for each model and"
            + " seed by the PSNR on 160 images, and its PSNR is that on 320 others; none is a"
            + " training image. The same at noise 0.2, which neither model was trained on, is"
            + " shown, too, and not judged.",
        "Seed by seed, as means with bootstrap intervals of 95 %: the advantage, the EBT's PSNR"
            + " minus that of the DiT, each with the number of passes picked for it; and the EBT's"
            + " number of passes minus that of the DiT.",
        "The claim holds if the whole interval of the advantage is above 0 and that of the passes"
            + " is at or below 0. It does not hold if the interval of the advantage is below 0 or"
            + " that of the passes above 0. Otherwise one cannot tell.");
  }

  @Override
  public List<ExperimentRun> runs(Scale scale) {
    List<ExperimentRun> runs = new ArrayList<>();
    for (int seed : scale == Scale.QUICK ? List.of(1, 2) : List.of(1, 2, 3, 4, 5)) {
      runs.add(run("denoise", PassesVerdict.EBT, "0.006", seed, scale));
      runs.add(run("dit", PassesVerdict.DIT, "0.012", seed, scale));
    }
    return runs;
  }

  private static ExperimentRun run(
      String recipe, String model, String rate, int seed, Scale scale) {
    boolean quick = scale == Scale.QUICK;
    int updates = quick ? 20 : 1500;
    return ExperimentRun.of(
        MODEL,
        model,
        seed,
        recipe,
        List.of(
            "data.images=20000",
            "model.width=64",
            "training.batch=16",
            "training.steps=" + updates,
            "training.learningRate=" + rate,
            "schedule.warmUp=" + (quick ? 5 : 50),
            "training.validateEvery=" + (quick ? updates : 500),
            "training.checkpointEvery=" + (quick ? updates : 500),
            "training.validationRows=" + picking(scale)));
  }

  private static int picking(Scale scale) {
    return scale == Scale.QUICK ? 16 : 160;
  }

  @Override
  public Finding judge(ExperimentResults results) {
    if (!results.complete()) {
      return Finding.cannotTell("Not all runs have finished.");
    }
    return new PassesVerdict(both(results, TRAINED_NOISE), both(results, 2 * TRAINED_NOISE))
        .finding();
  }

  private static PassesVerdict.Quality both(ExperimentResults results, double noise) {
    return new PassesVerdict.Quality(
        quality(results, PassesVerdict.EBT, EBT_PASSES, noise),
        quality(results, PassesVerdict.DIT, DIT_PASSES, noise));
  }

  private static QualityByPasses quality(
      ExperimentResults results, String model, List<Integer> passes, double noise) {
    List<double[]> picking = new ArrayList<>();
    List<double[]> judging = new ArrayList<>();
    int rows = picking(results.scale());
    for (RunResult run : results.bySeed(MODEL, model).values()) {
      picking.add(decibels(results, run, passes, noise, PICKING, rows));
      judging.add(decibels(results, run, passes, noise, JUDGING, 2 * rows));
    }
    return new QualityByPasses(passes, picking, judging);
  }

  private static double[] decibels(
      ExperimentResults results,
      RunResult run,
      List<Integer> passes,
      double noise,
      int images,
      int rows) {
    List<BudgetResult> found =
        results
            .evaluate(
                run,
                request ->
                    request
                        .withOverrides(
                            Overrides.of("data.seed=" + images, "modality.noise=" + noise))
                        .withSteps(passes)
                        .withLimit(rows))
            .results();
    return found.stream().mapToDouble(each -> each.value("psnr").orElseThrow()).toArray();
  }
}
