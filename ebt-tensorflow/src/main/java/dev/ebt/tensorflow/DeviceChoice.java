package dev.ebt.tensorflow;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Where TensorFlow may compute. */
public enum DeviceChoice {
  /** On a GPU if TensorFlow finds one, else on the CPU. */
  @JsonProperty("auto")
  AUTO,
  /** On the CPU, whatever else there is. */
  @JsonProperty("cpu")
  CPU,
  /** On a GPU; an error if TensorFlow finds none. */
  @JsonProperty("gpu")
  GPU
}
