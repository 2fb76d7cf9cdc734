package dev.ebt.run;

import dev.ebt.monitor.TrainingPhase;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * A counter of the data that a training has processed, with the time and rate. The fields that
 * differ between otherwise equal runs come last in a metrics line.
 */
final class Throughput {
  /** For four decimals. */
  private static final double TEN_THOUSAND = 1e4;

  private final String unit;
  private final long rowsPerUpdate;
  private final long unitsPerRow;
  private final InstantSource clock;
  private final LongSupplier nanos;
  private long began;
  private long spent;
  private long updates;
  private long waited;
  private long spentInAll;
  private long waitedInAll;

  /**
   * Creates a counter at 0.
   *
   * @param unit the unit that is counted, in the plural: tokens
   * @param unitsPerRow the number of units in a row
   * @param nanos a clock of elapsed time in nanoseconds
   */
  Throughput(
      String unit, long rowsPerUpdate, long unitsPerRow, InstantSource clock, LongSupplier nanos) {
    this.unit = unit;
    this.rowsPerUpdate = rowsPerUpdate;
    this.unitsPerRow = unitsPerRow;
    this.clock = clock;
    this.nanos = nanos;
  }

  /** Records the beginning of an update; other phases are ignored. */
  void starting(TrainingPhase phase) {
    if (phase == TrainingPhase.UPDATE) {
      began = nanos.getAsLong();
    }
  }

  /** Records the part of an update in which its data was waited for. */
  void waited(long nanoseconds) {
    waited += nanoseconds;
    waitedInAll += nanoseconds;
  }

  /** Records the end of an update. */
  void stepped() {
    long taken = nanos.getAsLong() - began;
    spent += taken;
    spentInAll += taken;
    updates++;
  }

  /** Returns the share of the time of all updates in which data was waited for. */
  double waitedShare() {
    return share(waitedInAll, spentInAll);
  }

  private static double share(long part, long all) {
    return part / (double) Math.max(1, Math.max(part, all));
  }

  /**
   * Adds the data processed up to a step, the time, and since the previous line the rate and the
   * share of the time in which data was waited for.
   */
  void addTo(Map<String, Object> line, long step) {
    line.put("rows", step * rowsPerUpdate);
    line.put(unit, step * rowsPerUpdate * unitsPerRow);
    addTime(line);
    double seconds = Math.max(spent, 1) / 1e9;
    line.put(unit + "PerSecond", Math.round(updates * rowsPerUpdate * unitsPerRow / seconds));
    line.put("dataWait", Math.round(share(waited, spent) * TEN_THOUSAND) / TEN_THOUSAND);
    spent = 0;
    waited = 0;
    updates = 0;
  }

  /** Adds the time of day. */
  void addTime(Map<String, Object> line) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    line.put("time", now.toString());
  }
}
