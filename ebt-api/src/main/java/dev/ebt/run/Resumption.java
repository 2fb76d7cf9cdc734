package dev.ebt.run;

import dev.ebt.config.Assignment;
import dev.ebt.error.UserException;
import dev.ebt.store.AdaptedWeights;
import dev.ebt.store.CheckpointMetadata;
import dev.ebt.store.DurableFiles;
import dev.ebt.store.RunDirectory;
import dev.ebt.store.Sha256;
import dev.ebt.store.StoredCheckpoint;
import dev.ebt.train.AdapterSettings;
import dev.ebt.train.TrainingSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Checks that a run can resume from a checkpoint with its present configuration: changes that would
 * make it a different run are rejected.
 */
final class Resumption {
  /** The name under which a checkpoint stores the configured step size. */
  static final String STEP_SIZE = "thinking.stepSize";

  private Resumption() {}

  /**
   * Compares a checkpoint with the parts of its run.
   *
   * @throws UserException naming the first setting that has changed, and both values
   */
  static void check(RunParts parts, Path run, StoredCheckpoint stored) {
    CheckpointMetadata progress = stored.progress();
    checkUnfinished(parts, run, progress.step());
    ShapeCheck.check(parts.modality(), parts.configuration().modality().name(), stored);
    checkSeed(parts, run, progress);
    checkData(parts, run, progress);
    checkRows(parts, run, progress);
    checkStepSize(parts, run, progress);
    checkAverage(parts, run, stored);
    checkAdapter(parts, run, progress);
  }

  /** Checks that weights are still those of the base and the factors times the same number. */
  private static void checkAdapter(RunParts parts, Path run, CheckpointMetadata progress) {
    Double trained = progress.figures().get(AdaptedWeights.SCALE);
    AdapterSettings adapter = parts.updateRule().trained().adapter();
    Double configured = adapter == null ? null : (Double) adapter.scale();
    if (!Objects.equals(trained, configured)) {
      throw refused(
          "%s: training.adapter has alpha / rank %s, but the run was trained with %s (null is no"
              + " adapter); put it back, or begin a new run with --from %1$s",
          run, String.valueOf(configured), String.valueOf(trained));
    }
  }

  /** Checks that the moving average goes on where the checkpoint has one, and only there. */
  private static void checkAverage(RunParts parts, Path run, StoredCheckpoint stored) {
    Double decay = parts.configuration().training().emaDecay();
    if (stored.hasAverage() != (decay != null)) {
      throw refused(
          "%s: training.emaDecay is %s, but the run was trained with%s a moving average of its"
              + " weights, which cannot begin or end between. Put it back, or begin a new run with"
              + " --from %1$s",
          run, decay, stored.hasAverage() ? "" : "out");
    }
  }

  private static void checkUnfinished(RunParts parts, Path run, long done) {
    int steps = parts.configuration().training().steps();
    if (done >= steps) {
      boolean decays = parts.configuration().schedule().settings().has("decaySteps");
      throw refused(
          "%s is finished: %d of %d steps are done; train it further with --set training.steps=%d%s",
          run, done, steps, 2 * done, decays ? " --set schedule.decaySteps=" + 2 * done : "");
    }
  }

  /** Checks the seed, which determines the order of the rows and all random numbers. */
  private static void checkSeed(RunParts parts, Path run, CheckpointMetadata progress) {
    long seed = parts.configuration().seed();
    if (seed != progress.seed() && parts.overrides().at("seed").isEmpty()) {
      throw refused(
          "%s: seed is %d in config.yaml; the run was trained with %d, which decides the order of"
              + " its rows and all random numbers. Put it back, or begin a new run with --out",
          run, seed, progress.seed());
    }
  }

  /**
   * Checks that the rows are those of the checkpoint: the same data, split and encoded in the same
   * way.
   */
  private static void checkData(RunParts parts, Path run, CheckpointMetadata progress) {
    CheckpointMetadata.Part data = progress.parts().get("data");
    String fingerprint = data == null ? "" : data.fingerprint();
    boolean sameSeed = parts.configuration().seed() == progress.seed();
    if (sameSeed && fingerprint.equals(parts.dataset().fingerprint())) {
      return;
    }
    List<Assignment> set = parts.overrides().within("data", "modality", "seed");
    if (set.isEmpty()) {
      throw refused(
          "%s: the data is not what the run was trained on (fingerprint %.12s…, now %.12s…): it has"
              + " changed, or this version of ebt reads it otherwise. Put it back as it was, or begin"
              + " a new run with --out",
          run, fingerprint, parts.dataset().fingerprint());
    }
    throw refused(
        "%s: with %s the rows for training are not those that the run was trained on. Leave it out,"
            + " or begin a new run with --out",
        run, set.stream().map(each -> each.origin().place()).collect(Collectors.joining(" ")));
  }

  /**
   * Checks the rows per update: the position of an update in the data is its number times these.
   */
  private static void checkRows(RunParts parts, Path run, CheckpointMetadata progress) {
    TrainingSettings training = parts.configuration().training();
    long perUpdate = (long) training.batch() * training.accumulate();
    if (progress.rows() != progress.step() * perUpdate) {
      throw refused(
          "%s: training.batch %d × training.accumulate %d are %d rows an update; the run was"
              + " trained on %d rows in %d updates, and would go on at other rows. Choose both so"
              + " that they are %d rows again, or begin a new run with --from %s",
          run,
          training.batch(),
          training.accumulate(),
          perUpdate,
          progress.rows(),
          progress.step(),
          progress.rows() / Math.max(1, progress.step()),
          run);
    }
  }

  /**
   * Checks the step size: the checkpoint's is used, learned or not, unless one is set by {@code
   * --set}.
   */
  private static void checkStepSize(RunParts parts, Path run, CheckpointMetadata progress) {
    Double trained = progress.figures().get(STEP_SIZE);
    double configured = parts.thinking().hyperparameters().stepSize();
    if (trained != null
        && trained != configured
        && parts.overrides().at("thinking.stepSize").isEmpty()) {
      throw refused(
          "%s: thinking.stepSize is %s in config.yaml; the run was trained from %s, and the"
              + " checkpoint holds what became of that, so the file's would have no effect. Put it"
              + " back, or give it by --set thinking.stepSize=%s, which goes on from it",
          run, configured, trained, configured);
    }
  }

  private static UserException refused(String format, Object... found) {
    return new UserException(String.format(Locale.ROOT, format, found));
  }

  /** Returns a note if the configuration has changed since a checkpoint was saved. */
  static Optional<String> note(RunDirectory directory, StoredCheckpoint stored) {
    Path file = directory.configuration();
    try {
      return Sha256.of(file).equals(stored.progress().configuration())
          ? Optional.empty()
          : Optional.of(
              file.getFileName()
                  + " has changed since "
                  + stored.folder().getFileName()
                  + " was saved; the run goes on as it says now");
    } catch (IOException e) {
      throw DurableFiles.unreadable(file, e);
    }
  }
}
