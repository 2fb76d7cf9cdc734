package dev.ebt.bench.command;

import dev.ebt.bench.console.StandardStreams;
import dev.ebt.bench.page.ChartFile;
import dev.ebt.bench.page.ReportCharts;
import dev.ebt.bench.progress.ProgressLines;
import dev.ebt.error.UserException;
import dev.ebt.plugin.Catalog;
import dev.ebt.report.Chart;
import dev.ebt.report.Report;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The command that writes one chart of a report as a file. */
@Command(
    name = "plot",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    header = "Write one chart of a report as .svg, .png or .csv.",
    description = {
      "",
      "A chart is named by the labels of its axes in 'ebt report', without units; if there is none",
      "with these, the message lists all.",
      "",
      "  ./ebt plot runs/book --x steps --y loss --out curve.svg",
      "  ./ebt plot runs/book runs/baseline --x update --y loss --out curves.png",
      "  ./ebt plot runs/book --x coverage --y \"mean loss\" --out risk.csv --rows 64",
      ""
    })
public final class PlotCommand implements Callable<Integer> {
  private final StandardStreams streams;
  private final Supplier<Catalog> discovery;
  private final ProgressLines lines;

  @Parameters(
      arity = "1..*",
      paramLabel = "RUN",
      converter = RunConverter.class,
      description = "A run's directory, an exported or a bundled model; several share the chart.")
  private List<Path> runs;

  @Option(
      names = "--x",
      paramLabel = "LABEL",
      description = "The horizontal axis, such as update, steps, candidates, energy (steps).")
  private String x = "steps";

  @Option(
      names = "--y",
      paramLabel = "LABEL",
      description = "The vertical axis, such as loss, energy, \"gradient norm\" (loss).")
  private String y = "loss";

  @Option(
      names = "--out",
      paramLabel = "FILE",
      required = true,
      description = "The file: .svg, .png, or .csv with the numbers.")
  private Path out;

  @Mixin private ReportOptions options;

  @Mixin private ModelOption option;

  @Inject
  PlotCommand(StandardStreams streams, Supplier<Catalog> discovery, ProgressLines lines) {
    this.streams = streams;
    this.discovery = discovery;
    this.lines = lines;
  }

  @Override
  public Integer call() {
    String name = out.toString().toLowerCase(Locale.ROOT);
    if (!name.endsWith(".svg") && !name.endsWith(".png") && !name.endsWith(".csv")) {
      throw new UserException(
          "--out is " + out + "; a file that ends with .svg, .png or .csv expected");
    }
    Report report = options.report(discovery.get(), runs, option, lines);
    Chart chart = ReportCharts.find(report, x, y);
    WrittenFile.write(out, content(chart, name));
    streams.out().println(out + "  " + chart.title());
    return 0;
  }

  private static byte[] content(Chart chart, String name) {
    if (name.endsWith(".png")) {
      return ChartFile.png(ChartFile.svg(chart));
    }
    String text = name.endsWith(".svg") ? ChartFile.svg(chart) : ChartFile.csv(chart);
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
