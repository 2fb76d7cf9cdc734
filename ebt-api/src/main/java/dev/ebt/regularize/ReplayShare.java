package dev.ebt.regularize;

import dev.ebt.error.UserException;
import java.util.Locale;

/**
 * The part of a regularizer's replay buffer that serves one batch of each update. An update of
 * several batches ({@code training.accumulate}) has a buffer of its own for each of them, so that
 * several processes, which share the batches, need no rows of each other.
 *
 * @param batch the number of the batch within an update, from 0
 * @param batches the batches of an update
 * @param here those of them that this process trains on
 */
public record ReplayShare(int batch, int batches, int here) {
  /** The whole of a buffer, for updates of one batch. */
  public static final ReplayShare WHOLE = new ReplayShare(0, 1, 1);

  /**
   * Returns the rows of this part of a buffer, an equal share rounded down.
   *
   * @param setting what {@code capacity} is the value of, in messages
   * @throws UserException if there is not a row for each batch of an update
   */
  public int of(String setting, int capacity) {
    if (capacity < batches) {
      throw new UserException(
          String.format(
              Locale.ROOT,
              "%s is %d, less than the %d batches of an update (training.accumulate), each of which"
                  + " has a buffer of its own",
              setting,
              capacity,
              batches));
    }
    return capacity / batches;
  }
}
