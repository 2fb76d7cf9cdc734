package dev.ebt.store;

import dev.ebt.error.SettingException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The progress of a run and the parts that it consists of.
 *
 * @param format version of the checkpoint layout
 * @param step number of updates
 * @param rows rows of training data consumed
 * @param seed of the run
 * @param validationLoss the latest, if there was one and a lower one is a better prediction
 * @param parts name and fingerprint of the modality, the model, the tokenizer and the data, keyed
 *     by these words; {@code base} for a checkpoint of low-rank adapters, see {@link AdapterBase}
 * @param version of ebt
 * @param configuration hash of the configuration
 * @param figures further numbers to store, by name
 * @param provenance what the numbers depend on, by name: commit, machine, libraries; empty in
 *     layouts before {@link #WITH_PROVENANCE}
 * @param files hash of each file of the checkpoint; set on saving
 */
public record CheckpointMetadata(
    int format,
    long step,
    long rows,
    long seed,
    @Nullable Double validationLoss,
    Map<String, Part> parts,
    String version,
    String configuration,
    Map<String, Double> figures,
    Map<String, String> provenance,
    Map<String, String> files) {

  /** The layout that this version writes. */
  public static final int FORMAT = 3;

  /** The beginning of the names of figures that are states of monitors. */
  public static final String MONITOR = "monitor.";

  /** The oldest layout that this version reads. */
  static final int OLDEST = 1;

  /** The first layout in which the progress file has a hash of its own. */
  static final int HASHED = 2;

  /** The first layout that has the provenance. */
  static final int WITH_PROVENANCE = 3;

  /**
   * The identity of a part.
   *
   * @param fingerprint equal for interchangeable parts; empty if all are interchangeable
   */
  public record Part(String name, String fingerprint) {
    /** Rejects missing values. */
    public Part {
      if (name == null || fingerprint == null) {
        throw missing(name == null ? "name" : "fingerprint");
      }
    }
  }

  /** Rejects values that cannot be stored, and sorts the maps. */
  public CheckpointMetadata {
    atLeast0("step", step);
    atLeast0("rows", rows);
    parts = sorted("parts", parts);
    figures = sorted("figures", figures);
    provenance = sorted("provenance", provenance);
    files = sorted("files", files);
    if (version == null || configuration == null) {
      throw missing(version == null ? "version" : "configuration");
    }
    figures.forEach(CheckpointMetadata::checkFinite);
    if (validationLoss != null) {
      checkFinite("validationLoss", validationLoss);
    }
  }

  private static SettingException missing(String name) {
    return new SettingException(name, "is missing");
  }

  private static void atLeast0(String name, long value) {
    if (value < 0) {
      throw SettingException.of(name, value, "at least 0");
    }
  }

  private static void checkFinite(String name, double value) {
    if (!Double.isFinite(value)) {
      throw SettingException.of(name, value, "a finite number");
    }
  }

  /** Returns the progress to save for a run. */
  public static CheckpointMetadata of(
      long step,
      long rows,
      long seed,
      @Nullable Double validationLoss,
      Map<String, Part> parts,
      String version,
      String configuration) {
    return new CheckpointMetadata(
        FORMAT,
        step,
        rows,
        seed,
        validationLoss,
        parts,
        version,
        configuration,
        Map.of(),
        Map.of(),
        Map.of());
  }

  /** Returns a copy with these further numbers. */
  public CheckpointMetadata withFigures(Map<String, Double> more) {
    return with(format, more, provenance, files);
  }

  /** Returns a copy with what its numbers depend on. */
  public CheckpointMetadata withProvenance(Map<String, String> facts) {
    return with(format, figures, facts, files);
  }

  /** Returns a copy in the current layout with these file hashes. */
  CheckpointMetadata withFiles(Map<String, String> hashes) {
    return with(FORMAT, figures, provenance, hashes);
  }

  /** Returns a copy for a model alone, which has all weights itself and no states of monitors. */
  CheckpointMetadata ofModelAlone() {
    Map<String, Part> own = new TreeMap<>(parts);
    own.keySet().removeAll(List.of(AdapterBase.PART, AdapterBase.RELATIVE_PART));
    Map<String, Double> numbers = new TreeMap<>(figures);
    numbers.keySet().removeIf(name -> name.startsWith(MONITOR));
    numbers.remove(AdaptedWeights.SCALE);
    return new CheckpointMetadata(
        format,
        step,
        rows,
        seed,
        validationLoss,
        own,
        version,
        configuration,
        numbers,
        provenance,
        files);
  }

  private CheckpointMetadata with(
      int layout,
      Map<String, Double> numbers,
      Map<String, String> facts,
      Map<String, String> hashes) {
    return new CheckpointMetadata(
        layout,
        step,
        rows,
        seed,
        validationLoss,
        parts,
        version,
        configuration,
        numbers,
        facts,
        hashes);
  }

  private static <V> Map<String, V> sorted(String name, Map<String, V> map) {
    if (map == null) {
      throw missing(name);
    }
    return Collections.unmodifiableMap(new TreeMap<>(map));
  }
}
