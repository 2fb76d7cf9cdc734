package dev.ebt.bench.command;

import static dev.ebt.interact.OptionChecks.positive;

import dev.ebt.bench.console.StandardStreams;
import dev.ebt.bench.page.ReportPage;
import dev.ebt.error.ReasonText;
import dev.ebt.error.UserException;
import dev.ebt.plugin.Catalog;
import dev.ebt.report.Report;
import dev.ebt.report.ReportRequest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
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
      "  ./ebt report runs/book --set data.path=other.txt",
      ""
    })
public final class ReportCommand implements Callable<Integer> {
  private static final double BYTES_PER_MB = 1e6;

  private final StandardStreams streams;
  private final Supplier<Catalog> discovery;

  @Parameters(
      arity = "1..*",
      paramLabel = "RUN",
      description = "A run's directory or an exported model; several are shown together.")
  private List<Path> runs;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "The page (report.html); a file that is there is replaced.")
  private Path out = Path.of("report.html");

  @Option(
      names = "--rows",
      paramLabel = "N",
      description = "Maximum number of validation examples to predict for each run (16).")
  private int rows = ReportRequest.ROWS;

  @Mixin private ModelOption option;

  @Inject
  ReportCommand(StandardStreams streams, Supplier<Catalog> discovery) {
    this.streams = streams;
    this.discovery = discovery;
  }

  @Override
  public Integer call() {
    ReportRequest request =
        new ReportRequest(
            runs,
            option.checkpoint(),
            option.weights(),
            option.overrides(),
            positive("--rows", rows));
    Report report = Report.of(discovery.get(), request, progress -> {});
    String page = ReportPage.html(report);
    try {
      Path folder = out.toAbsolutePath().getParent();
      if (folder != null) {
        Files.createDirectories(folder);
      }
      Files.writeString(out, page);
      streams.out().printf(Locale.ROOT, "%s  %.1f MB%n", out, Files.size(out) / BYTES_PER_MB);
    } catch (IOException e) {
      throw new UserException("cannot write " + out + ": " + ReasonText.of(e), e);
    }
    return 0;
  }
}
