package dev.ebt.tensorflow;

/**
 * What decides how matrix products are computed.
 *
 * @param kernels that compute them
 * @param precision of large ones
 */
record ProductRules(ProductKernels kernels, Precision precision) {
  /** Returns these rules for programs that XLA compiles. */
  ProductRules forXla() {
    return new ProductRules(ProductKernels.OTHER, precision);
  }
}
