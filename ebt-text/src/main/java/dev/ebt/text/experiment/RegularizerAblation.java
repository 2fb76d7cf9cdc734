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
import dev.ebt.report.ReportTable;
import dev.ebt.run.BudgetResult;
import dev.ebt.statistics.Bootstrap;
import dev.ebt.statistics.Interval;
import dev.ebt.sweep.RunResult;
import dev.ebt.text.grammar.BracketGrammar;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Whether each regularizer of System 2 adds to what thinking gains: all of them, and all but one
 * (arXiv 2507.02092, the ablation of System 2).
 */
public final class RegularizerAblation implements Experiment {
  private static final String WITHOUT = "without";
  private static final String NOTHING = "nothing";
  private static final int FEWEST = 2;
  private static final int MOST = 6;
  private static final int CANDIDATES = 4;

  /** A dialect that nests more than the training text, with 0.4. */
  private static final BracketGrammar UNSEEN = new BracketGrammar(3, 0.6, 0);

  /** The regularizers that are left out in turn, with their settings. */
  private static final Map<String, String> REMOVED = removed();

  private static Map<String, String> removed() {
    Map<String, String> removed = new LinkedHashMap<>();
    removed.put("random-step-size", "{name: random-step-size}");
    removed.put("langevin", "{name: langevin, sigma: 1}");
    removed.put("replay", "{name: replay}");
    return removed;
  }

  @Override
  public String name() {
    return "regularizer-ablation";
  }

  @Override
  public String summary() {
    return "whether each regularizer of System 2 adds to what thinking gains";
  }

  @Override
  public ExperimentDesign design() {
    return new ExperimentDesign(
        "Does each of random step size, Langevin noise and replay buffer add to what System 2 gains"
            + " by thinking longer with self-verification, on text that it was not trained on?",
        SmallBrackets.TEXT
            + " System 2 with two or three steps, a random step size (a factor from 1/2 to 2),"
            + " Langevin noise of deviation 1 on logits, and a replay buffer of 192 rows (half as"
            + " many replayed rows in each batch); and the same without one of the three. All are"
            + " evaluated on an unseen dialect, nested with a probability of 0.6 instead of 0.4"
            + " (whose lowest loss is another one), with 2 steps and one candidate, 6 steps and one,"
            + " and 6 steps and the best of 4 candidates by energy: more steps than in training.",
        "Two differences for each regularizer, seed by seed, as means with bootstrap intervals of"
            + " 95 %. The gain, the loss with 2 steps and one candidate minus that with 6 steps and"
            + " 4 candidates: that with all regularizers minus that without this one. And the loss"
            + " with 6 steps and 4 candidates: that without this one minus that with all, so that a"
            + " gain from a worse beginning does not count.",
        "The claim holds if for each of the three both whole intervals are above 0. It does not hold"
            + " if for one of them an interval is below 0. Otherwise one cannot tell. The intervals"
            + " are not corrected for their number: to hold, all six have to be above 0; that one of"
            + " them is below 0 happens more easily by chance.");
  }

  @Override
  public List<ExperimentRun> runs(Scale scale) {
    List<String> settings = new ArrayList<>(List.of(NOTHING));
    settings.addAll(REMOVED.keySet());
    List<ExperimentRun> runs = new ArrayList<>();
    for (String without : settings) {
      for (int seed : SmallBrackets.seeds(scale)) {
        runs.add(SmallBrackets.ebt(WITHOUT, without, seed, scale, regularizers(without)));
      }
    }
    return runs;
  }

  /** Returns the setting of all regularizers but one. */
  private static String regularizers(String without) {
    return REMOVED.entrySet().stream()
        .filter(each -> !each.getKey().equals(without))
        .map(Map.Entry::getValue)
        .collect(
            Collectors.joining(", ", "regularizers=[{name: random-step-count, minimum: 2}, ", "]"));
  }

