package dev.ebt.bench.command;

import dev.ebt.bench.conformance.Conformance;
import dev.ebt.bench.console.StandardStreams;
import dev.ebt.plugin.Catalog;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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

  @Mixin private JsonOption json;

  @Inject
  ConformanceCommand(StandardStreams streams, Supplier<Catalog> discovery) {
    this.streams = streams;
    this.discovery = discovery;
  }

  @Override
  public Integer call() {
    Catalog catalog = discovery.get();
    List<Conformance.Outcome> outcomes =
        new Conformance(catalog, backend).run(folder, glob, this::show);
    long failed = outcomes.stream().filter(o -> o.verdict() == Conformance.Verdict.FAIL).count();
    long passed = outcomes.stream().filter(o -> o.verdict() == Conformance.Verdict.PASS).count();
    if (json.given()) {
      JsonOption.print(document(outcomes, passed, failed), streams.out());
    } else {
      streams
          .out()
          .printf(
              Locale.ROOT,
              "%d passed, %d failed, %d not supported, on %s%n",
              passed,
              failed,
              outcomes.size() - passed - failed,
              backend);
    }
    return failed > 0 ? 1 : 0;
  }

  private void show(Conformance.Outcome outcome) {
    if (!json.given()) {
      streams.out().printf(Locale.ROOT, "%-42s %s%n", outcome.name(), outcome.line());
    }
  }

  private Map<String, Object> document(
      List<Conformance.Outcome> outcomes, long passed, long failed) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("backend", backend);
    document.put("passed", passed);
    document.put("failed", failed);
    document.put("unsupported", outcomes.size() - passed - failed);
    List<Map<String, Object>> cases = new ArrayList<>();
    for (Conformance.Outcome outcome : outcomes) {
      Map<String, Object> line = new LinkedHashMap<>();
      line.put("name", outcome.name());
      line.put("verdict", outcome.verdict().name().toLowerCase(Locale.ROOT));
      line.put("line", outcome.line());
      cases.add(line);
    }
    document.put("cases", cases);
    return document;
  }
}
