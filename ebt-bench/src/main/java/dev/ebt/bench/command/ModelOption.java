package dev.ebt.bench.command;

import dev.ebt.config.Overrides;
import java.util.List;
import picocli.CommandLine.Option;

/** Which state of a run is meant, and what is different about it now. */
final class ModelOption {
  @Option(
      names = "--checkpoint",
      paramLabel = "NAME",
      description = "latest, best, or a step (latest).")
  private String checkpoint = "latest";

  @Option(
      names = "--set",
      paramLabel = "PATH=VALUE",
      description = "A field of the run's configuration, for instance backend.name=reference.")
  private List<String> assignments = List.of();

  /** The checkpoint's name. */
  String checkpoint() {
    return checkpoint;
  }

  /** Returns the overrides of the run's configuration. */
  Overrides overrides() {
    return Overrides.parse(assignments);
  }
}
