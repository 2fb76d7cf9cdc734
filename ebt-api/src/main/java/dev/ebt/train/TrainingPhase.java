package dev.ebt.train;

/** The part of a training that is under way. */
public enum TrainingPhase {
  /** An update of the parameters, from its first batch on. */
  UPDATE,
  /** The validation after an update. */
  VALIDATION,
  /** The saving of a checkpoint. */
  CHECKPOINT
}
