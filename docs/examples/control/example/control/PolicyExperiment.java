package example.control;

import dev.ebt.experiment.Experiment;
import dev.ebt.experiment.ExperimentDesign;
import dev.ebt.experiment.ExperimentResults;
import dev.ebt.experiment.ExperimentRun;
import dev.ebt.experiment.Finding;
import dev.ebt.experiment.Outcome;
import dev.ebt.experiment.Scale;
import dev.ebt.experiment.SeedValues;
import dev.ebt.interact.TaskJob;
import dev.ebt.interact.TaskResults;
import dev.ebt.report.ReportTable;
import dev.ebt.run.EvaluationRequest;
import dev.ebt.sweep.RunResult;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/**
 * An experiment: the question of EBT-Policy (arXiv 2510.27545), whether thinking needs two steps
 * where diffusion needs a hundred, in the plane.
 */
final class PolicyExperiment implements Experiment {
  private static final String POLICY = "policy";
  private static final int STARTS = 200;
  private static final int FEW = 2;
  private static final int MANY = 100;
  private static final double MARGIN = 0.02;
  private static final double RARER = 0.3;

  /**
   * A policy that is compared.
   *
   * @param settings that differ from the recipe
   * @param steps the numbers of steps to evaluate
   */
  private record Policy(String name, String recipe, List<String> settings, List<Integer> steps) {}

  private static final Policy THINKING =
      new Policy("thinking", "control-thinking", List.of(), List.of(FEW, 4, 6));

  private static final Policy DIFFUSION =
      new Policy("diffusion", "control-diffusion", List.of(), List.of(FEW, 4, 6, 10, MANY));

  private static final List<Policy> POLICIES =
      List.of(
          THINKING,
          new Policy(
              "thinking-squared",
              "control-thinking",
              List.of("modality.scale=null"),
              List.of(FEW, 4, 6)),
          new Policy("regression", "control-regression", List.of(), List.of(0)),
          DIFFUSION);

  @Override
  public String name() {
    return "control-policies";
  }

  @Override
  public String summary() {
    return "whether a policy that thinks needs two steps where diffusion needs a hundred";
  }

  @Override
  public ExperimentDesign design() {
    return new ExperimentDesign(
        "Does a policy that thinks for two steps reach the goals as often as one by diffusion with"
            + " a hundred, and both goals?",
        "The recipes of the plugin with three seeds, and thinking with the squared error, each"
            + " acting from the same 200 starts.",
        "The share of starts from which a goal is reached, that of thinking with 2 steps minus that"
            + " of diffusion with 100, seed by seed; and the share of the goal that is reached less"
            + " often.",
        "The claim holds if with every seed the difference is above -0.02 and thinking reaches the"
            + " rarer goal in at least 0.3 of its successes. It does not hold if with every seed one"
            + " of these is not so. Otherwise one cannot tell.");
  }

  @Override
  public List<ExperimentRun> runs(Scale scale) {
    List<ExperimentRun> runs = new ArrayList<>();
    for (Policy policy : POLICIES) {
      for (int seed = 1; seed <= 3; seed++) {
        List<String> settings =
            scale == Scale.FULL
                ? policy.settings()
                : Stream.concat(policy.settings().stream(), Stream.of("training.steps=20"))
                    .toList();
        runs.add(ExperimentRun.of(POLICY, policy.name(), seed, policy.recipe(), settings));
      }
    }
    return runs;
  }

  /** What a policy of one seed has reached with a number of steps. */
  private record Measured(String policy, String seed, TaskResults.Result result) {
    double success() {
      return result.metrics().get("success");
    }

    double rarer() {
      double left = result.metrics().getOrDefault("left", 0.0);
      return Math.min(left, 1 - left);
    }

    boolean isOf(Policy other, int steps) {
      return policy.equals(other.name()) && result.steps() == steps;
    }
  }

  @Override
  public Finding judge(ExperimentResults results) {
    List<Measured> all = measured(results);
    List<Boolean> claims = new ArrayList<>();
    List<Double> differences = new ArrayList<>();
    for (Measured few : all.stream().filter(each -> each.isOf(THINKING, FEW)).toList()) {
      all.stream()
          .filter(each -> each.isOf(DIFFUSION, MANY) && each.seed().equals(few.seed()))
          .forEach(
              many -> {
                differences.add(few.success() - many.success());
                claims.add(few.success() - many.success() > -MARGIN && few.rarer() >= RARER);
              });
    }
    if (claims.size() < 3) {
      return Finding.cannotTell("Fewer than three seeds of both policies have finished.");
    }
    Outcome outcome = claims.contains(true) ? Outcome.CANNOT_TELL : Outcome.DOES_NOT_HOLD;
    return new Finding(
        claims.contains(false) ? outcome : Outcome.HOLDS,
        "The difference of the shares that reach a goal is "
            + SeedValues.text(differences.stream().mapToDouble(d -> d).toArray())
            + ", and with "
            + claims.stream().filter(claim -> claim).count()
            + " of "
            + claims.size()
            + " seeds the claim is so.",
        List.of(table(all)));
  }

  /** Lets every trained policy act, with each of its numbers of steps. */
  private static List<Measured> measured(ExperimentResults results) {
    SplittableRandom random = new SplittableRandom(1);
    List<Point> starts = Stream.generate(() -> Demonstrator.start(random)).limit(STARTS).toList();
    RollOutTask task = new RollOutTask(STARTS + " drawn positions", starts);
    List<Measured> all = new ArrayList<>();
    for (Policy policy : POLICIES) {
      for (Map.Entry<String, RunResult> run : results.bySeed(POLICY, policy.name()).entrySet()) {
        EvaluationRequest request =
            EvaluationRequest.of(run.getValue().path())
                .withSteps(policy.steps())
                .withRowsTogether(STARTS);
        try (TaskJob job = TaskJob.begin(results.catalog(), request, List.of(task))) {
          job.run(false).get(0).results().results().stream()
              .map(result -> new Measured(policy.name(), run.getKey(), result))
              .forEach(all::add);
        }
      }
    }
    return all;
  }

  private static ReportTable table(List<Measured> all) {
    List<List<String>> rows = new ArrayList<>();
    for (Policy policy : POLICIES) {
      for (int steps : policy.steps()) {
        List<Measured> seeds =
            all.stream()
                .filter(each -> each.isOf(policy, steps))
                .sorted(Comparator.comparing(Measured::seed))
                .toList();
        if (!seeds.isEmpty()) {
          double passes = seeds.get(0).result().metrics().get("passesPerMove");
          rows.add(
              List.of(
                  policy.name(),
                  Integer.toString(steps),
                  String.format(Locale.ROOT, "%.3f", passes),
                  each(seeds, "success"),
                  each(seeds, "left"),
                  each(seeds, "collided")));
        }
      }
    }
    return new ReportTable(
        "What each policy reaches, seed by seed",
        "Shares of the starts; left is the share of the left goal among the successes.",
        List.of("policy", "steps", "passes per move", "a goal", "left", "collided"),
        rows);
  }

  private static String each(List<Measured> seeds, String metric) {
    return String.join(
        ", ",
        seeds.stream()
            .map(seed -> seed.result().metrics().get(metric))
            .map(value -> value == null ? "none" : String.format(Locale.ROOT, "%.2f", value))
            .toList());
  }
}
