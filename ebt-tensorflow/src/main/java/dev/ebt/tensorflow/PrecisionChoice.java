package dev.ebt.tensorflow;

import com.fasterxml.jackson.annotation.JsonProperty;

/** The precision of matrix products. */
public enum PrecisionChoice {
  /** Single precision. */
  @JsonProperty("float32")
  FLOAT32,
  /**
   * Factors and results of large products are rounded to 8 significant bits, with sums in single
   * precision; everything else is in single precision.
   */
  @JsonProperty("bfloat16")
  BFLOAT16,
  /** bfloat16 if a measured product is faster that way, as on processors with such instructions. */
  @JsonProperty("auto")
  AUTO
}
