package dev.ebt.tensor;

/** The element type of a tensor. The backend chooses its width in bits. */
public enum ElementType {
  /** Real numbers: float32 on TensorFlow, float64 on the reference backend. */
  REAL,
  /** Integers (64 bit): token ids, positions, landscape indices, random keys. */
  INTEGER,
  /** Booleans: the result of a comparison, the condition of a selection. */
  BOOLEAN
}
