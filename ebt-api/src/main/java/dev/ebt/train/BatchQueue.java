package dev.ebt.train;

import static java.util.Objects.requireNonNull;
import static java.util.Objects.requireNonNullElse;

import com.google.common.base.Throwables;
import com.google.common.util.concurrent.Uninterruptibles;
import dev.ebt.modality.Batch;
import dev.ebt.modality.Examples;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * The batches of a training in their order, of which a few are prepared ahead by another thread.
 * That thread reads only while the training waits for a batch or is {@link #during} an update, so
 * that a dataset is never read by two threads at once and need not be thread-safe. All methods are
 * for the thread that created the queue.
 */
final class BatchQueue implements AutoCloseable {
  /** The batches that are prepared ahead, beside those of the next update. */
  private static final int AHEAD = 2;

  private final Examples rows;
  private final EpochShuffle order;
  private final BatchShare share;
  private final long end;
  private final int capacity;
  private final Deque<Future<Batch>> batches = new ArrayDeque<>();
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          work -> {
            Thread made = new Thread(work, "ebt-batches");
            made.setDaemon(true);
            return made;
          });

  /**
   * Held by whoever reads data: by the training unless it waits or updates. It is fair, as the
   * other thread asks for it again at once.
   */
  private final ReentrantLock reading = new ReentrantLock(true);

  /** The position of the first row of the batch that is prepared next. */
  private long position;

  /** The position of the batch after those that were taken. */
  private long taken;

  private long waited;

  /**
   * Creates a queue that has read nothing.
   *
   * @param share the batches that are read; those of other processes are left out
   * @param end the position after the last row of the training
   */
  BatchQueue(Examples rows, EpochShuffle order, BatchShare share, long end) {
    this.rows = rows;
    this.order = order;
    this.share = share;
    this.end = end;
    this.capacity = AHEAD + share.own();
    reading.lock();
  }

  /**
   * Returns the batches from a position on, and waits for them if need be. Those that were prepared
   * are dropped if it is not the position after the batches taken before.
   *
   * @throws RuntimeException the one of the data, if a batch cannot be read
   */
  List<Batch> take(long from, int count) {
    if (from != taken) {
      drop();
      position = from;
    }
    taken = from;
    for (int i = 0; i < count; i++) {
      taken = share.after(taken);
    }
    List<Batch> all = new ArrayList<>();
    long began = System.nanoTime();
    reading.unlock();
    try {
      while (all.size() < count) {
        prepare();
        all.add(result(batches.removeFirst()));
      }
      return all;
    } finally {
      readAlone(began);
    }
  }

  /** Returns the result of an update that reads no data; batches are prepared during it. */
  <T> T during(Supplier<T> update) {
    prepare();
    reading.unlock();
    try {
      return update.get();
    } finally {
      readAlone(System.nanoTime());
    }
  }

  /**
   * Waits until the other thread has prepared the batch that it is at, and lets it read no more.
   */
  private void readAlone(long began) {
    reading.lock();
    waited += System.nanoTime() - began;
  }

  /** Returns the nanoseconds that the training has waited for batches since the last call. */
  long takeWaited() {
    long since = waited;
    waited = 0;
    return since;
  }

  /** Asks for batches until as many as allowed are prepared or being prepared. */
  private void prepare() {
    while (batches.size() < capacity && position < end) {
      long from = position;
      position = share.after(position);
      batches.addLast(thread.submit(() -> read(from)));
    }
  }

  private Batch read(long from) {
    reading.lock();
    try {
      return rows.batch(order.rows(from, share.rows()));
    } finally {
      reading.unlock();
    }
  }

  private static Batch result(Future<Batch> batch) {
    try {
      return requireNonNull(Uninterruptibles.getUninterruptibly(batch));
    } catch (ExecutionException e) {
      Throwables.throwIfUnchecked(requireNonNullElse(e.getCause(), e));
      throw new IllegalStateException(e);
    }
  }

  private void drop() {
    batches.forEach(batch -> batch.cancel(false));
    batches.clear();
  }

  /** Waits for the other thread: data may be closed afterwards. An interrupt would close files. */
  @Override
  public void close() {
    drop();
    thread.shutdown();
    reading.unlock();
    Uninterruptibles.awaitTerminationUninterruptibly(thread);
  }
}
