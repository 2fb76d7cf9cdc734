package dev.ebt.run;

import dev.ebt.plugin.Configurations;
import dev.ebt.store.Sha256;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * What the numbers of a training depend on: version and commit of ebt, configuration, seed, number
 * of processes, the weights that it starts from, data, backend, machine, libraries. It is stored
 * with each checkpoint and in {@code history.jsonl}.
 */
public final class Provenance {
  /** The fact of how many processes share the training. */
  static final String PROCESSES = "processes";

  private static final String LIBRARIES = "libraries";

  private Provenance() {}

  /**
   * A fact that differs between two trainings.
   *
   * @param name the name of the fact
   * @param before the recorded value; of libraries those that are no more
   * @param now the present value; of libraries those that are new
   */
  public record Change(String name, String before, String now) {
    /** Returns the change as a line for people. */
    @Override
    public String toString() {
      return name + ": " + shown(before) + " then, " + shown(now) + " now";
    }

    private static String shown(String value) {
      return value.isEmpty() ? "none" : value;
    }
  }

  /** Returns the facts about a training of these parts on this machine, by name. */
  static Map<String, String> of(RunParts parts) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("version", EbtVersion.current());
    facts.put("commit", EbtVersion.commit());
    facts.put("configuration", Sha256.of(Configurations.write(parts.configuration())));
    facts.put("seed", String.valueOf(parts.configuration().seed()));
    facts.put(PROCESSES, String.valueOf(parts.processes().size()));
    WarmStart.identity(parts).ifPresent(from -> facts.put("from", from));
    facts.put("data", parts.dataset().fingerprint());
    facts.put("modality", parts.modality().fingerprint());
    parts.backend().description().forEach((name, value) -> facts.put("backend " + name, value));
    facts.putAll(Platform.facts());
    return facts;
  }

  /**
   * Returns the facts that differ. Facts that only one side has are left out: another version of
   * ebt may record other ones.
   *
   * @param before recorded facts by name
   * @param now present facts by name
   */
  public static List<Change> changes(Map<String, ?> before, Map<String, String> now) {
    List<Change> changes = new ArrayList<>();
    now.forEach(
        (name, value) -> {
          if (before.get(name) instanceof String recorded && !recorded.equals(value)) {
            changes.add(
                name.equals(LIBRARIES)
                    ? new Change(name, without(recorded, value), without(value, recorded))
                    : new Change(name, recorded, value));
          }
        });
    return changes;
  }

  /** Returns the entries of a list that another list does not have. */
  private static String without(String list, String other) {
    TreeSet<String> entries = new TreeSet<>(Arrays.asList(list.split(", ")));
    Arrays.asList(other.split(", ")).forEach(entries::remove);
    return String.join(", ", entries);
  }
}
