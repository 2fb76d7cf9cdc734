package dev.ebt.monitor;

/** The phases of training. */
public enum TrainingPhase {
  /** An update of the parameters, from its first batch on. */
  UPDATE,
  /** The validation after an update. */
  VALIDATION,
  /** The saving of a checkpoint. */
  CHECKPOINT
}
