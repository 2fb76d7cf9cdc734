package dev.ebt.tensor;

/** What the elements of a tensor are. How many bits they have is the backend's choice. */
public enum ElementType {
  /** Real numbers: float32 on TensorFlow, float64 on the reference backend. */
  REAL,
  /** Whole numbers (64 bit): token ids, positions, landscape indices, random keys. */
  INTEGER,
  /** Truth values: the result of a comparison, the condition of a selection. */
  BOOLEAN
}