  @Override
  public Finding judge(ExperimentResults results) {
    if (!results.complete()) {
      return Finding.cannotTell("Not all runs have finished.");
    }
    Losses all = Losses.of(results, NOTHING);
    Map<String, Losses> losses = new LinkedHashMap<>(Map.of(NOTHING, all));
    Map<String, Effect> effects = new LinkedHashMap<>();
    for (String removed : REMOVED.keySet()) {
      Losses without = Losses.of(results, removed);
      losses.put(removed, without);
      effects.put(
          removed,
          new Effect(
              SeedValues.minus(all.gains(), without.gains()),
              SeedValues.minus(without.best(), all.best())));
    }
    String sentence =
        effects.entrySet().stream()
            .map(
                each ->
                    each.getKey()
                        + " adds "
                        + SeedValues.text(each.getValue().gains())
                        + " to the gain and lowers the loss by "
                        + SeedValues.text(each.getValue().losses()))
            .collect(Collectors.joining("; ", "In nats per byte, ", "."));
    return new Finding(outcome(List.copyOf(effects.values())), sentence, List.of(table(losses)));
  }

  private static Outcome outcome(List<Effect> effects) {
    if (effects.stream().allMatch(Effect::isAboveZero)) {
      return Outcome.HOLDS;
    }
    return effects.stream().anyMatch(Effect::isPartlyBelowZero)
        ? Outcome.DOES_NOT_HOLD
        : Outcome.CANNOT_TELL;
  }

  /** What a regularizer adds to the gain and takes off the loss, by seed. */
  private record Effect(double[] gains, double[] losses) {
    boolean isAboveZero() {
      return intervals().stream().allMatch(each -> each.isPresent() && each.get().low() > 0);
    }

    boolean isPartlyBelowZero() {
      return intervals().stream().anyMatch(each -> each.isPresent() && each.get().high() < 0);
    }

    private List<Optional<Interval>> intervals() {
      return List.of(Bootstrap.ofMean(gains), Bootstrap.ofMean(losses));
    }
  }

  /**
   * Losses on the unseen dialect, by seed.
   *
   * @param few with the fewest steps and one candidate
   * @param longer with the most steps and one candidate
   * @param best with the most steps and candidates
   */
  private record Losses(double[] few, double[] longer, double[] best) {
    static Losses of(ExperimentResults results, String without) {
      Overrides dialect = SmallBrackets.dialect(UNSEEN, results.scale());
      int rows = SmallBrackets.rows(results.scale());
      List<List<BudgetResult>> found = new ArrayList<>();
      for (RunResult run : results.bySeed(WITHOUT, without).values()) {
        found.add(
            results
                .evaluate(
                    run,
                    request ->
                        request
                            .withOverrides(dialect)
                            .withSteps(FEWEST, MOST)
                            .withCandidates(List.of(1, CANDIDATES))
                            .withLimit(rows))
                .results());
      }
      return new Losses(at(found, FEWEST, 1), at(found, MOST, 1), at(found, MOST, CANDIDATES));
    }

    private static double[] at(List<List<BudgetResult>> found, int steps, int candidates) {
      return found.stream()
          .flatMap(List::stream)
          .filter(each -> each.steps() == steps && each.candidates() == candidates)
          .mapToDouble(BudgetResult::loss)
          .toArray();
    }

    double[] gains() {
      return SeedValues.minus(few, best);
    }
  }

  private static ReportTable table(Map<String, Losses> losses) {
    List<List<String>> rows = new ArrayList<>();
    losses.forEach(
        (without, each) ->
            rows.add(
                List.of(
                    without,
                    SeedValues.text(each.few()),
                    SeedValues.text(each.longer()),
                    SeedValues.text(each.best()),
                    SeedValues.text(each.gains()))));
    return new ReportTable(
        "Loss on the unseen dialect",
        "Means over seeds with 95 % intervals.",
        List.of(WITHOUT, "2 steps", "6 steps", "6 steps, best of 4", "gain"),
        rows);
  }
}
