package dev.ebt.monitor;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;

/** The reaction of a training to what a monitor has found. */
public enum MonitorAction {
  /** Nothing: the monitor does not look. */
  @JsonProperty("off")
  OFF,
  /** A warning; the training goes on. */
  @JsonProperty("warn")
  WARN,
  /** A warning, and the update is left out: parameters and optimizer stay as they are. */
  @JsonProperty("skip")
  SKIP,
  /**
   * A warning, and the training goes on from its latest checkpoint with half the learning rate. It
   * ends if that was done too often, or if there is no checkpoint yet.
   */
  @JsonProperty("roll-back")
  ROLL_BACK,
  /** A warning, and the training saves and ends. */
  @JsonProperty("stop")
  STOP;

  /** Returns the word for it in settings and files: {@code roll-back}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
