package dev.ebt.monitor;

/**
 * A warning of a monitor about a training: sentences for people, without a full stop at the end.
 *
 * @param monitor the name of the monitor as a part
 * @param found what was seen, with its numbers and the update
 * @param meaning what it usually means
 * @param advice what to try, with the settings to change
 */
public record TrainingWarning(String monitor, String found, String meaning, String advice) {
  /** Returns the warning in one line. */
  public String line() {
    return monitor + ": " + found + ". " + meaning + ". " + advice;
  }
}
