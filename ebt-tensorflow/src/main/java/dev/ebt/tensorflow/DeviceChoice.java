package dev.ebt.tensorflow;

import com.fasterxml.jackson.annotation.JsonProperty;

/** The device that TensorFlow may use. */
public enum DeviceChoice {
  /** A GPU if TensorFlow finds one, otherwise the CPU. */
  @JsonProperty("auto")
  AUTO,
  /** The CPU, even if there is a GPU. */
  @JsonProperty("cpu")
  CPU,
  /** A GPU; an error if TensorFlow finds none. */
  @JsonProperty("gpu")
  GPU
}
