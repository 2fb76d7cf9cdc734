package example.control;

import dev.ebt.error.UserException;
import dev.ebt.interact.CommonOptions;
import dev.ebt.interact.Input;
import dev.ebt.interact.Interaction;
import dev.ebt.interact.Option;
import dev.ebt.interact.Output;
import dev.ebt.interact.Outputs;
import dev.ebt.modality.Modality;
import dev.ebt.predict.Predictor;
import dev.ebt.run.TrainedModel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The trajectories of a policy from given starts, as a table and as a drawing: {@code think RUN
 * --starts starts.csv --out paths.svg}.
 */
public final class PolicyPaths implements Interaction<PolicyPaths.PathOptions> {
  /**
   * The options.
   *
   * @param starts a CSV file with the position of a start in each line
   * @param out the file of the drawing
   */
  public record PathOptions(
      @Option(value = "FILE", description = "A CSV file with a start x,y in each line.")
          Input starts,
      @Option(value = "PATH", description = "Of control: a drawing of the trajectories, .svg.")
          Path out) {

    /** Refuses a drawing of another format than SVG, and one of no starts. */
    public PathOptions {
      if (out != null && !out.toString().endsWith(".svg")) {
        throw new UserException(
            "--out is " + out + "; the drawing is SVG, so a name that ends in .svg is expected");
      }
      if (out != null && starts == null) {
        throw new UserException(
            "--out draws the trajectories from starts; --starts FILE expected as well");
      }
    }
  }

  @Override
  public String name() {
    return "control";
  }

  @Override
  public String summary() {
    return "an agent acts from given starts, and its trajectories are drawn";
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
  public Class<PathOptions> options() {
    return PathOptions.class;
  }

  @Override
  public boolean accepts(PathOptions options) {
    return options.starts() != null;
  }

  @Override
  public String suggestion() {
    return "--starts starts.csv --out paths.svg";
  }

  @Override
  public void run(TrainedModel model, CommonOptions common, PathOptions options, Outputs outputs) {
    List<Point> starts = Point.read(options.starts());
    try (Predictor predictor = model.parts().predictor(starts.size())) {
      RollOut policy = new RollOut(common.onlySteps(), 1, common.seed());
      List<Episode> episodes = policy.from(starts, predictor);
      outputs.table(table(episodes));
      if (options.out() != null) {
        outputs.add(
            new Output.File(
                options.out(),
                new PathDrawing(episodes),
                ": trajectories to a goal in blue, others in red"));
      }
    }
  }

  private static List<Map<String, Object>> table(List<Episode> episodes) {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (Episode episode : episodes) {
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("x", episode.positions().get(0).x());
      row.put("y", episode.positions().get(0).y());
      row.put("moves", episode.positions().size() - 1);
      row.put("end", episode.end());
      rows.add(row);
    }
    return rows;
  }
}
