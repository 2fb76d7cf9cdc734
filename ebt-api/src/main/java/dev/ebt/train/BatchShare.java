package dev.ebt.train;

import dev.ebt.backend.ProcessGroup;
import dev.ebt.error.UserException;
import dev.ebt.modality.Batch;
import dev.ebt.modality.Examples;
import java.util.List;
import java.util.Locale;

/**
 * The batches of an update that one process trains on: an equal share of them, of which the first
 * process has the first ones. All processes together have every row once per epoch.
 *
 * @param rows the rows of a batch
 * @param first the number of this process's first batch within an update
 * @param own the number of its batches
 * @param all the number of batches of an update
 * @param updates the updates of the whole training
 */
record BatchShare(int rows, int first, int own, int all, long updates) {
  /**
   * Returns the share of a process.
   *
   * @throws UserException if the batches of an update cannot be shared
   */
  static BatchShare of(TrainingSettings settings, ProcessGroup processes) {
    int all = settings.accumulate();
    if (all % processes.size() != 0) {
      throw new UserException(
          String.format(
              Locale.ROOT,
              "%d processes cannot share the batches of an update: training.accumulate is %d, a"
                  + " multiple of %1$d is expected",
              processes.size(),
              all));
    }
    int own = all / processes.size();
    return new BatchShare(settings.batch(), processes.rank() * own, own, all, settings.steps());
  }

  /** Returns a queue of these batches of all updates. */
  BatchQueue queue(Examples examples, long seed) {
    return new BatchQueue(
        examples, new EpochShuffle(examples.size(), seed), this, updates * all * rows);
  }

  /** Returns the batches of the update after {@code done} ones. */
  List<Batch> take(BatchQueue queue, long done) {
    return queue.take((done * all + first) * rows, own);
  }

  /** Returns the position of the batch after the one at a position. */
  long after(long position) {
    long next = position + rows;
    boolean others = own < all && (next / rows - first) % all == own;
    return others ? next + (long) (all - own) * rows : next;
  }
}
