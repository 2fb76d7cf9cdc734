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
  /** The buffers by their names in checkpoints. */
  private final Map<String, ReplayBuffer> buffers = new LinkedHashMap<>();

  private boolean dropped;

  /**
   * Creates empty replay buffers.
   *
   * @throws UserException if there is not enough memory for one
   */
  public ReplayBuffers(Modality modality, List<Regularizer> regularizers) {
    try {
      regularizers.forEach(r -> r.replayBuffer(modality).ifPresent(this::add));
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  /** Adds a buffer under its name; further ones of the same name are numbered from 2. */
  private void add(ReplayBuffer buffer) {
    String name = buffer.name();
    for (int i = 2; buffers.containsKey(name); i++) {
      name = buffer.name() + ":" + i;
    }
    buffers.put(name, buffer);
  }

  /** Returns whether there are no replay buffers, so that no candidates need to be stored. */
  boolean none() {
    return buffers.isEmpty();
  }

  /** Draws rows to train on again, in addition to {@code rows} fresh ones. */
  public Optional<ReplayRows> recall(int rows, RandomGenerator random) {
    return buffers.values().stream()
        .flatMap(buffer -> buffer.recall(rows, random).stream())
        .reduce(ReplayRows::concat);
  }

  /** Stores the fresh rows of a batch and their final candidates. */
  void keep(ReplayRows fresh) {
    buffers.values().forEach(buffer -> buffer.keep(fresh));
  }

  /** Returns the contents of each buffer, named by the buffer's name and its own name. */
  Map<String, Supplier<Array>> state() {
    Map<String, Supplier<Array>> all = new LinkedHashMap<>();
    buffers.forEach(
        (name, buffer) -> buffer.state().forEach((key, array) -> all.put(name + "." + key, array)));
    return all;
  }

  /**
   * Restores every buffer from its saved contents; a buffer without any starts empty. Saved
   * contents of a buffer that no longer exists are dropped.
   */
  void restore(Map<String, Supplier<Array>> all) {
    int restored = 0;
    for (Map.Entry<String, ReplayBuffer> buffer : buffers.entrySet()) {
      String prefix = buffer.getKey() + ".";
      Map<String, Supplier<Array>> own = new LinkedHashMap<>();
      all.forEach(
          (name, array) -> {
            if (name.startsWith(prefix)) {
              own.put(name.substring(prefix.length()), array);
            }
          });
      buffer.getValue().restore(own);
      restored += own.size();
    }
    dropped = restored < all.size();
  }

  /** Returns the capacity of each buffer, and a note if saved contents were dropped. */
  List<String> descriptions() {
    List<String> lines = new ArrayList<>();
    buffers.values().forEach(buffer -> lines.add(buffer.description()));
    if (dropped) {
      lines.add("the saved state of a regularizer that is no longer configured is dropped");
    }
    return lines;
  }

  @Override
  public void close() {
    buffers.values().forEach(ReplayBuffer::close);
  }
}
