package dev.ebt.bench.command;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option for a run whose weights initialize a new one. */
final class FromOption {
  @Option(
      names = "--from",
      paramLabel = "RUN",
      converter = RunConverter.class,
      description = "Fine-tune: start from the weights and settings of this run.")
  private @Nullable Path run;

  /** Returns the run, if one is given. */
  @Nullable Path run() {
    return run;
  }
}
