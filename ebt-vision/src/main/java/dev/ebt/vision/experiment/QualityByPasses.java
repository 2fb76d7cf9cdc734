package dev.ebt.vision.experiment;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The quality of one model's predictions by the number of its passes, on two sets of images: the
 * best number is picked on one and its quality read on the other, so that the choice does not
 * flatter it.
 *
 * @param passes increasing numbers of passes
 * @param picking the PSNR in decibels by seed, then number of passes, on the images for the choice
 * @param judging the same on the other images
 */
record QualityByPasses(List<Integer> passes, List<double[]> picking, List<double[]> judging) {
  /** Checks that all sizes agree. */
  QualityByPasses {
    passes = List.copyOf(passes);
    picking = List.copyOf(picking);
    judging = List.copyOf(judging);
    List<double[]> all = new ArrayList<>(picking);
    all.addAll(judging);
    int numbers = passes.size();
    if (picking.size() != judging.size() || all.stream().anyMatch(row -> row.length != numbers)) {
      throw new IllegalArgumentException(
          picking.size()
              + " and "
              + judging.size()
              + " seeds; as many of both, with "
              + numbers
              + " values each, expected");
    }
  }

  /** Returns the best number of passes of each seed; the smallest of equally good ones. */
  double[] picked() {
    return picking.stream().mapToDouble(row -> passes.get(best(row))).toArray();
  }

  /** Returns the quality of each seed with the number of passes that was picked for it. */
  double[] quality() {
    double[] quality = new double[judging.size()];
    Arrays.setAll(quality, seed -> judging.get(seed)[best(picking.get(seed))]);
    return quality;
  }

  /** Returns the quality of each seed on the other images with the number of passes at an index. */
  double[] at(int index) {
    return judging.stream().mapToDouble(row -> row[index]).toArray();
  }

  private static int best(double[] row) {
    int best = 0;
    for (int i = 1; i < row.length; i++) {
      if (row[i] > row[best]) {
        best = i;
      }
    }
    return best;
  }
}
