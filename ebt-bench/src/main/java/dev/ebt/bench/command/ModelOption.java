package dev.ebt.bench.command;

import dev.ebt.config.Overrides;
import java.util.List;
import picocli.CommandLine.Option;

/** The options that select a checkpoint of a run and override its settings. */
final class ModelOption {
  @Option(
      names = "--checkpoint",
      paramLabel = "NAME",
      description = "latest, best, or a step (latest).")
  private String checkpoint = "latest";

  @Option(
      names = "--set",
      paramLabel = "PATH=VALUE",
      description = "Overrides a setting of the run, such as backend.name=reference.")
  private List<String> assignments = List.of();

  /** Returns the name of the checkpoint. */
  String checkpoint() {
    return checkpoint;
  }

  /** Returns the overrides of the run's configuration. */
  Overrides overrides() {
    return Overrides.parse(assignments);
  }
}
