package dev.ebt.regularize;

import dev.ebt.error.UserException;
import dev.ebt.tensor.Array;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * A replay buffer that a regularizer keeps across training steps: rows that were trained on, and
 * the final candidates of thinking about them. It is stored on the host, read and written once per
 * batch, and saved in checkpoints. Evaluation does not use it.
 */
public interface ReplayBuffer extends AutoCloseable {
  /**
   * Returns the name of the buffer in checkpoints, by which its state is found again however the
   * regularizers of a run are ordered. Buffers of one run with equal names are numbered.
   */
  default String name() {
    return getClass().getName();
  }

  /**
   * Returns rows to train on again, appended to the fresh rows of a batch; thinking about them
   * starts from their candidates. Each distinct number of rows is compiled separately, so it should
   * always be the same one, or none.
   *
   * @param rows the number of fresh rows in the batch
   * @param random the source of randomness, a function of seed, step and batch
   */
  Optional<ReplayRows> recall(int rows, RandomGenerator random);

  /** Stores the fresh rows of a batch and the final candidates of thinking about them. */
  void keep(ReplayRows fresh);

  /** Returns whether the buffer also stores recalled rows again: {@link #keepRecalled}. */
  default boolean keepsRecalled() {
    return false;
  }

  /**
   * Receives the rows of the last {@link #recall}, in their order, with their final candidates,
   * after {@link #keep}; not called unless {@link #keepsRecalled}.
   */
  default void keepRecalled(ReplayRows recalled) {}

  /**
   * Returns the state that a checkpoint needs for a new buffer to continue like this one. Arrays
   * are created on demand, one at a time, so that a buffer larger than the heap can be saved.
   */
  Map<String, Supplier<Array>> state();

  /**
   * Restores a saved state.
   *
   * @throws dev.ebt.error.UserException if it is not the state of such a buffer
   */
  void restore(Map<String, Supplier<Array>> state);

  /**
   * Returns states of {@code count} buffers that go on with the rows of buffers with the given
   * states. Called where a training is resumed with another number of batches per update.
   *
   * @param states those of the batches of an update, in their order
   * @throws UserException unless this kind of buffer can be divided
   */
  default List<Map<String, Supplier<Array>>> divided(
      List<Map<String, Supplier<Array>>> states, int count) {
    throw new UserException(
        String.format(
            Locale.ROOT,
            "the replay buffer %s was saved for %d batches per update and cannot be divided among"
                + " %d; resume with --set training.accumulate=%2$d, and with a training.batch that"
                + " makes up the rows of an update",
            name(),
            states.size(),
            count));
  }

  /** Returns the capacity and its size in bytes, in one line. */
  String description();

  /** Releases the resources of this buffer. */
  @Override
  default void close() {}
}
