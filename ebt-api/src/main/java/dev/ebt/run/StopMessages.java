package dev.ebt.run;

import dev.ebt.backend.LostProcessException;
import dev.ebt.error.UserException;
import dev.ebt.store.RunDirectory;
import dev.ebt.train.DivergedException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * The messages of a training that cannot go on: what is left of it, and how to resume it.
 *
 * @param hasReplayBuffers whether there are replay buffers, whose rows all processes share
 */
record StopMessages(RunDirectory directory, RunParts parts, boolean hasReplayBuffers) {
  /** Returns the message of a process that is lost, after updates that are saved. */
  UserException lost(LostProcessException lost, long saved) {
    return new UserException(
        String.format(
            Locale.ROOT,
            "%s. The training has stopped after update %d; resume it with --resume %s",
            lost.getMessage(),
            saved,
            directory.path()),
        lost);
  }

  /** Returns the message of a process that is lost with what only it has. */
  UserException lostUnsaved(LostProcessException lost) {
    long saved = directory.checkpoints().latestStep();
    String why =
        hasReplayBuffers
            ? "the present rows of all replay buffers cannot be saved, as those of the lost process"
                + " are missing"
            : (saved == 0 ? "all updates" : "the updates since the latest checkpoint")
                + " are lost, as between two averages of the processes (training.localSteps) there"
                + " is nothing complete to save";
    return new UserException(
        String.format(
            Locale.ROOT,
            "%s. The training has stopped, and %s; %s",
            lost.getMessage(),
            why,
            saved == 0
                ? "no checkpoint was saved before, and --resume "
                    + directory.path()
                    + " begins again"
                : "--resume " + directory.path() + " goes on from update " + saved),
        lost);
  }

  /** Returns the message of a training with a loss or parameters that are not finite. */
  UserException diverged(DivergedException diverged) {
    List<Path> saved = directory.checkpoints().complete();
    String from =
        saved.isEmpty()
            ? "No checkpoint was saved; start again"
            : saved.get(saved.size() - 1) + " is intact; resume from it";
    return new UserException(
        String.format(
            Locale.ROOT,
            "%s. %s with --resume %s --set training.learningRate=%s",
            diverged.getMessage(),
            from,
            directory.path(),
            parts.configuration().training().learningRate() / 4),
        diverged);
  }
}
