package dev.ebt.run;

import dev.ebt.config.Assignment;
import dev.ebt.config.Origin;
import dev.ebt.config.Overrides;
import dev.ebt.error.UserException;
import dev.ebt.plugin.Catalog;
import dev.ebt.plugin.Configurations;
import dev.ebt.plugin.ResolvedConfiguration;
import dev.ebt.train.TrainingSettings;
import java.nio.file.Path;
import java.util.Locale;

/**
 * The settings by which several processes share the rows of an update. An update has the rows that
 * are configured, whatever the number of processes. Where the batch is cut, the random numbers of
 * its rows differ, as each batch has random numbers of its own.
 */
public final class SharedBatches {
  private SharedBatches() {}

  /**
   * Returns a request whose training several processes can share.
   *
   * @param resolved its configuration
   * @param origin where the number of processes was given
   * @throws UserException if the rows of an update cannot be shared equally
   */
  public static TrainingRequest share(
      Catalog catalog,
      TrainingRequest request,
      ResolvedConfiguration resolved,
      int processes,
      Origin origin) {
    TrainingSettings training = resolved.configuration().training();
    Overrides cut = of(training, processes, origin);
    TrainingRequest shared = request.withOptions(request.options().and(cut));
    check(training, shared.resolve(catalog).configuration().training(), processes);
    return shared;
  }

  /**
   * Returns changes of a run's configuration by which several processes can share its training.
   *
   * @throws UserException if the rows of an update cannot be shared equally
   */
  public static Overrides share(
      Catalog catalog, Path run, Overrides changes, int processes, Origin origin) {
    TrainingSettings training = training(catalog, run, changes);
    Overrides cut = of(training, processes, origin).yieldingTo(changes);
    check(training, training(catalog, run, cut), processes);
    return cut;
  }

  private static TrainingSettings training(Catalog catalog, Path run, Overrides changes) {
    return Configurations.read(catalog, null, ModelFolder.configuration(run), changes)
        .configuration()
        .training();
  }

  /**
   * Returns the overrides of {@code training.batch} and {@code training.accumulate} that cut the
   * rows of an update into equal batches for each process; none if they are cut so already.
   *
   * @param origin where the number of processes was given
   * @throws UserException if the rows cannot be shared
   */
  static Overrides of(TrainingSettings training, int processes, Origin origin) {
    if (training.accumulate() % processes == 0) {
      return Overrides.none();
    }
    long rows = (long) training.batch() * training.accumulate();
    int accumulate = training.accumulate() * (processes / gcd(training.accumulate(), processes));
    if (rows % accumulate != 0) {
      throw refusal(training, processes);
    }
    return Overrides.of(
        Assignment.of("training.batch", rows / accumulate, origin),
        Assignment.of("training.accumulate", (long) accumulate, origin));
  }

  /**
   * Checks that processes can share the batches of an update as they are.
   *
   * @throws UserException if they cannot
   */
  static void requireShared(TrainingSettings training, int processes) {
    if (training.accumulate() % processes != 0) {
      throw refusal(training, processes);
    }
  }

  /**
   * Checks that settings still share the rows, after values set by hand took precedence.
   *
   * @throws UserException if they do not
   */
  private static void check(TrainingSettings before, TrainingSettings after, int processes) {
    boolean same =
        (long) before.batch() * before.accumulate() == (long) after.batch() * after.accumulate();
    if (!same || after.accumulate() % processes != 0) {
      throw refusal(before, processes);
    }
  }

  private static UserException refusal(TrainingSettings training, int processes) {
    return new UserException(
        String.format(
            Locale.ROOT,
            "%d processes cannot share the rows of an update equally: training.batch is %d and"
                + " training.accumulate %d. Set training.accumulate to a multiple of %1$d, and"
                + " training.batch so that both make up the rows of an update",
            processes,
            training.batch(),
            training.accumulate()));
  }

  private static int gcd(int a, int b) {
    return b == 0 ? a : gcd(b, a % b);
  }
}
