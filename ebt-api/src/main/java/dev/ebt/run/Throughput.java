package dev.ebt.run;

import dev.ebt.train.TrainingPhase;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * How much data a training has seen, when, and how fast: the part of a metrics line that differs
 * between runs that are equal otherwise comes last in it.
 */
final class Throughput {
  private final String unit;
  private final long rowsPerUpdate;
  private final long unitsPerRow;
  private final InstantSource clock;
  private final LongSupplier nanos;
  private long began;
  private long spent;
  private long updates;

  /**
   * Nothing is seen yet.
   *
   * @param unit what is counted, in the plural: tokens
   * @param unitsPerRow how many of them a row has
   * @param nanos elapsing time
   */
  Throughput(
      String unit, long rowsPerUpdate, long unitsPerRow, InstantSource clock, LongSupplier nanos) {
    this.unit = unit;
    this.rowsPerUpdate = rowsPerUpdate;
    this.unitsPerRow = unitsPerRow;
    this.clock = clock;
    this.nanos = nanos;
  }

  /** Notes the beginning of an update; other phases do not count. */
  void starting(TrainingPhase phase) {
    if (phase == TrainingPhase.UPDATE) {
      began = nanos.getAsLong();
    }
  }

  /** Notes the end of an update. */
  void stepped() {
    spent += nanos.getAsLong() - began;
    updates++;
  }

  /** Adds what was seen up to a step, and the rate since the line before. */
  void addTo(Map<String, Object> line, long step) {
    line.put("rows", step * rowsPerUpdate);
    line.put(unit, step * rowsPerUpdate * unitsPerRow);
    addTime(line);
    double seconds = Math.max(spent, 1) / 1e9;
    line.put(unit + "PerSecond", Math.round(updates * rowsPerUpdate * unitsPerRow / seconds));
    spent = 0;
    updates = 0;
  }

  /** Adds the time of day. */
  void addTime(Map<String, Object> line) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    line.put("time", now.toString());
  }
}
