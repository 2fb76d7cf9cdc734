package dev.ebt.bench.command;

import dev.ebt.bench.console.StandardStreams;
import dev.ebt.bench.sweep.SweepDocument;
import dev.ebt.bench.sweep.SweepTable;
import dev.ebt.plugin.Catalog;
import dev.ebt.sweep.RunComparison;
import dev.ebt.sweep.SweepResults;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The command that compares the validations of existing runs over seeds. */
@Command(
    name = "compare",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    header = "Compare runs over seeds, by the settings in which they differ.",
    description = {
      "",
      "Runs with equal settings but for the seed are repetitions of one another. The values are"
          + " those of their",
      "last validation in training; 'ebt eval' evaluates models anew.",
      "",
      "  ./ebt compare runs/book-1 runs/book-2 runs/wide-1 runs/wide-2",
      "  ./ebt compare runs/alpha/runs/* --metric validation.accuracy --best highest --out"
          + " compared",
      ""
    })
public final class CompareCommand implements Callable<Integer> {
  private final StandardStreams streams;
  private final Supplier<Catalog> discovery;

  @Parameters(arity = "1..*", paramLabel = "RUN", description = "Directories of runs.")
  private List<Path> runs = List.of();

  @Mixin private SweepMetricOption metric;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Also writes results.csv, results.json and results.svg to this folder.")
  private @Nullable Path out;

  @Mixin private JsonOption json;

  @Inject
  CompareCommand(StandardStreams streams, Supplier<Catalog> discovery) {
    this.streams = streams;
    this.discovery = discovery;
  }

  @Override
  public Integer call() {
    runs.forEach(run -> TrainingRecord.check(discovery, run));
    RunComparison comparison = RunComparison.of(discovery.get(), runs, metric.options(false));
    comparison.warnings().forEach(warning -> streams.err().println("ebt: " + warning));
    SweepResults results = comparison.results();
    List<Path> files = out == null ? List.of() : SweepFiles.write(results, out);
    if (json.given()) {
      JsonOption.print(SweepDocument.of(results), streams.out());
      return 0;
    }
    List<String> lines = new ArrayList<>(SweepTable.lines(SweepTable.of(results)));
    lines.addAll(SweepTable.exceptions(results));
    lines.forEach(streams.out()::println);
    files.forEach(streams.out()::println);
    return 0;
  }
}
