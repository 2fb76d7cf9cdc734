package dev.ebt.train;

import dev.ebt.error.UserException;
import dev.ebt.modality.Modality;
import dev.ebt.regularize.Experience;
import dev.ebt.regularize.Memory;
import dev.ebt.regularize.Regularizer;
import dev.ebt.tensor.Array;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** What all regularizers of a training remember, in their order. */
public final class Memories implements AutoCloseable {
  private final List<Memory> memories = new ArrayList<>();

  /**
   * New, empty ones.
   *
   * @throws UserException if there is no room for one
   */
  public Memories(Modality modality, List<Regularizer> regularizers) {
    try {
      regularizers.forEach(r -> r.memory(modality).ifPresent(memories::add));
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
  public Optional<Experience> recall(int rows, RandomGenerator random) {
    return memories.stream()
        .flatMap(memory -> memory.recall(rows, random).stream())
        .reduce(Experience::concat);
  }

  /** The fresh rows of a batch, and where thinking about them ended. */
  void keep(Experience fresh) {
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

  /** Hands every memory what it had saved; one that had none begins anew. */
  void restore(Map<String, Supplier<Array>> all) {
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
    }
  }

  /** How much each remembers at most. */
  List<String> descriptions() {
    return memories.stream().map(Memory::description).toList();
  }

  @Override
  public void close() {
    memories.forEach(Memory::close);
  }
}
