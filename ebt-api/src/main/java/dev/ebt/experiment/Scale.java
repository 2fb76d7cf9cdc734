package dev.ebt.experiment;

/** The size of an experiment. */
public enum Scale {
  /** A few updates in minutes, to see that everything works. It proves nothing. */
  QUICK,
  /** As many updates and seeds as the rule for the verdict is meant for. */
  FULL
}
