package dev.ebt.bench.command;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option for a run whose weights another one begins with. */
final class FromOption {
  @Option(
      names = "--from",
      paramLabel = "RUN",
      description = "Begin with the weights of a run and as it is configured, gently.")
  private @Nullable Path run;

  /** Returns the run, if one is named. */
  @Nullable Path run() {
    return run;
  }
}
