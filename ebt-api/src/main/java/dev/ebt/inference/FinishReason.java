package dev.ebt.inference;

/** Why an answer ended. */
public enum FinishReason {
  /** All predictions were made: of a text, the model ended it. */
  COMPLETE,
  /** A stop string was found. */
  STOP,
  /** The greatest number of elements was generated. */
  LENGTH,
  /** The window of the model is full. */
  WINDOW,
  /** Not yet: the deadline passed before. */
  UNFINISHED
}
