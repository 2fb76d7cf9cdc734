package dev.ebt.bench.command;

import dev.ebt.bench.console.StandardStreams;
import dev.ebt.bench.page.ReportPage;
import dev.ebt.bench.progress.ProgressLines;
import dev.ebt.plugin.Catalog;
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

/** The command that writes a page about runs. */
@Command(
    name = "report",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    header = "Write a page that shows whether training was stable and whether thinking helps.",
    description = {
      "",
      "The page is one HTML file that needs nothing else. It has learning curves, loss and energy",
      "by thinking steps, the energy of tokens, the energy landscape around a prediction, and",
      "what the energy knows of errors; several runs share their charts.",
      "",
      "  ./ebt report runs/book",
      "  ./ebt report runs/book runs/baseline --out compared.html",
      "  ./ebt report runs/book --rows 64             more validation examples",
      "  ./ebt report runs/book --section training,thinking",
      "  ./ebt report runs/book --set data.path=other.txt",
      ""
    })
public final class ReportCommand implements Callable<Integer> {
  private static final double BYTES_PER_MB = 1e6;

  private final StandardStreams streams;
  private final Supplier<Catalog> discovery;
  private final ProgressLines lines;

  @Parameters(
      arity = "1..*",
      paramLabel = "RUN",
      converter = RunConverter.class,
      description =
          "A run's directory, an exported or a bundled model; several are shown together.")
  private List<Path> runs;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "The page (report.html); a file that is there is replaced.")
  private Path out = Path.of("report.html");

  @Mixin private ReportOptions options;

  @Mixin private ModelOption option;

  @Inject
  ReportCommand(StandardStreams streams, Supplier<Catalog> discovery, ProgressLines lines) {
    this.streams = streams;
    this.discovery = discovery;
    this.lines = lines;
  }

  @Override
  public Integer call() {
    Report report = options.report(discovery.get(), runs, option, lines);
    byte[] page = ReportPage.html(report).getBytes(StandardCharsets.UTF_8);
    WrittenFile.write(out, page);
    streams.out().printf(Locale.ROOT, "%s  %.1f MB%n", out, page.length / BYTES_PER_MB);
    return 0;
  }
}
