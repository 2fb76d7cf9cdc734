package dev.ebt.inference;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/** A bounded queue of jobs of many threads, for one thread. */
final class InferenceQueue {
  private final InferenceLimits limits;
  private final List<InferenceJob> jobs = new ArrayList<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private boolean closed;
  private boolean abandoned;

  InferenceQueue(InferenceLimits limits) {
    this.limits = limits;
  }

  /**
   * Adds a job.
   *
   * @throws ModelBusyException if there are too many
   * @throws ModelClosedException if the queue is closed
   */
  void add(InferenceJob job) {
    lock.lock();
    try {
      checkRoom();
      jobs.add(job);
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Refuses a job that {@link #add} would refuse now, before anything is done for it.
   *
   * @throws ModelBusyException if there are too many
   * @throws ModelClosedException if the queue is closed
   */
  void checkRoom() {
    lock.lock();
    try {
      if (closed) {
        throw new ModelClosedException();
      }
      if (jobs.size() >= limits.maxWaiting()) {
        throw new ModelBusyException(jobs.size());
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits for a first job, and then for other calls within the window, unless a computation waits.
   *
   * @return whether there is a job; if not, the queue is closed
   */
  boolean await() {
    lock.lock();
    try {
      while (jobs.isEmpty() && !closed) {
        changed.awaitUninterruptibly();
      }
      long left = limits.window().toNanos();
      while (left > 0 && !closed && jobs.size() < limits.maxBatchSize() && onlyCalls()) {
        left = changed.awaitNanos(left);
      }
      return !jobs.isEmpty();
    } catch (InterruptedException e) {
      return true; // Nobody but a receiver of predictions could interrupt the thread: go on.
    } finally {
      lock.unlock();
    }
  }

  private boolean onlyCalls() {
    return jobs.stream().allMatch(InferenceJob.Call.class::isInstance);
  }

  /** Removes and returns the first job of some. */
  Optional<InferenceJob> poll(Predicate<InferenceJob> wanted) {
    lock.lock();
    try {
      Optional<InferenceJob> first = jobs.stream().filter(wanted).findFirst();
      first.ifPresent(jobs::remove);
      return first;
    } finally {
      lock.unlock();
    }
  }

  /** Removes and returns some jobs. */
  List<InferenceJob> drain(Predicate<InferenceJob> wanted) {
    lock.lock();
    try {
      List<InferenceJob> drained = jobs.stream().filter(wanted).toList();
      jobs.removeAll(drained);
      return drained;
    } finally {
      lock.unlock();
    }
  }

  /** Returns the number of waiting jobs. */
  int size() {
    lock.lock();
    try {
      return jobs.size();
    } finally {
      lock.unlock();
    }
  }

  /** Refuses further jobs. */
  void close() {
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Refuses further jobs, and asks to end those that there are. */
  void abandon() {
    lock.lock();
    try {
      abandoned = true;
      close();
    } finally {
      lock.unlock();
    }
  }

  /** Returns whether jobs are to end without a result. */
  boolean abandoned() {
    lock.lock();
    try {
      return abandoned;
    } finally {
      lock.unlock();
    }
  }
}
