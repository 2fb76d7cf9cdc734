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

/** What all regularizers of a training remember, in their order. */
public final class ReplayBuffers implements AutoCloseable {
  private final List<ReplayBuffer> memories = new ArrayList<>();
  private boolean dropped;

  /**
   * New, empty ones.
   *
   * @throws UserException if there is no room for one
   */
  public ReplayBuffers(Modality modality, List<Regularizer> regularizers) {
    try {
      regularizers.forEach(r -> r.replayBuffer(modality).ifPresent(memories::add));
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  /** Whether nothing is remembered, so that nothing need be kept. */
  boolean none() {
    return memories.isEmpty();
  }

  /** What is learnt from once more, besides so many fresh rows. */
  public Optional<ReplayRows> recall(int rows, RandomGenerator random) {
    return memories.stream()
        .flatMap(memory -> memory.recall(rows, random).stream())
        .reduce(ReplayRows::concat);
  }

  /** The fresh rows of a batch, and where thinking about them ended. */
  void keep(ReplayRows fresh) {
    memories.forEach(memory -> memory.keep(fresh));
  }

  /** What each remembers, by its place in the order and a name of its own. */
  Map<String, Supplier<Array>> state() {
    Map<String, Supplier<Array>> all = new LinkedHashMap<>();
    for (int i = 0; i < memories.size(); i++) {
      String prefix = i + ".";
      memories.get(i).state().forEach((name, array) -> all.put(prefix + name, array));
    }
    return all;
  }

  /**
   * Hands every memory what it had saved; one that had none begins anew. What was saved for one
   * that is not here any more is dropped.
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

  /** How much each remembers at most, and whether something is remembered no more. */
  List<String> descriptions() {
    List<String> lines = new ArrayList<>();
    memories.forEach(memory -> lines.add(memory.description()));
    if (dropped) {
      lines.add("what the checkpoint held for a regularizer that is gone is dropped");
    }
    return lines;
  }

  @Override
  public void close() {
    memories.forEach(ReplayBuffer::close);
  }
}
