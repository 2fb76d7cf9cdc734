package dev.ebt.bench.code;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The shares of right answers of three models after training on several sizes of data, for one
 * direction.
 *
 * @param generator by seed, then size
 * @param verifier the same, of the answer of the lowest energy of all
 * @param ebt the same, of what thinking finds
 * @param ebtSearched the same, of the answer of the EBT's lowest energy of all
 */
record LearningCurves(
    double[][] generator, double[][] verifier, double[][] ebt, double[][] ebtSearched) {
  static final String GENERATOR = "generator";
  static final String VERIFIER = "verifier, searched";
  static final String EBT = "ebt";
  static final String EBT_SEARCHED = "ebt, searched";

  /** Returns the curves in the order of tables, by name. */
  Map<String, double[][]> byName() {
    Map<String, double[][]> curves = new LinkedHashMap<>();
    curves.put(GENERATOR, generator);
    curves.put(VERIFIER, verifier);
    curves.put(EBT, ebt);
    curves.put(EBT_SEARCHED, ebtSearched);
    return curves;
  }
}
