package dev.ebt.regularize;

import dev.ebt.tensor.Array;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * What a regularizer remembers from one training step to the next: rows that were learnt from, and
 * where thinking about them ended. It lives on the host, is asked and told once per batch, and goes
 * into checkpoints. Evaluation knows nothing of it.
 */
public interface ReplayBuffer extends AutoCloseable {
  /**
   * Rows to learn from once more, after the fresh ones of a batch; thinking about them begins at
   * their candidates. Each number of rows that comes up is compiled for itself, so it is best
   * always the same one, or none.
   *
   * @param rows how many fresh rows the batch has
   * @param random decides whatever is drawn, a function of seed, step and batch
   */
  Optional<ReplayRows> recall(int rows, RandomGenerator random);

  /** The fresh rows of a batch, and where thinking about them ended. */
  void keep(ReplayRows fresh);

  /**
   * All that a checkpoint has to hold for a new memory to go on like this one. Arrays are made when
   * they are asked for, one at a time, so that a memory larger than the heap can be saved.
   */
  Map<String, Supplier<Array>> state();

  /**
   * Goes on from a saved state.
   *
   * @throws dev.ebt.error.UserException if it is not of such a memory
   */
  void restore(Map<String, Supplier<Array>> state);

  /** How much there is to remember at most, and the bytes that it takes: one line. */
  String description();

  /** Frees what the memory holds. */
  @Override
  default void close() {}
}
