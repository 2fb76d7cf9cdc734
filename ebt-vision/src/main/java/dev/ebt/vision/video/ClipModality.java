package dev.ebt.vision.video;

import dev.ebt.modality.Examples;
import dev.ebt.modality.Modality;
import dev.ebt.modality.NaiveBaseline;
import dev.ebt.tensor.Shape;
import java.util.Optional;

/** A modality whose rows come from moving pictures. */
public interface ClipModality extends Modality {
  /** A frame: [channels, height, width], height and width alike. */
  Shape frame();

  /** So many frames a clip has to have. */
  int frames();

  /** Rows to learn from. What is to be fitted to them is fitted now. */
  Examples training(Clips clips);

  /** Rows to be judged by. */
  Examples validation(Clips clips);

  /**
   * Returns what predicting without a model gives over the first of some rows to be judged by;
   * empty where there is no such way.
   */
  default Optional<NaiveBaseline> naiveBaseline(Examples judged, int rows) {
    return Optional.empty();
  }

  /**
   * What is asked of clips and how good the simplest answer would be, for a description of data.
   *
   * @param training the clips to learn from; there may be none
   * @param judged those to be judged by
   */
  String task(Clips training, Clips judged);
}
