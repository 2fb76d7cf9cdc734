package dev.ebt.testing;

import dev.ebt.backend.Backend;
import dev.ebt.backend.LostProcessException;
import dev.ebt.backend.ProcessGroup;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.ElementType;
import dev.ebt.tensor.Variable;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;

/**
 * Processes for tests that are threads, each with a backend of its own; they sum in their order.
 */
public final class ThreadProcesses implements ProcessGroup {
  private static final String LOST = "process 1 has ended";

  private final int rank;
  private Backend backend;
  private final Array[] values;
  private final CyclicBarrier barrier;
  private final AtomicBoolean lost;

  private ThreadProcesses(
      int rank, Backend backend, Array[] values, CyclicBarrier barrier, AtomicBoolean lost) {
    this.rank = rank;
    this.backend = backend;
    this.values = values;
    this.barrier = barrier;
    this.lost = lost;
  }

  /** Returns a process for each backend. */
  public static List<ThreadProcesses> of(List<? extends Backend> backends) {
    Array[] values = new Array[backends.size()];
    AtomicBoolean lost = new AtomicBoolean();
    CyclicBarrier barrier =
        new CyclicBarrier(
            values.length,
            () -> {
              if (lost.get()) {
                throw new LostProcessException(LOST);
              }
            });
    return IntStream.range(0, values.length)
        .mapToObj(rank -> new ThreadProcesses(rank, backends.get(rank), values, barrier, lost))
        .toList();
  }

  /** Lets all further calls fail, in every process, as if one had ended. */
  public void lose() {
    lost.set(true);
  }

  @Override
  public void use(Backend other) {
    backend = other;
  }

  @Override
  public int size() {
    return values.length;
  }

  @Override
  public int rank() {
    return rank;
  }

  @Override
  public Array sum(Array own) {
    values[rank] = own;
    await();
    Array sum = sum();
    await();
    return sum;
  }

  private Array sum() {
    int length = values[0].shape().elements();
    if (values[0].type() == ElementType.INTEGER) {
      long[] sums = new long[length];
      for (Array value : values) {
        IntStream.range(0, length).forEach(i -> sums[i] += value.longs()[i]);
      }
      return Array.of(values[0].shape(), sums);
    }
    double[] sums = new double[length];
    for (Array value : values) {
      IntStream.range(0, length).forEach(i -> sums[i] += value.real(i));
    }
    return Array.of(values[0].shape(), sums);
  }

  private void await() {
    try {
      barrier.await();
    } catch (BrokenBarrierException e) {
      throw new LostProcessException(LOST, e); // It stays broken.
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void sum(Collection<Variable> variables) {
    variables.forEach(variable -> backend.assign(variable, sum(backend.read(variable))));
  }

  @Override
  public void broadcast(Collection<Variable> variables) {
    for (Variable variable : variables) {
      Array given = sum(isFirst() ? backend.read(variable) : Array.filled(variable.shape(), 0));
      backend.assign(variable, given);
    }
  }

  @Override
  public void close() {}
}
