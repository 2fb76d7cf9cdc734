package dev.ebt.vision;

import dev.ebt.modality.DiffusionModality;
import dev.ebt.modality.DistributionMetric;
import dev.ebt.modality.Examples;
import dev.ebt.nn.Parameters;
import dev.ebt.tensor.Shape;
import dev.ebt.tensor.Tensor;
import dev.ebt.vision.picture.Pictures;
import dev.ebt.vision.quality.PictureDistance;
import dev.ebt.vision.quality.RealPictures;

/** A modality whose candidates are pictures: each one prediction, seen in patches. */
public interface PictureModality extends DiffusionModality {
  /** Where candidates live. */
  PictureSpace space();

  /** All settings. */
  Record settings();

  /**
   * Rows of pictures.
   *
   * @param times how many rows there are of each picture; those that would be equal are left out
   * @param seed of what is drawn for a row
   */
  Examples rows(Pictures pictures, int times, long seed);

  /** Holds candidates as a whole against real pictures. */
  default DistributionMetric setFigures(RealPictures real) {
    return new PictureDistance(real);
  }

  /** What is asked of pictures, for a description of data. */
  String task();

  @Override
  default Shape predictions() {
    return Shape.scalar();
  }

  @Override
  default Shape candidate() {
    return space().shape();
  }

  /** The values of a patch. */
  @Override
  default int patchDimension() {
    return space().noiseSize() / 2;
  }

  @Override
  default Tensor embedCandidate(Tensor digested, int width, Parameters parameters) {
    return space().embed(digested, width, parameters);
  }

  @Override
  default int noiseSize() {
    return space().noiseSize();
  }

  @Override
  default Tensor decodeNoise(Tensor told) {
    return space().decodeNoise(told);
  }
}
