package dev.ebt.run;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ebt.config.Document;
import dev.ebt.config.Problems;
import dev.ebt.error.UserException;
import dev.ebt.store.RunDirectory;
import dev.ebt.store.RunHistory;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The state of the training of a run, as its folder shows it to another program.
 *
 * @param saved the updates of the latest checkpoint; 0 if there is none
 * @param steps the updates after which the training is complete
 * @param how the recorded way in which it ended, as {@link RunHistory.End#how}; empty while it
 *     trains and where none is recorded
 * @param reason the recorded reason of a failure or of a monitor; may be empty
 */
public record RunStatus(Phase phase, long saved, long steps, String how, String reason) {
  /** The states of a training. */
  public enum Phase {
    /** A process on this machine trains it. */
    TRAINING,
    /** All updates are done. */
    COMPLETE,
    /** It ended early and saved everything. */
    STOPPED,
    /** It ended by an error. */
    FAILED,
    /** Its process is gone without having ended it. */
    DIED,
    /** No process trains it, and the version that did has not recorded how it ended. */
    UNKNOWN
  }

  /**
   * Returns the state of a run.
   *
   * @throws UserException if there is no such run, or its configuration is not one of this version
   */
  public static RunStatus of(Path run) {
    RunDirectory directory = RunDirectory.read(run);
    long steps = steps(directory.configuration());
    boolean training = directory.isTraining();
    long saved = directory.checkpoints().latestStep();
    RunHistory history = directory.history();
    Optional<RunHistory.End> end = history.lastEnd();
    if (training) {
      return new RunStatus(Phase.TRAINING, saved, steps, "", "");
    }
    if (end.isPresent()) {
      return new RunStatus(
          phase(end.get().how()), saved, steps, end.get().how(), end.get().reason());
    }
    Phase phase = history.lines().isEmpty() ? Phase.UNKNOWN : Phase.DIED;
    return new RunStatus(saved >= steps ? Phase.COMPLETE : phase, saved, steps, "", "");
  }

  private static Phase phase(String how) {
    return switch (how) {
      case "complete" -> Phase.COMPLETE;
      case "failed", "diverged" -> Phase.FAILED;
      default -> Phase.STOPPED;
    };
  }

  private static long steps(Path configuration) {
    JsonNode steps =
        Document.read(configuration, new Problems()).root().path("training").path("steps");
    if (!steps.isIntegralNumber()) {
      throw new UserException(
          configuration
              + ": training.steps is missing; this is not the configuration of a run of this"
              + " version of ebt");
    }
    return steps.longValue();
  }
}
