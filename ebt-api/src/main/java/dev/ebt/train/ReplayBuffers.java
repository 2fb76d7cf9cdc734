package dev.ebt.train;

import dev.ebt.error.Required;
import dev.ebt.error.UserException;
import dev.ebt.modality.Modality;
import dev.ebt.regularize.Regularizer;
import dev.ebt.regularize.ReplayBuffer;
import dev.ebt.regularize.ReplayRows;
import dev.ebt.regularize.ReplayShare;
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
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The replay buffers of all regularizers of a training run, in their order: for each batch of an
 * update that this process trains on, buffers of its own.
 */
public final class ReplayBuffers implements AutoCloseable {
  /** The names of buffers in checkpoints of earlier versions. */
  private static final Pattern NUMBERED = Pattern.compile("[0-9]+");

  /** What follows the name of a buffer in checkpoints, and then the number of its batch. */
  private static final String BATCH = "@";

  /** What follows the number of a batch, and then the number of batches of an update. */
  private static final String OF = "/";

  private final int first;
  private final int batches;

  /** The buffers of each batch by their names in checkpoints. */
  private final List<Map<String, ReplayBuffer>> own = new ArrayList<>();

  /** The number of rows of each buffer in the last recall. */
  private final Map<ReplayBuffer, Integer> recalled = new IdentityHashMap<>();

  /** The names of saved buffers that no regularizer has. */
  private final Set<String> dropped = new TreeSet<>();

  /**
   * Creates empty replay buffers for updates of one batch, which several batches may share.
   *
   * @throws UserException if there is not enough memory for one
   */
  public ReplayBuffers(Modality modality, List<Regularizer> regularizers) {
    this(modality, regularizers, 0, 1, 1);
  }

  /**
   * Creates empty replay buffers.
   *
   * @param first the number of this process's first batch within an update
   * @param here the number of its batches
   * @param batches the batches of an update
   * @throws UserException if there is not enough memory for one, or not a row for each batch
   */
  public ReplayBuffers(
      Modality modality, List<Regularizer> regularizers, int first, int here, int batches) {
    this.first = first;
    this.batches = batches;
    try {
      for (int i = 0; i < here; i++) {
        Map<String, ReplayBuffer> buffers = new LinkedHashMap<>();
        own.add(buffers);
        ReplayShare share = new ReplayShare(first + i, batches, here);
        regularizers.forEach(
            r -> r.replayBuffer(modality, share).ifPresent(made -> add(buffers, made)));
      }
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  /** Adds a buffer under its name; further ones of the same name are numbered from 2. */
  private static void add(Map<String, ReplayBuffer> buffers, ReplayBuffer buffer) {
    String name = buffer.name();
    for (int i = 2; buffers.containsKey(name); i++) {
      name = buffer.name() + ":" + i;
    }
    buffers.put(name, buffer);
  }

  /** Returns the buffers of one of this process's batches of an update. */
  private Map<String, ReplayBuffer> of(int batch) {
    return own.get(batch % own.size());
  }

  /** Returns whether there are no replay buffers, so that no candidates need to be stored. */
  public boolean none() {
    return own.get(0).isEmpty();
  }

  /**
   * Draws rows to train on again, in addition to {@code rows} fresh ones.
   *
   * @param batch the number of the batch among this process's ones of an update, from 0
   */
  public Optional<ReplayRows> recall(int batch, int rows, RandomGenerator random) {
    recalled.clear();
    ReplayRows all = null;
    for (ReplayBuffer buffer : of(batch).values()) {
      ReplayRows drawn = buffer.recall(rows, random).orElse(null);
      recalled.put(buffer, drawn == null ? 0 : drawn.rows());
      all = all == null ? drawn : drawn == null ? all : all.concat(drawn);
    }
    return Optional.ofNullable(all);
  }

  /** Returns how many rows of a batch have to be returned with their final candidates. */
  int kept(int fresh, int recalledRows) {
    boolean all = of(0).values().stream().anyMatch(ReplayBuffer::keepsRecalled);
    return none() ? 0 : all ? fresh + recalledRows : fresh;
  }

  /**
   * Stores rows of the batch of the last recall and their final candidates.
   *
   * @param rows the fresh rows, and then those of the last recall if a buffer stores these
   */
  void keep(int batch, ReplayRows rows, int fresh) {
    int from = fresh;
    for (ReplayBuffer buffer : of(batch).values()) {
      buffer.keep(rows.slice(0, fresh));
      int drawn = recalled.getOrDefault(buffer, 0);
      if (drawn > 0 && buffer.keepsRecalled()) {
        buffer.keepRecalled(rows.slice(from, drawn));
      }
      from += drawn;
    }
  }

  /**
   * Returns the contents of each buffer of this process, named by the buffer's name, the number of
   * its batch and that of all batches where an update has several, and its own name: {@code
   * replay@0/2.NAME}.
   */
  Map<String, Supplier<Array>> state() {
    Map<String, Supplier<Array>> all = new LinkedHashMap<>();
    for (int i = 0; i < own.size(); i++) {
      String batch = batches == 1 ? "" : BATCH + (first + i) + OF + batches;
      own.get(i)
          .forEach(
              (name, buffer) ->
                  buffer.state().forEach((key, array) -> all.put(name + batch + "." + key, array)));
    }
    return all;
  }

  /**
   * Restores every buffer from the saved contents of all processes; a buffer without any starts
   * empty. Saved contents of a buffer that no longer exists are dropped.
   *
   * @throws UserException if they are of another number of batches and cannot be divided
   */
  void restore(Map<String, Supplier<Array>> all) {
    Set<String> left = new TreeSet<>(all.keySet());
    for (String name : own.get(0).keySet()) {
      List<Map<String, Supplier<Array>>> states = saved(name, all, left);
      if (!states.isEmpty() && states.size() != batches) {
        states = Required.of(own.get(0), name).divided(states, batches);
      }
      for (int i = 0; i < own.size(); i++) {
        Required.of(own.get(i), name).restore(states.isEmpty() ? Map.of() : states.get(first + i));
      }
    }
    dropped.clear();
    left.forEach(name -> dropped.add(name.split("\\.|" + BATCH, 2)[0]));
  }

  /** Returns the saved contents of a buffer by batch of an update, and takes them out of a set. */
  private static List<Map<String, Supplier<Array>>> saved(
      String name, Map<String, Supplier<Array>> all, Set<String> left) {
    Pattern pattern =
        Pattern.compile(
            Pattern.quote(name) + "(?:" + BATCH + "([0-9]+)(?:" + OF + "([0-9]+))?)?\\.(.+)");
    List<Map<String, Supplier<Array>>> states = new ArrayList<>();
    all.forEach(
        (key, array) -> {
          Matcher found = pattern.matcher(key);
          if (found.matches()) {
            left.remove(key);
            int batch = found.group(1) == null ? 0 : Integer.parseInt(found.group(1));
            int count = found.group(2) == null ? batch + 1 : Integer.parseInt(found.group(2));
            while (states.size() < count) {
              states.add(new LinkedHashMap<>()); // It stays so if nothing was in the buffer.
            }
            states.get(batch).put(found.group(3), array);
          }
        });
    return states;
  }

  /** Returns the capacity of each buffer, and a note for each saved one that was dropped. */
  List<String> descriptions() {
    List<String> lines = new ArrayList<>();
    String several = batches == 1 ? "" : batches + " times, once for each batch of an update: ";
    of(0).values().forEach(buffer -> lines.add(several + buffer.description()));
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
    own.forEach(buffers -> buffers.values().forEach(ReplayBuffer::close));
  }
}
