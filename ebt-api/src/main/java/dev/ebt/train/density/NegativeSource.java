package dev.ebt.train.density;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Where negatives are from. */
public enum NegativeSource {
  /** Uniform in a cube. */
  @JsonProperty("uniform")
  UNIFORM,
  /** The targets of other rows of the batch. */
  @JsonProperty("data")
  DATA,
  /** From the cube, after steps of thinking. */
  @JsonProperty("langevin")
  LANGEVIN,
  /** The initial candidates of the data, one worse answer for each row. */
  @JsonProperty("given")
  GIVEN
}
