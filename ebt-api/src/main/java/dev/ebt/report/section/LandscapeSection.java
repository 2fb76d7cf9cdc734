package dev.ebt.report.section;

import dev.ebt.modality.Batch;
import dev.ebt.report.Axis;
import dev.ebt.report.Block;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The energy around one prediction, over the plane in which thinking moved it and over that of the
 * greatest curvature, and what the first of them was before training.
 */
final class LandscapeSection implements ReportSection {
  /** The share of the energies of the plane up to which an end counts as the bottom. */
  private static final double BOTTOM = 0.1;

  private static final String NO_PATH =
      "There is nothing to descend: thinking does not move the candidate, or moves it to values that"
          + " are not finite.";

  private static final String SECOND = "second direction";

  private static final String UNTRAINED =
      "The energies of the same candidates by the parameters that training began with, in colours of"
          + " their own scale, and how thinking moved then, projected onto the plane. Training turns"
          + " what is here into the valley that thinking descends.";

  @Override
  public String name() {
    return "landscape";
  }

  @Override
  public String summary() {
    return "the energy around a prediction: along its path, before training, and where it is steepest";
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
    int steps = parts.steps().taken();
    Batch example = sampled.get().first();
    return Optional.of(
        PredictionPath.of(parts, example, steps)
            .map(path -> content(run.label(), new Landscapes(parts, example, path)))
            .orElseGet(() -> SectionContent.of(Verdict.bad(NO_PATH))));
  }

  private static SectionContent content(String label, Landscapes landscapes) {
    LandscapeSlice slice = landscapes.trained();
    List<Block> blocks = new ArrayList<>();
    blocks.add(map("Energy around a prediction: " + label, trained(landscapes), SECOND, slice));
    landscapes
        .untrained()
        .ifPresent(
            before ->
                blocks.add(
                    map("The same plane before training: " + label, UNTRAINED, SECOND, before)));
    landscapes
        .acrossCurvature()
        .ifPresent(
            turned ->
                blocks.add(
                    map(
                        "Across the greatest curvature: " + label,
                        curved(turned),
                        "greatest curvature",
                        turned.slice())));
    blocks.add(path(slice));
    return new SectionContent(verdict(slice), blocks);
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

  private static String trained(Landscapes landscapes) {
    return String.format(
        Locale.ROOT,
        "A slice through the candidates of the first validation example (prediction %d), on the plane"
            + " of the two principal directions of its path. Dark is low, lines are of equal energy."
            + " The white line is thinking, from its first candidate to the last one at 0, 0.",
        landscapes.path().prediction() + 1);
  }

  private static String curved(Landscapes.Curved turned) {
    return String.format(
        Locale.ROOT,
        "The same candidates, with the direction of greatest curvature at the last one as the second"
            + " direction: the top eigenvector of the Hessian, of eigenvalue %s. Lines close together"
            + " are steep walls, between which large steps swing. The path is projected onto the"
            + " plane.",
        ReportNumbers.of(turned.eigenvalue()));
  }

  private static HeatMap map(String title, String hint, String second, LandscapeSlice slice) {
    PlaneGrid grid = slice.grid();
    return new HeatMap(
        title,
        hint,
        Axis.of("first direction"),
        Axis.of(second),
        grid.xs(),
        grid.ys(),
        slice.energies(),
        Axis.of("energy"),
        List.of(Series.marked("thinking", grid.plane().x(), grid.plane().y())));
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
