package dev.ebt.bench.command;

import dev.ebt.backend.Cluster;
import dev.ebt.bench.cluster.ProcessEnvironment;
import dev.ebt.error.UserException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of a training that several processes share. */
final class ProcessOptions {
  private static final String PROCESSES = "--processes";
  private static final int LEAST_SECONDS = (int) Cluster.LEAST_TIMEOUT.toSeconds();
  private static final int MOST_SECONDS = 86_400;

  @Option(
      names = PROCESSES,
      paramLabel = "N",
      description = "Train with N processes on this machine, which share the rows of each update.")
  private @Nullable Integer count;

  @Option(
      names = "--cluster",
      paramLabel = "HOST:PORT",
      split = ",",
      description = "The addresses of the processes of a training on several machines.")
  private List<String> addresses = List.of();

  @Option(
      names = "--rank",
      paramLabel = "K",
      description = "The number of this process in --cluster, from 0.")
  private @Nullable Integer rank;

  @Option(
      names = "--process-timeout",
      paramLabel = "SECONDS",
      description =
          "How long a process may not answer before all stop (30); at the start 10 times.")
  private int seconds = (int) Cluster.DEFAULT_TIMEOUT.toSeconds();

  /**
   * Returns the number of processes to start on this machine; 1 if this one trains itself.
   *
   * @throws UserException if it is less than 1 or contradicts other options
   */
  int toStart() {
    if (count == null) {
      return 1;
    }
    if (!addresses.isEmpty() || rank != null) {
      throw new UserException(
          PROCESSES + " starts all processes on this machine; remove it, or --cluster and --rank");
    }
    if (count < 1) {
      throw new UserException(PROCESSES + " is " + count + "; at least 1 expected");
    }
    return count;
  }

  /**
   * Returns the processes that share the training: those of the options, or of the environment.
   * Waits for the others where the environment names only the first one.
   *
   * @return empty if there is only this one
   */
  Optional<Cluster> cluster(Map<String, String> environment) {
    if (seconds < LEAST_SECONDS || seconds > MOST_SECONDS) {
      throw new UserException(
          String.format(
              Locale.ROOT,
              "--process-timeout is %d; %d to %d seconds expected",
              seconds,
              LEAST_SECONDS,
              MOST_SECONDS));
    }
    Duration timeout = Duration.ofSeconds(seconds);
    if (!addresses.isEmpty()) {
      if (rank == null) {
        throw new UserException(
            "--cluster needs --rank, the number of this process, from 0 to "
                + (addresses.size() - 1));
      }
      return Optional.of(new Cluster(addresses, rank, timeout)).filter(c -> c.size() > 1);
    }
    if (rank != null) {
      throw new UserException("--rank needs --cluster, the addresses of all processes");
    }
    return count != null
        ? Optional.empty()
        : new ProcessEnvironment(environment, timeout).cluster();
  }

  /** Returns the arguments of a command without the number of processes to start. */
  static List<String> without(List<String> arguments) {
    List<String> rest = new ArrayList<>(arguments);
    int at = rest.indexOf(PROCESSES);
    if (at >= 0) {
      rest.subList(at, at + 2).clear();
    }
    rest.removeIf(argument -> argument.startsWith(PROCESSES + "="));
    return rest;
  }
}
