package dev.ebt.run;

import dev.ebt.error.Required;
import dev.ebt.plugin.Configurations;
import dev.ebt.store.RunDirectory;
import dev.ebt.store.StoredCheckpoint;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.Shape;
import dev.ebt.train.TrainingStepper;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The return of a training to its latest checkpoint, from where it goes on with a lower learning
 * rate. The rate is written to the configuration of the run, so that a resumed training has it,
 * too.
 */
final class RollBack {
  /** The roll-backs after which a training ends: the last one is with 1/32 of the rate. */
  static final int MOST = 5;

  private static final double FACTOR = 0.5;

  private final RunParts parts;
  private final RunDirectory directory;
  private final TrainingStepper stepper;
  private int times;

  RollBack(RunParts parts, RunDirectory directory, TrainingStepper stepper) {
    this.parts = parts;
    this.directory = directory;
    this.stepper = stepper;
  }

  /**
   * Rolls back.
   *
   * @return the updates of the checkpoint; empty if there is none, or that was done too often
   */
  Optional<Long> take() {
    if (times == MOST || directory.checkpoints().complete().isEmpty()) {
      return Optional.empty();
    }
    times++;
    StoredCheckpoint stored = directory.checkpoints().named("latest");
    restore(parts, stepper, stored);
    double rate = parts.configuration().training().learningRate() * FACTOR;
    parts.changeLearningRate(rate);
    stepper.useLearningRate(rate);
    directory.configure(Configurations.write(parts.configuration()), parts.files());
    return Optional.of(stored.progress().step());
  }

  /** Returns why the training cannot roll back. */
  String refusal() {
    return times == MOST
        ? "it was rolled back " + MOST + " times before"
        : "there is no checkpoint to roll back to";
  }

  /** Assigns all that a checkpoint has saved of a training. */
  static void restore(RunParts parts, TrainingStepper stepper, StoredCheckpoint stored) {
    CheckpointValues.assign(parts, stored);
    Map<String, Shape> shapes = new LinkedHashMap<>();
    stepper.slots().forEach(slot -> shapes.put(slot.name(), slot.shape()));
    Map<String, Array> values = stored.optimizerFor(shapes);
    stepper.slots().forEach(slot -> parts.backend().assign(slot, Required.of(values, slot.name())));
    stepper.adapters().merge();
    stepper.restore(stored.memory());
  }
}
