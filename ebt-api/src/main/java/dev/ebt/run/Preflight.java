package dev.ebt.run;

import dev.ebt.backend.Cluster;
import dev.ebt.error.SettingException;
import dev.ebt.error.UserException;
import dev.ebt.modality.Dataset;
import dev.ebt.modality.Fittable;
import dev.ebt.tensor.RandomStream;
import dev.ebt.tensor.Shape;
import dev.ebt.think.MachineMemory;
import dev.ebt.train.InitialCandidates;
import dev.ebt.train.ReplayBuffers;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The checks made before a training begins and anything is written. */
public final class Preflight {
  /** The largest number of elements of an array. */
  private static final long BOUND = Integer.MAX_VALUE;

  private Preflight() {}

  /**
   * Creates everything that a training needs, so that problems are reported before anything is
   * written.
   *
   * @throws UserException if the parts cannot be created, do not fit, are incompatible, or leave
   *     nothing to do
   */
  public static void check(RunParts parts) {
    check(parts, WarmStart::check, null);
  }

  /**
   * Creates everything that a process needs for its part of a training.
   *
   * @param weights checks the weights that the training begins or goes on with, before any data is
   *     read
   * @param cluster the processes; null if there is only this one
   * @throws UserException as {@link #check(RunParts)} does, and if the processes cannot share the
   *     batches of an update
   */
  static void check(RunParts parts, Consumer<RunParts> weights, @Nullable Cluster cluster) {
    int batch = parts.configuration().training().batch();
    Shape candidate = parts.modality().candidate();
    long numbers =
        Arrays.stream(candidate.toLongArray()).reduce(batch, (a, b) -> Math.min(a * b, BOUND + 1));
    if (numbers > BOUND) {
      throw new UserException(
          String.format(
              Locale.ROOT,
              "training.batch %d with candidates of %s exceeds %d values; use a smaller"
                  + " batch with training.accumulate",
              batch,
              candidate,
              BOUND));
    }
    weights.accept(parts);
    if (parts.modality() instanceof Fittable) {
      parts.dataset(); // The modality is fitted to the data before anything is derived from it.
    }
    parts.updateRule().trained().check(parts.parameters());
    if (parts.updateRule().trained().adapter() != null && parts.configuration().from() == null) {
      throw new UserException(
          "training.adapter adapts the weights of another run; name it by --from RUN, or leave it"
              + " out");
    }
    parts.family().checkTraining(parts.setup());
    ConfigurationRules.checkHeeded(parts);
    ConfigurationRules.checkMonitors(parts);
    parts.metrics().check();
    if (parts.backend().usesHostMemory()) {
      MachineMemory.physical().ifPresent(parts.trainingMemory()::requireFits);
    }
    int batches = parts.configuration().training().accumulate();
    int processes = cluster == null ? 1 : cluster.size();
    SharedBatches.requireShared(parts.configuration().training(), processes);
    LocalSteps.check(parts, processes);
    int here = batches / processes;
    int first = cluster == null ? 0 : cluster.rank() * here;
    try (ReplayBuffers buffers =
        new ReplayBuffers(parts.modality(), parts.regularizers(), first, here, batches)) {
      buffers.recall(
          0, batch, RandomStream.REPLAY.generator(parts.configuration().seed(), 1L << 16));
    }
    Dataset dataset = parts.dataset();
    if (dataset.training().size() == 0) {
      throw new UserException(
          "there is no training data: " + dataset.description() + missingShare(parts));
    }
    InitialCandidates.check(parts.configuration().objective().name(), parts.objective(), dataset);
    parts.objective().check(dataset);
    int least = parts.objective().leastRows(parts.thinking());
    if (batch < least) {
      throw new SettingException(
          "training.batch",
          String.format(
              Locale.ROOT,
              "is %d, but objective.name=%s needs %d rows or more",
              batch,
              parts.configuration().objective().name(),
              least));
    }
    parts.objective().pairing().ifPresent(pairing -> pairing.check(dataset, batch));
    if (dataset.validation().size() == 0) {
      throw new UserException(
          "there is no validation data: "
              + dataset.description()
              + ". Leave a part of it for validation");
    }
  }

  /** Returns the remedy where the configuration leaves all data for validation. */
  private static String missingShare(RunParts parts) {
    return parts.configuration().data().settings().path("validation").asDouble() == 1
        ? ". data.validation is 1, which leaves none for training; a smaller share expected, such as"
            + " --set data.validation=0.1, or other data, such as --data PATH"
        : "";
  }
}
