package dev.ebt.report.section;

import dev.ebt.report.Axis;
import dev.ebt.report.Chart;
import dev.ebt.report.HeatMap;
import dev.ebt.report.ReportNumbers;
import dev.ebt.report.ReportRun;
import dev.ebt.report.ReportSection;
import dev.ebt.report.SectionContent;
import dev.ebt.report.Series;
import dev.ebt.report.ThinkingSample;
import dev.ebt.report.Verdict;
import dev.ebt.run.RunParts;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/** The energy around one prediction, over the plane in which thinking moved it. */
final class LandscapeSection implements ReportSection {
  /** The share of the energies of the plane up to which an end counts as the bottom. */
  private static final double BOTTOM = 0.1;

  private static final String NO_PATH =
      "There is nothing to descend: thinking does not move the candidate, or moves it to values that"
          + " are not finite.";

  @Override
  public String name() {
    return "landscape";
  }

  @Override
  public String summary() {
    return "the energy over the plane in which thinking moves a prediction";
  }

  @Override
  public String title() {
    return "What does thinking descend?";
  }

  @Override
  public int position() {
    return 40;
  }

  @Override
  public Optional<SectionContent> content(ReportRun run) {
    Optional<ThinkingSample> sampled = run.sample().filter(ThinkingSample::hasEnergy);
    RunParts parts = run.model().map(model -> model.parts()).orElse(null);
    if (sampled.isEmpty() || parts == null || parts.steps().taken() == 0) {
      return Optional.empty();
    }
    SectionContent content =
        LandscapeSlice.of(parts, sampled.get().first(), parts.steps().taken())
            .map(slice -> SectionContent.of(verdict(slice), map(run, slice), path(slice)))
            .orElseGet(() -> SectionContent.of(Verdict.bad(NO_PATH)));
    return Optional.of(content);
  }

  private static Verdict verdict(LandscapeSlice slice) {
    double[] path = slice.path();
    double end = path[path.length - 1];
    double extent = slice.highest() - slice.lowest();
    String descent =
        String.format(
            Locale.ROOT,
            "the energy of this prediction goes from %s to %s; the lowest of the plane is %s",
            ReportNumbers.of(path[0]),
            ReportNumbers.of(end),
            ReportNumbers.of(slice.lowest()));
    if (!Double.isFinite(end) || !Double.isFinite(extent)) {
      return Verdict.bad("The energy is not a number somewhere: " + descent + ".");
    }
    if (!(end < path[0])) {
      return Verdict.bad("In this example thinking does not descend: " + descent + ".");
    }
    return end - slice.lowest() <= BOTTOM * extent
        ? Verdict.good(
            "In this example, a valley, and thinking ends near its bottom: " + descent + ".")
        : Verdict.neutral(
            "In this example thinking descends, but not to the bottom: " + descent + ".");
  }

  private static HeatMap map(ReportRun run, LandscapeSlice slice) {
    return new HeatMap(
        "Energy around a prediction: " + run.label(),
        String.format(
            Locale.ROOT,
            "A slice through the candidates of the first validation example (prediction %d), on the"
                + " plane of the two principal directions of its path; dark is low. The line is"
                + " thinking, from its first candidate to the last one at 0, 0.",
            slice.prediction() + 1),
        Axis.of("first direction"),
        Axis.of("second direction"),
        slice.xs(),
        slice.ys(),
        slice.energies(),
        Axis.of("energy"),
        List.of(Series.marked("thinking", slice.plane().x(), slice.plane().y())));
  }

  private static Chart path(LandscapeSlice slice) {
    double[] steps = IntStream.range(0, slice.path().length).mapToDouble(i -> i).toArray();
    return new Chart(
        "landscape-path",
        "Energy of this prediction along its path",
        "The height of the points of the line, all in the landscape of the last step.",
        Axis.of("step"),
        Axis.of("energy"),
        List.of(Series.marked("energy", steps, slice.path())));
  }
}
