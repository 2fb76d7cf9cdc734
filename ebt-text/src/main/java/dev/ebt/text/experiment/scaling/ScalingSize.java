package dev.ebt.text.experiment.scaling;

import dev.ebt.experiment.Scale;
import java.util.List;

/**
 * The size of a model and of its training.
 *
 * @param layers of the model
 * @param width of the model, in two heads
 * @param batch windows of an update
 * @param updates of the whole training, by which its schedule ends
 */
record ScalingSize(int layers, int width, int batch, int updates) {
  /** The bytes of a window. Longer ones have fewer bytes that are predicted from little context. */
  static final int WINDOW = 128;

  private static final int QUICK_UPDATES = 16;
  private static final int LONGEST_QUICK = 64;

  /** Returns this size in words. */
  String words() {
    return layers
        + (layers == 1 ? " block" : " blocks")
        + " of width "
        + width
        + ", "
        + updates
        + " updates of "
        + batch
        + " windows";
  }

  /** Returns the bytes that the model is trained on. */
  long bytes() {
    return (long) updates * batch * WINDOW;
  }

  /** Returns this size, in a quick experiment with few updates that keep their order. */
  ScalingSize at(Scale scale) {
    return scale == Scale.FULL
        ? this
        : new ScalingSize(
            layers, width, batch, Math.min(LONGEST_QUICK, QUICK_UPDATES + updates / 50));
  }

  /** Returns the settings of a recipe for text. */
  List<String> settings() {
    return List.of(
        "modality.length=" + WINDOW,
        "model.layers=" + layers,
        "model.heads=2",
        "model.width=" + width,
        "training.batch=" + batch,
        "training.steps=" + updates,
        "training.validateEvery=" + updates,
        "training.checkpointEvery=" + updates,
        "schedule.warmUp=" + Math.max(1, updates / 10),
        "schedule.floor=0.05");
  }
}
