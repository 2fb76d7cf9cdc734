package dev.ebt.modality;

/**
 * Modality settings with a default step size of thinking for the size of their candidates: the α
 * that a run uses, or starts from, unless its configuration sets one.
 */
public interface DefaultStepSize {
  /** Returns α in y ← y − α ∂E/∂y. */
  double suitableStepSize();
}
