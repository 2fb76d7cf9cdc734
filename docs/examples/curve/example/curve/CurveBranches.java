package example.curve;

import dev.ebt.predict.Predictor;
import dev.ebt.report.Axis;
import dev.ebt.report.Chart;
import dev.ebt.report.ReportRun;
import dev.ebt.report.ReportSection;
import dev.ebt.report.SectionContent;
import dev.ebt.report.Series;
import dev.ebt.report.Verdict;
import dev.ebt.run.RunParts;
import dev.ebt.tensor.Array;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/** A section of the report: predictions over x beside the two branches. */
final class CurveBranches implements ReportSection {
  private static final int POINTS = 60;

  @Override
  public String name() {
    return "curve-branches";
  }

  @Override
  public String summary() {
    return "predictions over x beside the two branches";
  }

  @Override
  public String title() {
    return "Does it find both branches?";
  }

  @Override
  public Optional<SectionContent> content(ReportRun run) {
    if (run.model().isEmpty() || !(run.model().get().modality() instanceof CurveModality)) {
      return Optional.empty();
    }
    List<CurvePoint> points =
        IntStream.range(0, POINTS)
            .mapToObj(i -> CurvePoint.at(1 + 3.0 * i / (POINTS - 1)))
            .toList();
    double[] x = points.stream().mapToDouble(CurvePoint::x).toArray();
    double[] y = predicted(run.model().get().parts(), points);
    long upper = IntStream.range(0, POINTS).filter(i -> y[i] > 0).count();
    String found =
        String.format(Locale.ROOT, "%d of %d predictions are on the upper branch.", upper, POINTS);
    double[] branch = IntStream.range(0, POINTS).mapToDouble(i -> Math.sqrt(x[i])).toArray();
    double[] other = IntStream.range(0, POINTS).mapToDouble(i -> -branch[i]).toArray();
    Chart chart =
        new Chart(
            "curve-branches",
            "Predictions over x",
            "Points should lie on one of the two lines, and on both for different x.",
            Axis.of("x"),
            Axis.of("y"),
            List.of(
                Series.line("+√x", x, branch),
                Series.line("−√x", x, other),
                Series.points("predicted", x, y)));
    Verdict verdict =
        upper == 0 || upper == POINTS ? Verdict.bad("No: " + found) : Verdict.good("Yes: " + found);
    return Optional.of(SectionContent.of(verdict, chart));
  }

  private static double[] predicted(RunParts parts, List<CurvePoint> points) {
    try (Predictor predictor = parts.predictor(points.size())) {
      predictor.observe(CurvePredictions.context(points));
      predictor.begin(parts.configuration().seed());
      predictor.reach(parts.steps().taken(), 0);
      Array candidates = predictor.candidate();
      return candidates.doubles();
    }
  }
}
