package dev.ebt.train;

import dev.ebt.backend.LostProcessException;
import dev.ebt.backend.ProcessGroup;
import dev.ebt.monitor.StepMetrics;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.Shape;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The agreement of the processes that share a training on what they do next. The first process
 * decides and the others follow; each of them can ask for the end.
 */
public final class Coordination {
  private final ProcessGroup processes;

  /** A decision of the first process. */
  enum Decision {
    /** To make no update and await the next decision. */
    WAIT(0),
    /** To make one more update, or all local ones until the next average. */
    UPDATE(1),
    /** To go on from another state of the training. */
    RESTART(2),
    /** To end. */
    END(3),
    /** To collect the contents of replay buffers in the first process. */
    COLLECT(4),
    /** To evaluate validation rows. */
    VALIDATE(5);

    private final int code;

    Decision(int code) {
      this.code = code;
    }

    /** Returns whether no further update goes on from the present state. */
    boolean endsLoop() {
      return this == RESTART || this == END;
    }

    /** Returns the decision with a code, the sum of those of all processes. */
    static Decision of(long code) {
      return Arrays.stream(values()).filter(d -> d.code == code).findFirst().orElseThrow();
    }
  }

  /** Creates the agreement of a group, in which a single process agrees with itself. */
  public Coordination(ProcessGroup processes) {
    this.processes = processes;
  }

  /**
   * Announces one more update, or all local ones until the next average, in the first process.
   *
   * @return false if another process asks for the end, and nobody makes an update
   */
  boolean announceUpdate() {
    return processes.size() == 1 || decide(Decision.UPDATE, false) == Decision.UPDATE;
  }

  /** Announces an evaluation of the validation rows, in the first process. */
  void announceValidation() {
    announce(Decision.VALIDATE);
  }

  /** Announces that the training goes on from another state, in the first process. */
  public void announceRestart() {
    announce(Decision.RESTART);
  }

  /**
   * Returns the contents of the replay buffers of all processes for a checkpoint, in the first
   * process, which has those of the others in its memory all at once.
   *
   * @throws LostProcessException if a process is lost, whose contents are lost with it
   */
  public Map<String, Supplier<Array>> replayState(TrainingStepper stepper) {
    if (processes.size() == 1 || !stepper.hasReplayBuffers()) {
      return stepper.replayState();
    }
    decide(Decision.COLLECT, false);
    return collect(stepper);
  }

  /** Contributes to the contents of replay buffers, which the first process returns. */
  Map<String, Supplier<Array>> collect(TrainingStepper stepper) {
    Map<String, Supplier<Array>> all = new LinkedHashMap<>(stepper.replayState());
    for (int sender = 1; sender < processes.size(); sender++) {
      Map<String, Supplier<Array>> sent =
          new ReplayExchange(processes).send(sender, stepper.replayState());
      if (processes.isFirst()) {
        all.putAll(sent);
      }
    }
    return all;
  }

  /** Announces the end, in the first process; processes that are lost have ended before. */
  public void announceEnd() {
    try {
      announce(Decision.END);
    } catch (LostProcessException e) {
      return; // The training is complete.
    }
  }

  private void announce(Decision decision) {
    if (processes.size() > 1) {
      decide(decision, false);
    }
  }

  /**
   * Waits for the decision of the first process, in another one.
   *
   * @param stop whether this process asks for the end
   */
  Decision await(boolean stop) {
    return decide(Decision.WAIT, stop);
  }

  private Decision decide(Decision own, boolean stop) {
    long[] all = processes.sum(Array.of(Shape.of(2), (long) own.code, stop ? 1L : 0L)).longs();
    Decision decided = Decision.of(all[0]);
    return decided == Decision.UPDATE && all[1] > 0 ? Decision.WAIT : decided;
  }

  /**
   * The state of a training that the first process gives to the others.
   *
   * @param done the updates that are done
   * @param filters whether updates may be left out
   * @param learningRate the peak learning rate
   */
  public record State(long done, boolean filters, double learningRate) {
    static final State UNKNOWN = new State(0, false, 0);
  }

  /**
   * Returns the state of the first process, and gives its parameters and slots to all, and what its
   * replay buffers were restored from.
   */
  public State share(State own, TrainingStepper stepper) {
    if (processes.size() == 1) {
      return own;
    }
    State given = processes.isFirst() ? own : State.UNKNOWN;
    Array all =
        processes.sum(
            Array.of(
                Shape.of(3),
                (double) given.done(),
                given.filters() ? 1.0 : 0.0,
                given.learningRate()));
    processes.broadcast(stepper.variables());
    if (stepper.hasReplayBuffers()) {
      Map<String, Supplier<Array>> saved =
          new ReplayExchange(processes).send(0, stepper.restored());
      if (!processes.isFirst()) {
        stepper.restore(saved);
      }
      stepper.forgetRestored();
    }
    return new State((long) all.real(0), all.real(1) > 0, all.real(2));
  }

  /**
   * Returns a filter by which all processes leave out the updates that the first one leaves out.
   *
   * @param own the filter of this process, which is asked in the first one only
   * @param active whether the filter of the first process is active
   */
  UpdateFilter sharing(UpdateFilter own, boolean active) {
    return processes.size() == 1 ? own : new SharedFilter(own, active);
  }

  private final class SharedFilter implements UpdateFilter {
    private final UpdateFilter own;
    private final boolean active;

    SharedFilter(UpdateFilter own, boolean active) {
      this.own = own;
      this.active = active;
    }

    @Override
    public boolean isActive() {
      return active;
    }

    @Override
    public boolean rollsBack() {
      return own.rollsBack();
    }

    @Override
    public boolean skips(long step, StepMetrics metrics) {
      boolean skips = processes.isFirst() && own.skips(step, metrics);
      return processes.sum(Array.scalar(skips ? 1L : 0L)).real(0) > 0;
    }
  }
}
