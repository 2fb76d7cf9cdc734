package dev.ebt.report.section;

import dev.ebt.report.Axis;
import dev.ebt.report.Block;
import dev.ebt.report.Chart;
import dev.ebt.report.ReportNumbers;
import dev.ebt.report.ReportRun;
import dev.ebt.report.ReportSection;
import dev.ebt.report.ReportTable;
import dev.ebt.report.SectionContent;
import dev.ebt.report.Series;
import dev.ebt.report.Verdict;
import dev.ebt.store.MetricsHistory;
import dev.ebt.store.RunDirectory;
import dev.ebt.store.RunHistory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The curves of the metrics that the training recorded. */
final class TrainingSection implements ReportSection {
  private static final String UPDATE = "update";
  private static final String STABILITY = "validation.stability";
  private static final String VALIDATION = "validation.";

  /** The fewest values that make a curve. */
  private static final int FEWEST = 3;

  @Override
  public String name() {
    return "training";
  }

  @Override
  public String summary() {
    return "learning curves, gradient norm and step size over the training";
  }

  @Override
  public String title() {
    return "Was training stable?";
  }

  @Override
  public int position() {
    return 20;
  }

  @Override
  public Optional<SectionContent> content(ReportRun run) {
    MetricsHistory metrics = run.metrics();
    if (metrics.rows().isEmpty()) {
      return Optional.empty();
    }
    Map<String, String> units =
        run.model().map(model -> model.parts().metrics().units()).orElse(Map.of());
    List<Block> blocks = new ArrayList<>();
    add(
        blocks,
        "training-loss",
        "Loss over the training",
        "Both curves should fall. A validation loss that rises again while the training loss falls"
            + " means overfitting.",
        Axis.of("loss", units.getOrDefault("loss", "")),
        curves(metrics, "loss", "training", "validation.loss", "validation"));
    add(
        blocks,
        "training-energy",
        "Energy before and after thinking",
        "Thinking lowers the energy: the gap between the curves is what it descends. A gap that"
            + " grows without end means that energies diverge.",
        Axis.of("energy"),
        curves(metrics, "firstEnergy", "before", "lastEnergy", "after thinking"));
    add(
        blocks,
        "training-gradient",
        "Gradient norm",
        "Before clipping. Single high points are clipped; a steady rise means that training becomes"
            + " unstable.",
        Axis.logarithmic("gradient norm"),
        curves(metrics, "gradientNorm", "gradient norm"));
    add(
        blocks,
        "training-step-size",
        "Step size of thinking",
        "It is learned. One that rises to its bound overshoots.",
        Axis.of("step size"),
        changes(metrics.curve("stepSize")) ? curves(metrics, "stepSize", "step size") : List.of());
    add(
        blocks,
        "training-stability",
        "Stability of the steps",
        "The step size times the largest curvature of the energy, after thinking. Plain steps reach"
            + " a minimum at once at 1, and lead away from it above 2: then a smaller step size or"
            + " the regularizer spectral-step-size helps.",
        Axis.of("αλ"),
        curves(metrics, STABILITY, "mean of all predictions"));
    add(
        blocks,
        "training-rate",
        "Learning rate",
        "",
        Axis.of("learning rate"),
        curves(metrics, "learningRate", "learning rate"));
    further(metrics, units, blocks);
    addWarnings(blocks, RunDirectory.read(run.path()).history().warnings());
    return Optional.of(new SectionContent(verdict(run), blocks));
  }

  private static Verdict verdict(ReportRun run) {
    Optional<RunHistory.End> failure =
        RunDirectory.read(run.path())
            .history()
            .lastEnd()
            .filter(end -> List.of("failed", "diverged").contains(end.how()));
    return failure
        .map(TrainingVerdict::failed)
        .orElseGet(() -> TrainingVerdict.of(run.metrics(), run.judgedByLoss()));
  }

  private static boolean changes(MetricsHistory.Curve curve) {
    return Arrays.stream(curve.values()).distinct().count() > 1;
  }

  /** Returns the curves that there are, by pairs of a metric and its name in the legend. */
  private static List<Series> curves(MetricsHistory metrics, String... names) {
    List<Series> curves = new ArrayList<>();
    for (int i = 0; i < names.length; i += 2) {
      MetricsHistory.Curve curve = metrics.curve(names[i]);
      if (curve.size() > 0) {
        boolean few = curve.size() < 30;
        curves.add(
            new Series(
                names[i + 1],
                few ? Series.Mark.MARKED_LINE : Series.Mark.LINE,
                curve.steps(),
                curve.values()));
      }
    }
    return curves;
  }

  private static void add(
      List<Block> blocks, String name, String title, String hint, Axis y, List<Series> curves) {
    if (!curves.isEmpty()) {
      blocks.add(new Chart(name, title, hint, Axis.of(UPDATE), y, curves));
    }
  }

  private static void addWarnings(List<Block> blocks, List<Map<String, Object>> warnings) {
    if (!warnings.isEmpty()) {
      blocks.add(
          new ReportTable(
              "Warnings of monitors",
              "",
              List.of("update", "monitor", "found", "usually", "try", "action"),
              warnings.stream()
                  .map(
                      line ->
                          Stream.of("step", "monitor", "found", "meaning", "advice", "action")
                              .map(name -> String.valueOf(line.get(name)))
                              .toList())
                  .toList()));
    }
  }

  /**
   * Adds the metrics of validations that have no chart yet: a chart of each, and a table of those
   * that a chart would show nothing by, because there are few values, all are the same, or they
   * rise and fall with the loss or the stability, as perplexity and curvature do.
   */
  private static void further(
      MetricsHistory metrics, Map<String, String> units, List<Block> blocks) {
    List<List<String>> facts = new ArrayList<>();
    MetricsHistory.Curve loss = metrics.curve(VALIDATION + "loss");
    MetricsHistory.Curve stability = metrics.curve(STABILITY);
    for (String name : metrics.names()) {
      if (!name.startsWith(VALIDATION)) {
        continue;
      }
      String metric = name.substring(VALIDATION.length());
      if (metric.equals("loss") || metric.equals("energy") || name.equals(STABILITY)) {
        continue; // They have charts, or the energy of the training says as much.
      }
      String unit = units.getOrDefault(metric, "");
      MetricsHistory.Curve curve = metrics.curve(name);
      boolean tells =
          changes(curve) && !CurveOrder.same(curve, loss) && !CurveOrder.same(curve, stability);
      if (curve.size() >= FEWEST && tells) {
        add(
            blocks,
            "validation-" + metric,
            "Validation: " + metric,
            "",
            Axis.of(metric, unit),
            curves(metrics, name, metric));
      } else if (curve.size() > 0) {
        String value = ReportNumbers.of(curve.values()[curve.size() - 1]);
        facts.add(List.of(metric, unit.isEmpty() ? value : value + " " + unit));
      }
    }
    if (!facts.isEmpty()) {
      blocks.add(
          new ReportTable(
              "Last validation",
              "Metrics without a chart: they rise and fall with the loss or the stability, do not"
                  + " change, or have few values.",
              List.of("", "last value"),
              facts));
    }
  }
}
