package dev.ebt.vision.video;

import dev.ebt.modality.Examples;
import dev.ebt.modality.Modality;
import dev.ebt.modality.NaiveBaseline;
import dev.ebt.tensor.Shape;
import dev.ebt.vision.image.ClipSource;
import java.util.Map;
import java.util.Optional;

/** A modality whose rows come from clips. */
public interface ClipModality extends Modality {
  /** Returns the shape of a frame: [channels, height, width], height equal to width. */
  Shape frame();

  /** Returns the least number of frames of a clip. */
  int frames();

  /** Returns training rows, after fitting to them what has to be fitted. */
  Examples training(ClipSource clips);

  /** Returns validation rows. */
  Examples validation(ClipSource clips);

  /**
   * Returns the score of a prediction without a model over the first validation rows; empty if
   * there is no such baseline.
   */
  default Optional<NaiveBaseline> naiveBaseline(Examples validation, int rows) {
    return Optional.empty();
  }

  /**
   * Returns a description of the task and the score of the simplest prediction, for the description
   * of a dataset.
   *
   * @param training the training clips; there may be none
   * @param validation the validation clips
   */
  String task(ClipSource training, ClipSource validation);

  @Override
  default Map<String, String> units() {
    return Map.of("psnr", "dB");
  }
}
