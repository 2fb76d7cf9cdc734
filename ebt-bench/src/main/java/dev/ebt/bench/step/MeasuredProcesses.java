package dev.ebt.bench.step;

import dev.ebt.backend.Backend;
import dev.ebt.backend.ProcessGroup;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.Variable;
import java.util.Collection;

/** A group of processes that measures the time in its sums and the bytes that they exchange. */
final class MeasuredProcesses implements ProcessGroup {
  private final ProcessGroup group;
  private long nanoseconds;
  private double bytes;

  MeasuredProcesses(ProcessGroup group) {
    this.group = group;
  }

  /** Returns the seconds in sums, waiting for other processes included, since the last call. */
  double takeSeconds() {
    double seconds = nanoseconds / 1e9;
    nanoseconds = 0;
    return seconds;
  }

  /** Returns the bytes that this process has sent in a ring since the last call. */
  double takeBytes() {
    double sent = bytes;
    bytes = 0;
    return sent;
  }

  @Override
  public int size() {
    return group.size();
  }

  @Override
  public int rank() {
    return group.rank();
  }

  @Override
  public Array sum(Array values) {
    long start = System.nanoTime();
    Array sum = group.sum(values);
    add(start, Double.BYTES * (double) values.shape().elements());
    return sum;
  }

  @Override
  public void sum(Collection<Variable> variables) {
    long start = System.nanoTime();
    group.sum(variables);
    add(start, Float.BYTES * elements(variables));
  }

  @Override
  public void broadcast(Collection<Variable> variables) {
    long start = System.nanoTime();
    group.broadcast(variables);
    add(start, Float.BYTES * elements(variables));
  }

  private static double elements(Collection<Variable> variables) {
    return variables.stream().mapToLong(variable -> variable.shape().elements()).sum();
  }

  /** In a ring each process sends all but one of the parts, twice. */
  private void add(long start, double size) {
    nanoseconds += System.nanoTime() - start;
    bytes += size * 2 * (group.size() - 1) / group.size();
  }

  @Override
  public void use(Backend backend) {
    group.use(backend);
  }

  @Override
  public void close() {
    group.close();
  }
}
