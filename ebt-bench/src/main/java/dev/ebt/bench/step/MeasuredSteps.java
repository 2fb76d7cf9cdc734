package dev.ebt.bench.step;

import dev.ebt.backend.Backend;
import dev.ebt.backend.ExecutionTrace;
import dev.ebt.modality.Batch;
import dev.ebt.tensor.OperationCount;
import dev.ebt.train.TrainingStepper;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Training steps with one number of thinking steps, and what was measured of them. */
final class MeasuredSteps implements AutoCloseable {
  private final int count;
  private final TrainingStepper stepper;
  private final List<Batch> batches;
  private final List<Stopwatch.Time> later = new ArrayList<>();
  private final List<Timing.Pair> pairs = new ArrayList<>();
  private OperationCount work = OperationCount.NONE;
  private double first;
  private long done;

  MeasuredSteps(int count, TrainingStepper stepper, List<Batch> batches) {
    this.count = count;
    this.stepper = stepper;
    this.batches = batches;
  }

  void initialize() {
    stepper.initialize();
  }

  private Stopwatch.Time step() {
    done++;
    return Stopwatch.time(() -> stepper.step(done, batches));
  }

  /** Makes the first step, and counts its floating-point operations. */
  void first(CountingBackend backend) {
    work = backend.count(() -> first = step().seconds());
  }

  /** Makes another step. */
  void later() {
    later.add(step());
  }

  /** Makes steps in turns with their matrix products alone. */
  void besideProducts(Backend backend, int repeat) {
    try (MatrixProducts products = new MatrixProducts(backend, work)) {
      for (int i = 0; i < repeat; i++) {
        pairs.add(new Timing.Pair(step(), products.time()));
      }
    }
  }

  /** Returns the trace of the quickest of a few steps. */
  ExecutionTrace trace(Backend backend) {
    return Stream.generate(() -> backend.trace(this::step))
        .limit(StepBenchmark.TRACED)
        .min(Comparator.comparingLong(ExecutionTrace::duration))
        .orElseThrow();
  }

  Timing timing(long tokens) {
    return new Timing(count, tokens, first, later, stepper.operations(), work, pairs);
  }

  @Override
  public void close() {
    stepper.close();
  }
}
