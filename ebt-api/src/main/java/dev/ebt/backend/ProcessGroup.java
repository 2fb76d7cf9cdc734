package dev.ebt.backend;

import dev.ebt.error.UserException;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.Variable;
import java.util.Collection;

/**
 * The processes that share a training, as one of them sees them. Every process has to make the same
 * calls in the same order, with arrays and variables of the same shapes; a call returns once all
 * have made it. All processes receive the same bits.
 *
 * <p>A method throws a {@link LostProcessException} if a process has ended, has left or does not
 * answer. The variables of the backend are then as they were, except for those that the call sums,
 * and the group is of no further use.
 */
public interface ProcessGroup extends AutoCloseable {
  /** Returns a group of one process. */
  static ProcessGroup alone() {
    return SingleProcess.INSTANCE;
  }

  /** Returns the number of processes. */
  int size();

  /** Returns the number of this process, from 0. */
  int rank();

  /** Returns whether this is the first process, which decides, and writes the files of a run. */
  default boolean isFirst() {
    return rank() == 0;
  }

  /** Returns the sum of the processes' arrays; real numbers are summed in double precision. */
  Array sum(Array values);

  /**
   * Replaces the values of variables by their sums over all processes, in the precision of the
   * backend. With two processes the sum does not depend on an order; with more, each element has
   * one fixed order.
   */
  void sum(Collection<Variable> variables);

  /** Gives variables the values that they have in the first process. */
  void broadcast(Collection<Variable> variables);

  /**
   * Makes the variables of this group those of another backend of this process, which takes the
   * place of the one that has joined. Needed where a step size is measured before a training.
   *
   * @throws UserException unless the group can do so
   */
  default void use(Backend backend) {
    throw new UserException(
        "processes of this backend cannot measure a step size together; set thinking.stepSize to a"
            + " number");
  }

  /**
   * Leaves the group. The others have to leave too: a sum of theirs that this process does not take
   * part in throws a {@link LostProcessException} once the timeout of the group has passed.
   */
  @Override
  void close();
}
