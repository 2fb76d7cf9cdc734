package dev.ebt.vision;

import dev.ebt.modality.DiffusionModality;
import dev.ebt.modality.DistributionMetric;
import dev.ebt.modality.Examples;
import dev.ebt.nn.Parameters;
import dev.ebt.tensor.Shape;
import dev.ebt.tensor.Tensor;
import dev.ebt.vision.image.ImageSource;
import dev.ebt.vision.quality.FrechetImageDistance;
import dev.ebt.vision.quality.ReferenceImages;
import java.util.Map;

/** A modality whose candidates are images: each is one prediction, split into patches. */
public interface ImageModality extends DiffusionModality {
  /** Returns the space of candidates. */
  ImageSpec space();

  /** Returns all settings. */
  Record settings();

  /**
   * Returns rows of images.
   *
   * @param times the number of rows per image; rows that would be equal are left out
   * @param seed the seed of what is drawn for a row
   */
  Examples rows(ImageSource images, int times, long seed);

  /** Returns a metric that compares the distribution of candidates with real images. */
  default DistributionMetric distributionMetric(ReferenceImages real) {
    return new FrechetImageDistance(real);
  }

  /** Returns a description of the task, for the description of a dataset. */
  String task();

  @Override
  default Shape predictions() {
    return Shape.scalar();
  }

  @Override
  default Shape candidate() {
    return space().shape();
  }

  /** Returns the number of values of a patch. */
  @Override
  default int patchDimension() {
    return space().noiseSize() / 2;
  }

  @Override
  default Tensor embedCandidate(Tensor modelInput, int width, Parameters parameters) {
    return space().embed(modelInput, width, parameters);
  }

  @Override
  default int noiseSize() {
    return space().noiseSize();
  }

  @Override
  default Tensor decodeNoise(Tensor output) {
    return space().decodeNoise(output);
  }

  @Override
  default Map<String, String> units() {
    return Map.of("psnr", "dB");
  }
}
