package dev.ebt.plugin;

import java.util.List;

/**
 * The names of the monitors of a run, in their order: those that its configuration names, and then
 * those that observe every training.
 */
public record MonitorNames(List<String> names) {
  /** Copies the list. */
  public MonitorNames {
    names = List.copyOf(names);
  }
}
