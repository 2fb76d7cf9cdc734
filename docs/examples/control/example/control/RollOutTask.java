package example.control;

import dev.ebt.interact.EvaluationTask;
import dev.ebt.interact.Input;
import dev.ebt.interact.TaskReader;
import dev.ebt.interact.TaskResults;
import dev.ebt.modality.Modality;
import dev.ebt.predict.ComputeBudgets;
import dev.ebt.predict.Predictor;
import dev.ebt.run.RunParts;
import dev.ebt.think.SelfVerification;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The task {@code eval RUN --task control-starts=FILE}: the policy acts from each start of a file
 * until the agent arrives, touches the obstacle or has taken 40 moves.
 *
 * @param source the file, as the user named it
 */
public record RollOutTask(String source, List<Point> starts) implements EvaluationTask {
  static final String NAME = "control-starts";
  private static final double NANOS = 1e9;

  /** Reads the files of the task: x,y in each line. */
  public record Reader() implements TaskReader {
    @Override
    public String name() {
      return NAME;
    }

    @Override
    public String summary() {
      return "a CSV file with the position x,y of a start in each line";
    }

    @Override
    public EvaluationTask read(Path file) {
      return new RollOutTask(file.toString(), Point.read(Input.of(file)));
    }
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String description() {
    return String.format(Locale.ROOT, "%s: %,d starts of %s", NAME, starts.size(), source);
  }

  @Override
  public int size() {
    return starts.size();
  }

  @Override
  public String subject() {
    return "control";
  }

  @Override
  public boolean supports(Modality modality) {
    return modality instanceof ControlModality;
  }

  @Override
  public EvaluationTask limited(int limit) {
    return new RollOutTask(source, starts.subList(0, Math.min(limit, starts.size())));
  }

  @Override
  public TaskResults evaluate(
      RunParts model, ComputeBudgets budgets, int rowsPerBatch, boolean generate) {
    List<TaskResults.Result> results = new ArrayList<>();
    int rows = Math.min(rowsPerBatch, starts.size());
    try (Predictor predictor = model.predictor(rows)) {
      budgets.checkCandidates(predictor.thinks());
      for (int steps : budgets.steps()) {
        for (int candidates : budgets.candidates()) {
          long begun = System.nanoTime();
          RollOut policy = new RollOut(steps, candidates, model.configuration().seed());
          Map<String, Double> metrics = metrics(episodes(policy, predictor, rows));
          metrics.put("seconds", (System.nanoTime() - begun) / NANOS);
          int evaluations =
              candidates == 1
                  ? predictor.evaluations(steps)
                  : SelfVerification.evaluations(steps, candidates);
          metrics.put("passesPerMove", (double) evaluations / ControlModality.MOVES);
          results.add(new TaskResults.Result(steps, candidates, evaluations, metrics, Map.of()));
        }
      }
    }
    return new TaskResults(results, OptionalDouble.empty(), Optional.empty());
  }

  /** Returns an episode from each start; rows of a batch that is not full start at the last one. */
  private List<Episode> episodes(RollOut policy, Predictor predictor, int rows) {
    List<Episode> episodes = new ArrayList<>();
    for (int from = 0; from < starts.size(); from += rows) {
      List<Point> batch =
          new ArrayList<>(starts.subList(from, Math.min(from + rows, starts.size())));
      int own = batch.size();
      batch.addAll(Collections.nCopies(rows - own, batch.get(own - 1)));
      episodes.addAll(policy.from(batch, predictor).subList(0, own));
    }
    return episodes;
  }

  /**
   * Returns the share of starts from which a goal was reached, that of the left goal among them,
   * and the share that touched the obstacle.
   */
  static Map<String, Double> metrics(List<Episode> episodes) {
    long reached = episodes.stream().filter(episode -> episode.reached().isPresent()).count();
    long left =
        episodes.stream()
            .filter(episode -> episode.reached().equals(Optional.of(Plane.Side.LEFT)))
            .count();
    long collided = episodes.stream().filter(Episode::collided).count();
    Map<String, Double> metrics = new LinkedHashMap<>();
    metrics.put("success", (double) reached / episodes.size());
    if (reached > 0) {
      metrics.put("left", (double) left / reached);
    }
    metrics.put("collided", (double) collided / episodes.size());
    return metrics;
  }
}
