package dev.ebt.train;

import dev.ebt.error.UserException;
import dev.ebt.modality.Modality;
import dev.ebt.regularize.Regularizer;
import dev.ebt.regularize.ReplayBuffer;
import dev.ebt.regularize.ReplayRows;
import dev.ebt.tensor.Array;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/** The replay buffers of all regularizers of a training run, in their order. */
public final class ReplayBuffers implements AutoCloseable {
  /** The names of buffers in checkpoints of earlier versions. */
  private static final Pattern NUMBERED = Pattern.compile("[0-9]+");

  /** The buffers by their names in checkpoints. */
  private final Map<String, ReplayBuffer> buffers = new LinkedHashMap<>();

  /** The number of rows of each buffer in the last recall. */
  private final Map<ReplayBuffer, Integer> recalled = new IdentityHashMap<>();

  /** The names of saved buffers that no regularizer has. */
  private final Set<String> dropped = new TreeSet<>();

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
  public boolean none() {
    return buffers.isEmpty();
  }

  /** Draws rows to train on again, in addition to {@code rows} fresh ones. */
  public Optional<ReplayRows> recall(int rows, RandomGenerator random) {
    recalled.clear();
    ReplayRows all = null;
    for (ReplayBuffer buffer : buffers.values()) {
      ReplayRows own = buffer.recall(rows, random).orElse(null);
      recalled.put(buffer, own == null ? 0 : own.rows());
      all = all == null ? own : own == null ? all : all.concat(own);
    }
    return Optional.ofNullable(all);
  }

  /** Returns how many rows of a batch have to be returned with their final candidates. */
  int kept(int fresh, int recalledRows) {
    boolean all = buffers.values().stream().anyMatch(ReplayBuffer::keepsRecalled);
    return none() ? 0 : all ? fresh + recalledRows : fresh;
  }

  /**
   * Stores rows of a batch and their final candidates.
   *
   * @param rows the fresh rows, and then those of the last recall if a buffer stores these
   */
  void keep(ReplayRows rows, int fresh) {
    int from = fresh;
    for (ReplayBuffer buffer : buffers.values()) {
      buffer.keep(rows.slice(0, fresh));
      int own = recalled.getOrDefault(buffer, 0);
      if (own > 0 && buffer.keepsRecalled()) {
        buffer.keepRecalled(rows.slice(from, own));
      }
      from += own;
    }
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
    Set<String> left = new TreeSet<>(all.keySet());
    for (Map.Entry<String, ReplayBuffer> buffer : buffers.entrySet()) {
      String prefix = buffer.getKey() + ".";
      Map<String, Supplier<Array>> own = new LinkedHashMap<>();
      all.forEach(
          (name, array) -> {
            if (name.startsWith(prefix)) {
              left.remove(name);
              own.put(name.substring(prefix.length()), array);
            }
          });
      buffer.getValue().restore(own);
    }
    dropped.clear();
    left.forEach(name -> dropped.add(name.split("\\.", 2)[0]));
  }

  /** Returns the capacity of each buffer, and a note for each saved one that was dropped. */
  List<String> descriptions() {
    List<String> lines = new ArrayList<>();
    buffers.values().forEach(buffer -> lines.add(buffer.description()));
    for (String name : dropped) {
      lines.add(
          NUMBERED.matcher(name).matches()
              ? "the saved replay buffer "
                  + name
                  + " is dropped: this version of ebt restores buffers by name, not by number"
              : "the saved state of '"
                  + name
                  + "' is dropped: no configured regularizer has a replay buffer of this name");
    }
    return lines;
  }

  @Override
  public void close() {
    buffers.values().forEach(ReplayBuffer::close);
  }
}
