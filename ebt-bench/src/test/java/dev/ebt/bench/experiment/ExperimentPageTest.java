package dev.ebt.bench.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ebt.experiment.Experiment;
import dev.ebt.experiment.ExperimentDesign;
import dev.ebt.experiment.ExperimentReport;
import dev.ebt.experiment.ExperimentResults;
import dev.ebt.experiment.ExperimentRun;
import dev.ebt.experiment.Finding;
import dev.ebt.experiment.Outcome;
import dev.ebt.experiment.Scale;
import dev.ebt.report.Axis;
import dev.ebt.report.Chart;
import dev.ebt.report.Figure;
import dev.ebt.report.HeatMap;
import dev.ebt.report.Pictures;
import dev.ebt.report.ReportTable;
import dev.ebt.report.Series;
import dev.ebt.sweep.SweepOptions;
import dev.ebt.sweep.SweepResults;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ExperimentPageTest {
  private static final double[] X = {0, 1};

  /** An experiment without runs, whose findings are given. */
  private record Given(Finding finding) implements Experiment {
    @Override
    public String name() {
      return "given";
    }

    @Override
    public String summary() {
      return "what is given";
    }

    @Override
    public ExperimentDesign design() {
      return new ExperimentDesign("Is it?", "Nothing.", "None.", "It holds.");
    }

    @Override
    public List<ExperimentRun> runs(Scale scale) {
      return List.of();
    }

    @Override
    public Finding judge(ExperimentResults results) {
      return finding;
    }
  }

  private static Map<String, byte[]> files(Figure... figures) {
    Finding finding = new Finding(Outcome.HOLDS, "It is so.", List.of(figures));
    SweepResults none = SweepResults.of(List.of(), SweepOptions.usual());
    return ExperimentPage.files(
        new ExperimentReport(
            new Given(finding), Scale.FULL, none, Optional.empty(), finding, "1", 0),
        "");
  }

  private static String text(byte[] content) {
    return new String(content, StandardCharsets.UTF_8);
  }

  @Test
  void everyKindOfFigureIsOnThePageWithItsFile() {
    ReportTable table = new ReportTable("Means", "", List.of("model"), List.of(List.of("ebt")));
    Chart chart =
        new Chart(
            "loss",
            "Loss",
            "",
            Axis.of("steps"),
            Axis.of("loss"),
            List.of(Series.marked("ebt", X, X)));
    HeatMap map =
        new HeatMap(
            "Landscape",
            "Dark is low.",
            Axis.of("first"),
            Axis.of("second"),
            X,
            X,
            new double[][] {{1, 2}, {3, 4}},
            Axis.of("energy"),
            List.of(Series.marked("thinking", X, X)));
    byte[] gif = {'G', 'I', 'F'};
    Pictures pictures =
        new Pictures(
            "Clips", "", List.of(new Pictures.Picture("image/gif", gif, "a clip", "6 frames")));

    Map<String, byte[]> files = files(table, chart, map, pictures);

    assertThat(files.keySet())
        .containsExactly("given.md", "given-loss.svg", "given-1.svg", "given-2.gif");
    assertThat(text(files.get("given.md")))
        .containsSubsequence(
            "| ebt |",
            "![Loss](given-loss.svg)",
            "**Landscape.** Dark is low.",
            "![Landscape](given-1.svg)",
            "![a clip](given-2.gif)",
            "6 frames");
    assertThat(text(files.get("given-1.svg")))
        .contains("<svg", "second", "rgb(68,1,84)", "rgb(253,231,37)");
    assertThat(files.get("given-2.gif")).isEqualTo(gif);
  }

  private static String logarithmicChart(double... values) {
    Chart chart =
        new Chart(
            "loss",
            "Loss",
            "",
            Axis.logarithmic("bytes"),
            Axis.of("loss"),
            List.of(Series.marked("ebt", values, values)));
    return text(files(chart).get("given-loss.svg"));
  }

  @Test
  void aLogarithmicAxisMarksPowersOfTwoWhereFewOfTenWouldBeMarked() {
    assertThat(logarithmicChart(70_000, 1_000_000))
        .contains(">131,072<")
        .doesNotContain(">100,000<");
    assertThat(logarithmicChart(1, 1_000_000)).contains(">10,000<").doesNotContain(">65,536<");
  }
}
