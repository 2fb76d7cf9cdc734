package dev.ebt.modality;

/**
 * Settings of a modality that know which step of thinking suits the size of its candidates: the α
 * that a run takes, or begins with, unless its configuration says otherwise.
 */
public interface StepOfSize {
  /** α in y ← y − α ∂E/∂y. */
  double suitableStepSize();
}
