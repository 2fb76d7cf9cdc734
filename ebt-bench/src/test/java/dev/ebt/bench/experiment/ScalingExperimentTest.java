package dev.ebt.bench.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ebt.experiment.ExperimentJob;
import dev.ebt.experiment.ExperimentReport;
import dev.ebt.experiment.Outcome;
import dev.ebt.experiment.Scale;
import dev.ebt.plugin.Catalog;
import dev.ebt.plugin.Plugins;
import dev.ebt.sweep.SweepListener;
import dev.ebt.text.experiment.scaling.ScalingAxis;
import dev.ebt.text.experiment.scaling.ScalingExperiment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A scaling experiment from its learning rates to its page; nothing is trained. */
class ScalingExperimentTest {
  private static final Catalog CATALOG = Plugins.discover(List.of());

  @TempDir Path folder;

  private ExperimentReport judged(Scale scale, ToDoubleFunction<Map<String, String>> losses) {
    WrittenRuns workers = new WrittenRuns(losses);
    try (ExperimentJob job =
        ExperimentJob.open(
            CATALOG,
            new ScalingExperiment(ScalingAxis.DATA),
            scale,
            folder.resolve("runs"),
            workers,
            1)) {
      return job.judge(job.train((plan, done) -> new SweepListener() {}));
    }
  }

  /** Rate 0.008 is the best one of the EBT, 0.032 that of the other model. */
  private static double loss(Map<String, String> values) {
    boolean ebt = values.get("model").equals("ebt");
    if (values.containsKey("learningRate")) {
      return values.get("learningRate").equals(ebt ? "0.008" : "0.032") ? 1.5 : 1.6;
    }
    return 1
        + 100 * Math.pow(Double.parseDouble(values.get("bytes")), ebt ? -0.5 : -0.4)
        + 1e-4 * Double.parseDouble(values.get("seed"));
  }

  @Test
  void theBestRatesAreUsedAndThePageHasAllTables() {
    ExperimentReport report = judged(Scale.FULL, ScalingExperimentTest::loss);

    assertThat(report.finding().outcome()).isEqualTo(Outcome.HOLDS);
    assertThat(report.finding().sentence())
        .endsWith(
            "The learning rates are 0.008 of the EBT and 0.032 (the highest one tried) of the"
                + " Transformer++.");
    assertThat(folder.resolve("runs/further/configurations/model=ebt,bytes=76800,seed=1.yaml"))
        .content()
        .contains("learningRate: 0.008\n")
        .containsPattern("\ndata:\n( .*\n)*  seed: 1\n");
    assertThat(
            folder.resolve(
                "runs/configurations/model=ebt,width=32,learningRate=0.008,seed=101.yaml"))
        .content()
        .containsPattern("\ndata:\n( .*\n)*  seed: 2\n");
    String page = page(report);
    assertThat(page)
        .containsSubsequence(
            "| model | β | B |",
            "| EBT | 76800 |",
            "| Transformer++ | 1228800 |",
            "| bytes | EBT | equal size and tokens | equal FLOPs | equal seconds |",
            "![Loss above the floor H by bytes of training text]",
            "| model | width | learningRate |",
            "| model | bytes |");
    List<String> rows =
        page.lines()
            .filter(line -> line.matches("\\| (EBT|Transformer\\+\\+) \\| 307200 .*"))
            .toList();
    assertThat(rows).hasSize(2);
    assertThat(operations(rows.get(0))).isGreaterThan(3 * operations(rows.get(1)));
  }

  private static double operations(String row) {
    return Double.parseDouble(row.split("\\|")[4].strip());
  }

  private static String page(ExperimentReport report) {
    return new String(
        ExperimentPage.files(report, "").get("scaling-data.md"), StandardCharsets.UTF_8);
  }

  @Test
  void itCannotTellWhereAFurtherRunDiverged() {
    ExperimentReport report =
        judged(Scale.QUICK, values -> values.containsKey("bytes") ? Double.NaN : loss(values));

    assertThat(report.further()).isPresent();
    assertThat(report.finding().outcome()).isEqualTo(Outcome.CANNOT_TELL);
    assertThat(report.finding().sentence())
        .startsWith("Not all runs have finished. Diverged: model=");
  }

  @Test
  void itCannotTellWhereNoRateOfAModelHasFinished() {
    ExperimentReport report =
        judged(Scale.QUICK, values -> values.get("model").equals("ebt") ? Double.NaN : 1.5);

    assertThat(report.further()).isEmpty();
    assertThat(report.finding().outcome()).isEqualTo(Outcome.CANNOT_TELL);
    assertThat(report.finding().sentence()).startsWith("The learning rates were not chosen");
  }
}
