package dev.ebt.text.experiment;

import dev.ebt.config.Overrides;
import dev.ebt.experiment.Experiment;
import dev.ebt.experiment.ExperimentDesign;
import dev.ebt.experiment.ExperimentResults;
import dev.ebt.experiment.ExperimentRun;
import dev.ebt.experiment.Finding;
import dev.ebt.experiment.Scale;
import dev.ebt.store.MetricsHistory;
import dev.ebt.sweep.RunResult;
import dev.ebt.text.grammar.BracketGrammar;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Whether an EBT loses less than a Transformer++ on texts that it was not trained on. */
public final class CrossTexts implements Experiment {
  private static final String TRAINED = "trained";
  private static final String EBT = "ebt";
  private static final String TRANSFORMER = "transformer";
  private static final String LOSS = "validation.loss";

  /** The steps after which validation in training evaluates. */
  private static final int EBT_STEPS = 3;

  /** The seed of the lines that judge; training and the choice of checkpoints have 1. */
  private static final int JUDGING = 2;

  /** A text of its own grammar. */
  private record Text(String name, BracketGrammar grammar) {
    List<String> settings() {
      return List.of(
          "data.maxDepth=" + grammar.maxDepth(),
          "data.nesting=" + grammar.nesting(),
          "data.digitSkew=" + grammar.digitSkew());
    }
  }

  private static final List<Text> TEXTS =
      List.of(
          new Text("shallow", new BracketGrammar(2, 0.1, 0.5)),
          new Text("usual", new BracketGrammar(3, 0.4, 0)),
          new Text("deep", new BracketGrammar(6, 0.7, -0.5)));

  @Override
  public String name() {
    return "cross-data";
  }

  @Override
  public String summary() {
    return "whether an EBT loses less than a Transformer++ on texts it was not trained on";
  }

  @Override
  public ExperimentDesign design() {
    return new ExperimentDesign(
        "Of an EBT and a Transformer++ with about equal loss on the text of training, does the EBT"
            + " lose less on other texts?",
        "Three built-in texts of brackets and sums, so that nothing has to be downloaded and the"
            + " distance of the texts is under control: shallow (depth up to 2, nesting with a"
            + " probability of 0.1, first digits a with one proportional to exp(-a/2)), usual"
            + " (depth 3, 0.4, all digits equally likely) and deep (depth 6, 0.7, exp(a/2)). Models"
            + " of 2 blocks of width 32 are trained on each, the EBT by System 2 with two or three"
            + " steps, for 600 updates of 16 windows of 32 bytes at a constant rate after warm-up,"
            + " so that every checkpoint is the end of a shorter training; five seeds. For each"
            + " text and seed the model that ends with the lower loss on held-out lines of its own"
            + " text is taken at the one of its checkpoints, every 25 updates, whose loss is"
            + " nearest to that of the other. Both are then judged on other held-out lines of all"
            + " three texts, 160 windows each, in nats per byte, the EBT after 3 steps.",
        "The difference in differences: the mean loss on the other two texts minus that on the own"
            + " one, of the Transformer++ minus that of the EBT, as a mean over the three texts of"
            + " training; seed by seed, with a bootstrap interval of 95 %.",
        "The claim holds if the whole interval is above 0, and does not hold if it is below 0."
            + " Otherwise one cannot tell; nor if for one of the texts of training the mean losses"
            + " on the own text, over seeds, differ by more than "
            + CrossTextVerdict.EQUAL
            + " nats per byte on the lines that judge.");
  }

  @Override
  public List<ExperimentRun> runs(Scale scale) {
    List<ExperimentRun> runs = new ArrayList<>();
    for (int seed : scale == Scale.QUICK ? List.of(1, 2) : List.of(1, 2, 3, 4, 5)) {
      for (Text text : TEXTS) {
        runs.add(run("brackets", EBT, text, seed, scale));
        runs.add(run("transformer", TRANSFORMER, text, seed, scale));
      }
    }
    return runs;
  }

  private static ExperimentRun run(String recipe, String model, Text text, int seed, Scale scale) {
    boolean quick = scale == Scale.QUICK;
    List<String> settings =
        new ArrayList<>(
            List.of(
                "modality.length=32",
                "data.documents=20000",
                "model.layers=2",
                "model.heads=2",
                "model.width=32",
                "training.batch=16",
                "training.steps=" + (quick ? 10 : 600),
                "training.checkpointEvery=" + (quick ? 5 : 25),
                "training.keepCheckpoints=" + (quick ? 2 : 24),
                "training.validateEvery=" + (quick ? 5 : 25),
                "training.validationRows=" + rows(scale),
                "schedule={name: constant, warmUp: " + (quick ? 5 : 50) + "}",
                "clip=null"));
    settings.addAll(text.settings());
    return ExperimentRun.of(TRAINED, value(model, text), seed, recipe, settings);
  }

  private static String value(String model, Text text) {
    return model + "-" + text.name();
  }

  private static int rows(Scale scale) {
    return scale == Scale.QUICK ? 16 : 160;
  }

  @Override
  public Finding judge(ExperimentResults results) {
    if (!results.complete()) {
      return Finding.cannotTell("Not all runs have finished.");
    }
    double[][][] ebt = new double[TEXTS.size()][][];
    double[][][] transformer = new double[TEXTS.size()][][];
    for (int text = 0; text < TEXTS.size(); text++) {
      Map<String, RunResult> ofEbt = results.bySeed(TRAINED, value(EBT, TEXTS.get(text)));
      Map<String, RunResult> others = results.bySeed(TRAINED, value(TRANSFORMER, TEXTS.get(text)));
      List<double[]> first = new ArrayList<>();
      List<double[]> second = new ArrayList<>();
      ofEbt.forEach(
          (seed, run) -> {
            RunResult other = others.get(seed);
            if (other != null) {
              MatchedLosses matched = MatchedLosses.of(losses(run), losses(other));
              first.add(judged(results, run, EBT_STEPS, matched.first()));
              second.add(judged(results, other, 0, matched.second()));
            }
          });
      ebt[text] = first.toArray(double[][]::new);
      transformer[text] = second.toArray(double[][]::new);
    }
    List<String> names = TEXTS.stream().map(Text::name).toList();
    return new CrossTextVerdict(names, ebt, transformer).finding();
  }

  private static MetricsHistory.Curve losses(RunResult run) {
    return MetricsHistory.read(run.path().resolve("metrics.jsonl")).curve(LOSS);
  }

  /** Returns the losses of a checkpoint on all texts after some steps of thinking. */
  private static double[] judged(
      ExperimentResults results, RunResult run, int steps, long checkpoint) {
    boolean quick = results.scale() == Scale.QUICK;
    return TEXTS.stream()
        .mapToDouble(
            text -> {
              List<String> data = new ArrayList<>(text.settings());
              data.add("data.seed=" + JUDGING);
              data.add("data.documents=100");
              data.add("data.validationDocuments=" + (quick ? 100 : 400));
              return results
                  .evaluate(
                      run,
                      request ->
                          request
                              .withCheckpoint(Long.toString(checkpoint))
                              .withOverrides(Overrides.parse(data))
                              .withSteps(steps)
                              .withLimit(rows(results.scale())))
                  .results()
                  .get(0)
                  .loss();
            })
        .toArray();
  }
}
