package dev.ebt.train;

import dev.ebt.backend.ProcessGroup;
import dev.ebt.modality.Batch;
import dev.ebt.modality.Examples;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * The training loop of a process that is not the first: it makes the updates that the first one
 * announces, with its own share of their batches and of the validation rows, and saves nothing.
 */
public final class Follower {
  private final TrainingStepper stepper;
  private final Examples rows;
  private final TrainingSettings settings;
  private final long seed;
  private final ProcessGroup processes;
  private final Runnable validation;
  private final Coordination coordination;

  /**
   * Creates a loop that has done nothing yet.
   *
   * @param validation evaluates this process's share of the validation rows
   */
  public Follower(
      TrainingStepper stepper,
      Examples rows,
      TrainingSettings settings,
      long seed,
      ProcessGroup processes,
      Runnable validation) {
    this.stepper = stepper;
    this.rows = rows;
    this.settings = settings;
    this.seed = seed;
    this.processes = processes;
    this.validation = validation;
    this.coordination = new Coordination(processes);
  }

  /**
   * Trains until the first process announces the end.
   *
   * @param stop asks the first process for the end
   * @return the number of completed updates
   * @throws dev.ebt.backend.LostProcessException if another process is lost
   */
  public long follow(BooleanSupplier stop) {
    BatchShare share = BatchShare.of(settings, processes);
    try (BatchQueue queue = share.queue(rows, seed)) {
      while (true) {
        Coordination.State state = coordination.share(Coordination.State.UNKNOWN, stepper);
        stepper.useLearningRate(state.learningRate());
        UpdateFilter filter = coordination.sharing(UpdateFilter.ALL, state.filters());
        long step = state.done();
        Coordination.Decision decision = coordination.await(stop.getAsBoolean());
        while (!decision.endsLoop()) {
          if (decision == Coordination.Decision.UPDATE) {
            do {
              long next = step + 1;
              List<Batch> batches = share.take(queue, step);
              queue.during(() -> stepper.step(next, batches, () -> false, filter));
              step = next;
            } while (!stepper.alikeAfter(step));
          } else if (decision == Coordination.Decision.COLLECT) {
            coordination.collect(stepper);
          } else if (decision == Coordination.Decision.VALIDATE) {
            validation.run();
          }
          decision = coordination.await(stop.getAsBoolean());
        }
        if (decision == Coordination.Decision.END) {
          return step;
        }
      }
    }
  }
}
