package dev.ebt.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.ebt.monitor.Monitor;
import dev.ebt.monitor.MonitorAction;
import dev.ebt.monitor.StepMetrics;
import dev.ebt.monitor.TrainingListener;
import dev.ebt.monitor.TrainingPhase;
import dev.ebt.monitor.TrainingWarning;
import dev.ebt.predict.EvaluationResult;
import dev.ebt.train.CompositeMonitor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The contract tests of monitors: they take every event of a training, with or without energies,
 * validations and earlier steps, give reasons for people, share nothing between trainings, and go
 * on from their state. The test of a monitor extends this class and inherits all tests.
 */
public abstract class MonitorContract {
  /** The folder of the runs. */
  @TempDir protected Path folder;

  /** Returns a new monitor with the settings under test. */
  protected abstract Monitor monitor();

  /** Returns the training and validation loss after a step; rising from some step on. */
  protected double loss(long step) {
    return 1 + Math.abs(step - 6);
  }

  /** A training of 20 steps whose events a test drives. */
  private final class Training {
    private final CompositeMonitor set;
    private final List<TrainingWarning> warnings = new ArrayList<>();
    private final List<TrainingWarning> failures = new ArrayList<>();
    private final boolean energies;
    private long step;

    Training(Monitor monitor, long done, boolean energies) {
      String name = monitor.getClass().getSimpleName();
      this.set =
          new CompositeMonitor(
              List.of(monitor),
              folder,
              done,
              20,
              new TrainingListener() {
                @Override
                public void warned(long at, TrainingWarning warning, MonitorAction action) {
                  // The set itself warns of a monitor that throws, by the name of its class.
                  (warning.monitor().equals(name) ? failures : warnings).add(warning);
                }
              });
      this.energies = energies;
      this.step = done;
    }

    boolean ended() {
      return step == 20 || set.stopReason().isPresent();
    }

    void next(boolean validated) {
      step++;
      set.starting(TrainingPhase.UPDATE, step);
      StepMetrics metrics = new StepMetrics(loss(step), 1, Map.of());
      if (set.isActive() && set.skips(step, metrics)) {
        set.skipped(step, metrics);
      } else {
        set.stepped(step, metrics);
      }
      List<EvaluationResult> results = List.of();
      if (validated) {
        set.starting(TrainingPhase.VALIDATION, step);
        results = List.of(result(0), result(2));
        set.validated(step, results);
      }
      set.starting(TrainingPhase.CHECKPOINT, step);
      set.checkpoint(step, results);
    }

    private EvaluationResult result(int steps) {
      Map<String, Double> means =
          energies ? Map.of("loss", loss(step), "energy", -1.0) : Map.of("loss", loss(step));
      return new EvaluationResult(steps, 1, steps, 0.1, means, Map.of(), 8);
    }

    /** Returns the last step. */
    long run(boolean validated) {
      while (!ended()) {
        next(validated);
      }
      set.end(step);
      return step;
    }
  }

  @Test
  final void takesEveryEventOfATraining() {
    for (boolean energies : new boolean[] {true, false}) {
      for (boolean validated : new boolean[] {true, false}) {
        for (long done : new long[] {0, 7}) {
          Training training = new Training(monitor(), done, energies);
          training.run(validated);
          assertThat(training.failures)
              .as("energies %s, validations %s, from step %d", energies, validated, done)
              .isEmpty();
        }
      }
    }
  }

  @Test
  final void endsATrainingForAReasonThatPeopleCanRead() {
    Training training = new Training(monitor(), 0, true);
    training.run(true);
    training
        .set
        .stopReason()
        .ifPresent(
            reason -> assertThat(reason).isNotBlank().doesNotContain("\n").doesNotEndWith("."));
  }

  @Test
  final void updatesThatAreNotFiniteAndARollBackAreNoSurprise() {
    Training training = new Training(monitor(), 0, true);
    training.next(true);
    StepMetrics broken = new StepMetrics(Double.NaN, Double.POSITIVE_INFINITY, Map.of());
    training.set.skips(2, broken);
    training.set.skipped(2, broken);
    training.set.diverged("the loss at step 3 is NaN");
    training.set.rolledBack(1);
    training.next(true);
    assertThat(training.failures).isEmpty();
  }

  @Test
  final void warningsAreSentencesForPeople() {
    Training training = new Training(monitor(), 0, true);
    training.run(true);
    for (TrainingWarning warning : training.warnings) {
      assertThat(warning.monitor()).matches("[a-z][a-z0-9-]*");
      for (String text : List.of(warning.found(), warning.meaning(), warning.advice())) {
        assertThat(text).isNotBlank().doesNotContain("\n").doesNotEndWith(".");
      }
    }
  }

  @Test
  final void aTrainingThatEndsAtOnceIsNoMistake() {
    assertThatCode(() -> new Training(monitor(), 0, true).set.end(0)).doesNotThrowAnyException();
  }

  @Test
  final void aResumedTrainingGoesOnAsIfItHadNotStopped() {
    long whole = new Training(monitor(), 0, true).run(true);
    for (long stop = 1; stop < whole; stop++) {
      Monitor first = monitor();
      Training begun = new Training(first, 0, true);
      while (begun.step < stop) {
        begun.next(true);
      }
      begun.set.end(stop);
      Monitor second = monitor();
      second.restore(first.state());
      assertThat(new Training(second, stop, true).run(true)).as("from %d", stop).isEqualTo(whole);
    }
  }

  @Test
  final void twoTrainingsShareNothing() {
    long alone = new Training(monitor(), 0, true).run(true);
    Training one = new Training(monitor(), 0, true);
    Training two = new Training(monitor(), 0, true);
    while (!one.ended() || !two.ended()) {
      if (!one.ended()) {
        one.next(true);
      }
      if (!two.ended()) {
        two.next(true);
      }
    }
    assertThat(List.of(one.step, two.step)).containsExactly(alone, alone);
  }
}
