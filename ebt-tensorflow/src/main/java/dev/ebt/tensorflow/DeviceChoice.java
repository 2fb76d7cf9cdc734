package dev.ebt.tensorflow;

/** Where TensorFlow may compute. */
public enum DeviceChoice {
  /** On a GPU if TensorFlow finds one, else on the CPU. */
  AUTO,
  /** On the CPU, whatever else there is. */
  CPU,
  /** On a GPU; an error if TensorFlow finds none. */
  GPU
}
