package dev.ebt.train;

import dev.ebt.error.UserException;
import dev.ebt.modality.Modality;
import dev.ebt.regularize.Regularizer;
import dev.ebt.regularize.ReplayBuffer;
import dev.ebt.regularize.ReplayRows;
import dev.ebt.tensor.Array;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** The replay buffers of all regularizers of a training run, in their order. */
public final class ReplayBuffers implements AutoCloseable {
  private final List<ReplayBuffer> memories = new ArrayList<>();
  private boolean dropped;

  /**
   * Creates empty replay buffers.
   *
   * @throws UserException if there is not enough memory for one
   */
  public ReplayBuffers(Modality modality, List<Regularizer> regularizers) {
    try {
      regularizers.forEach(r -> r.replayBuffer(modality).ifPresent(memories::add));
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  /** Returns whether there are no replay buffers, so that no candidates need to be stored. */
  boolean none() {
    return memories.isEmpty();
  }

  /** Draws rows to train on again, in addition to {@code rows} fresh ones. */
  public Optional<ReplayRows> recall(int rows, RandomGenerator random) {
    return memories.stream()
        .flatMap(memory -> memory.recall(rows, random).stream())
        .reduce(ReplayRows::concat);
  }

  /** Stores the fresh rows of a batch and their final candidates. */
  void keep(ReplayRows fresh) {
    memories.forEach(memory -> memory.keep(fresh));
  }

  /** Returns the contents of each buffer, named by the buffer's index and its own name. */
  Map<String, Supplier<Array>> state() {
    Map<String, Supplier<Array>> all = new LinkedHashMap<>();
    for (int i = 0; i < memories.size(); i++) {
      String prefix = i + ".";
      memories.get(i).state().forEach((name, array) -> all.put(prefix + name, array));
    }
    return all;
  }

  /**
   * Restores every buffer from its saved contents; a buffer without any starts empty. Saved
   * contents of a buffer that no longer exists are dropped.
   */
  void restore(Map<String, Supplier<Array>> all) {
    int restored = 0;
    for (int i = 0; i < memories.size(); i++) {
      String prefix = i + ".";
      Map<String, Supplier<Array>> own = new LinkedHashMap<>();
      all.forEach(
          (name, array) -> {
            if (name.startsWith(prefix)) {
              own.put(name.substring(prefix.length()), array);
            }
          });
      memories.get(i).restore(own);
      restored += own.size();
    }
    dropped = restored < all.size();
  }

  /** Returns the capacity of each buffer, and a note if saved contents were dropped. */
  List<String> descriptions() {
    List<String> lines = new ArrayList<>();
    memories.forEach(memory -> lines.add(memory.description()));
    if (dropped) {
      lines.add("the saved state of a regularizer that is no longer configured is dropped");
    }
    return lines;
  }

  @Override
  public void close() {
    memories.forEach(ReplayBuffer::close);
  }
}
