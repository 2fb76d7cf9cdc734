package dev.ebt.bench.report;

import java.util.DoubleSummaryStatistics;
import java.util.List;

/**
 * A division of the energies of a text into levels of equal width, from the lowest energy to the
 * highest one.
 *
 * @param lowest the least energy
 * @param highest the greatest energy; greater than the least one, or there are no levels
 * @param levels the number of levels
 */
record EnergyScale(double lowest, double highest, int levels) {
  /** Returns a scale of energies, of which those that are not finite are ignored. */
  static EnergyScale of(List<Double> energies, int levels) {
    DoubleSummaryStatistics finite =
        energies.stream()
            .mapToDouble(Double::doubleValue)
            .filter(Double::isFinite)
            .summaryStatistics();
    return new EnergyScale(finite.getMin(), finite.getMax(), levels);
  }

  /** Returns the level of an energy, from 0; the highest one for an energy that is not finite. */
  int level(double energy) {
    if (!Double.isFinite(energy)) {
      return levels - 1;
    }
    return Math.min(levels - 1, (int) ((energy - lowest) / (highest - lowest) * levels));
  }

  /** Returns the lowest energy of a level. */
  double from(int level) {
    return lowest + (highest - lowest) * level / levels;
  }
}
