package dev.ebt.regularizers.replay;

import dev.ebt.error.UserException;
import dev.ebt.regularize.ReplayBuffer;
import dev.ebt.regularize.ReplayRows;
import dev.ebt.tensor.Array;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A replay buffer of chains that go on: a recalled row returns to its place with its next
 * candidate. Fresh rows fill the buffer, and from then on replace a share of the recalled ones.
 */
public final class ChainBuffer implements ReplayBuffer {
  private final FifoReplayBuffer chains;
  private final double renewed;
  private final int all;
  private final int batches;
  private List<Integer> drawn = List.of();
  private final List<Boolean> ending = new ArrayList<>();
  private @Nullable ReplayRows fresh;

  /**
   * Creates an empty buffer.
   *
   * @param chains stores the rows, closed with this buffer
   * @param renewed the share of recalled chains that are replaced by fresh ones
   * @param all the chains of all batches of an update, in messages
   * @param batches the batches of an update
   */
  public ChainBuffer(FifoReplayBuffer chains, double renewed, int all, int batches) {
    this.chains = chains;
    this.all = all;
    this.batches = batches;
    this.renewed = renewed;
  }

  @Override
  public String name() {
    return "persistent-chains";
  }

  /**
   * Returns as many chains as there are fresh rows, or none until there are that many.
   *
   * @throws UserException if there will never be that many
   */
  @Override
  public Optional<ReplayRows> recall(int rows, RandomGenerator random) {
    if (chains.capacity() < rows) {
      throw new UserException(
          String.format(
              Locale.ROOT,
              "persistent-chains: chains is %d, less than the %d rows of an update; at least %2$d"
                  + " expected, or a smaller training.batch",
              all,
              rows * batches));
    }
    drawn = chains.size() < rows ? List.of() : chains.drawn(rows, random);
    ending.clear();
    drawn.forEach(age -> ending.add(random.nextDouble() < renewed));
    return drawn.isEmpty() ? Optional.empty() : Optional.of(chains.read(drawn));
  }

  @Override
  public void keep(ReplayRows rows) {
    fresh = rows;
    for (int row = 0; row < rows.rows() && !chains.isFull(); row++) {
      // Until the buffer is full no row is evicted, so that the drawn ages stay valid.
      chains.keep(rows.slice(row, 1));
    }
  }

  @Override
  public boolean keepsRecalled() {
    return true;
  }

  @Override
  public void keepRecalled(ReplayRows recalled) {
    for (int row = 0; row < drawn.size(); row++) {
      boolean ends = ending.get(row) && fresh != null && row < fresh.rows();
      chains.overwrite(drawn.get(row), ends && fresh != null ? fresh : recalled, row);
    }
  }

  @Override
  public Map<String, Supplier<Array>> state() {
    return chains.state();
  }

  @Override
  public void restore(Map<String, Supplier<Array>> state) {
    chains.restore(state);
  }

  @Override
  public List<Map<String, Supplier<Array>>> divided(
      List<Map<String, Supplier<Array>>> states, int count) {
    return chains.divided(states, count);
  }

  @Override
  public String description() {
    return "persistent chains: " + chains.description();
  }

  @Override
  public void close() {
    chains.close();
  }
}
