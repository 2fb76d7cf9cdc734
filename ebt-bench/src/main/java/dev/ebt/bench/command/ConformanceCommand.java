package dev.ebt.bench.command;

import dev.ebt.bench.conformance.Conformance;
import dev.ebt.bench.console.StandardStreams;
import dev.ebt.plugin.Catalog;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The command that compares computed values with reference values. */
@Command(
    name = "conformance",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    header = "Compare with reference values: NAME.json and NAME.safetensors in a folder.",
    description = {
      "",
      "One line per case: the largest relative error of energies, states, loss and gradients.",
      "Exits with 1 if a case fails.",
      "",
      "  ./ebt conformance reference/ --backend reference --case 'text_*'",
      ""
    })
public final class ConformanceCommand implements Callable<Integer> {
  private final StandardStreams streams;
  private final Supplier<Catalog> discovery;

  @Parameters(paramLabel = "DIR", description = "The folder with the cases.")
  private Path folder;

  @Option(names = "--backend", paramLabel = "NAME", description = "The backend (tensorflow).")
  private String backend = "tensorflow";

  @Option(
      names = "--case",
      paramLabel = "GLOB",
      description = "Only cases whose name matches this pattern (*).")
  private String glob = "*";

  @Inject
  ConformanceCommand(StandardStreams streams, Supplier<Catalog> discovery) {
    this.streams = streams;
    this.discovery = discovery;
  }

  @Override
  public Integer call() {
    Catalog catalog = discovery.get();
    List<Conformance.Outcome> outcomes =
        new Conformance(catalog, backend)
            .run(
                folder,
                glob,
                outcome ->
                    streams
                        .out()
                        .printf(Locale.ROOT, "%-42s %s%n", outcome.name(), outcome.line()));
    long failed = outcomes.stream().filter(o -> o.verdict() == Conformance.Verdict.FAIL).count();
    long passed = outcomes.stream().filter(o -> o.verdict() == Conformance.Verdict.PASS).count();
    streams
        .out()
        .printf(
            Locale.ROOT,
            "%d passed, %d failed, %d not supported, on %s%n",
            passed,
            failed,
            outcomes.size() - passed - failed,
            backend);
    return failed > 0 ? 1 : 0;
  }
}
