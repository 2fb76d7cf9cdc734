package dev.ebt.text.experiment;

import dev.ebt.config.Overrides;
import dev.ebt.experiment.Experiment;
import dev.ebt.experiment.ExperimentDesign;
import dev.ebt.experiment.ExperimentResults;
import dev.ebt.experiment.ExperimentRun;
import dev.ebt.experiment.Finding;
import dev.ebt.experiment.Outcome;
import dev.ebt.experiment.Scale;
import dev.ebt.experiment.SeedValues;
import dev.ebt.report.Axis;
import dev.ebt.report.Chart;
import dev.ebt.report.ReportNumbers;
import dev.ebt.report.ReportTable;
import dev.ebt.report.Series;
import dev.ebt.run.BudgetResult;
import dev.ebt.statistics.RankTest;
import dev.ebt.sweep.RunResult;
import dev.ebt.text.grammar.BracketGrammar;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Whether thinking gains more the further data is from that of training. */
public final class DialectDose implements Experiment {
  private static final String MODEL = "model";
  private static final String EBT = "ebt-s2";
  private static final int DEPTH = 6;
  private static final int FEWEST = 2;
  private static final int MOST = 6;
  private static final double STRONG = 0.7;
  private static final double SIGNIFICANT = 0.05;

  /** The dialects: some nest less or more than with 0.4, others prefer small or large digits. */
  private static final List<BracketGrammar> DIALECTS =
      List.of(
          new BracketGrammar(DEPTH, 0.1, 0),
          new BracketGrammar(DEPTH, 0.2, 0),
          new BracketGrammar(DEPTH, 0.3, 0),
          new BracketGrammar(DEPTH, 0.5, 0),
          new BracketGrammar(DEPTH, 0.6, 0),
          new BracketGrammar(DEPTH, 0.7, 0),
          new BracketGrammar(DEPTH, BracketGrammar.NESTED, -0.45),
          new BracketGrammar(DEPTH, BracketGrammar.NESTED, 0.15),
          new BracketGrammar(DEPTH, BracketGrammar.NESTED, 0.3),
          new BracketGrammar(DEPTH, BracketGrammar.NESTED, 0.6));

  @Override
  public String name() {
    return "ood-dose";
  }

  @Override
  public String summary() {
    return "whether thinking gains more the further the data is from that of training";
  }

  @Override
  public ExperimentDesign design() {
    return new ExperimentDesign(
        "Does thinking for more steps gain more the further the data is from that of training?",
        SmallBrackets.TEXT
            + " They are trained by System 2 with two or three steps on brackets up to depth 6"
            + " (whose lowest loss is another one), and evaluated with 2 and 6 steps on ten"
            + " dialects: nesting with a probability of 0.1, 0.2, 0.3, 0.5, 0.6 and 0.7 instead of"
            + " 0.4, and first digits a with a probability proportional to exp(-s a), s = -0.45,"
            + " 0.15, 0.3 and 0.6, instead of uniform ones. The divergence of a dialect from the"
            + " grammar of training is known exactly.",
        "Spearman's rank correlation over the dialects of the gain, the loss after 2 steps minus"
            + " that after 6 as the mean over seeds, with the Kullback-Leibler divergence in nats"
            + " per byte; p by 10,000 permutations, one-sided.",
        "The claim holds if the correlation is above 0.7 and p below 0.05. It does not hold if the"
            + " correlation is below 0.7 and p above 0.05. Otherwise one cannot tell.");
  }

  @Override
  public List<ExperimentRun> runs(Scale scale) {
    return SmallBrackets.seeds(scale).stream()
        .map(seed -> SmallBrackets.ebt(MODEL, EBT, seed, scale, "data.maxDepth=" + DEPTH))
        .toList();
  }

  @Override
  public Finding judge(ExperimentResults results) {
    Map<String, RunResult> runs = results.bySeed(MODEL, EBT);
    if (runs.size() < 2) {
      return Finding.cannotTell("Fewer than two seeds have finished.");
    }
    BracketGrammar trained = new BracketGrammar(DEPTH);
    double[] distances =
        DIALECTS.stream().mapToDouble(each -> each.divergencePerByte(trained)).toArray();
    List<double[]> gains = new ArrayList<>();
    DIALECTS.forEach(each -> gains.add(gains(results, runs, each)));
    double[] means = gains.stream().mapToDouble(SeedValues::mean).toArray();
    RankTest test = RankTest.of(distances, means);
    boolean strong = test.correlation() > STRONG;
    boolean significant = test.p() < SIGNIFICANT;
    Outcome otherwise = strong || significant ? Outcome.CANNOT_TELL : Outcome.DOES_NOT_HOLD;
    return new Finding(
        strong && significant ? Outcome.HOLDS : otherwise,
        "The rank correlation of the gain of 6 over 2 steps with the divergence is "
            + ReportNumbers.of(test.correlation())
            + " (p = "
            + ReportNumbers.of(test.p())
            + ") over ten dialects.",
        List.of(table(distances, gains), chart(distances, means)));
  }

  private static double[] gains(
      ExperimentResults results, Map<String, RunResult> runs, BracketGrammar dialect) {
    Overrides data = SmallBrackets.dialect(dialect, results.scale());
    return runs.values().stream()
        .mapToDouble(
            run -> {
              List<BudgetResult> found =
                  results
                      .evaluate(
                          run,
                          request ->
                              request
                                  .withOverrides(data)
                                  .withSteps(FEWEST, MOST)
                                  .withLimit(SmallBrackets.rows(results.scale())))
                      .results();
              return found.get(0).loss() - found.get(1).loss();
            })
        .toArray();
  }

  private static ReportTable table(double[] distances, List<double[]> gains) {
    List<List<String>> rows = new ArrayList<>();
    for (int i = 0; i < distances.length; i++) {
      BracketGrammar dialect = DIALECTS.get(i);
      rows.add(
          List.of(
              String.format(Locale.ROOT, "%.1f", dialect.nesting()),
              ReportNumbers.of(dialect.digitSkew()),
              ReportNumbers.of(distances[i]),
              SeedValues.text(gains.get(i))));
    }
    return new ReportTable(
        "Gain by dialect",
        "Loss after 2 steps minus that after 6, as means over seeds with 95 % intervals.",
        List.of("nesting", "digit skew s", "divergence", "gain"),
        rows);
  }

  private static Chart chart(double[] distances, double[] gains) {
    return new Chart(
        "gain-by-divergence",
        "Gain by divergence of the dialect",
        "Means over seeds.",
        Axis.of("divergence", "nats per byte"),
        Axis.of("gain", "nats per byte"),
        List.of(Series.points("dialects", distances, gains)));
  }
}
