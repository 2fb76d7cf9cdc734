package dev.ebt.bench.report;

import dev.ebt.plugin.ResolvedConfiguration;
import java.util.List;

/**
 * Where settings of a training came from, for a person: derived, a recipe or file, by hand.
 *
 * @param byHand what its user set, {@code path=value} each
 */
public record SettingOrigins(ResolvedConfiguration resolved, List<String> byHand) {
  private static final String SET = "--set ";

  /** Keeps the list unmodifiable. */
  public SettingOrigins {
    byHand = List.copyOf(byHand);
  }

  /** The origin of one setting. */
  String of(String path) {
    if (setByHand(path)) {
      return "by hand";
    }
    String origin = resolved.origin(path);
    return origin.startsWith(SET) ? "set by this command" : origin;
  }

  /** The origin of a part and its settings. */
  String ofPart(String key) {
    boolean changed = byHand.stream().anyMatch(set -> set.strip().startsWith(key + "."));
    return of(key) + (changed ? ", changed by hand" : "");
  }

  private boolean setByHand(String path) {
    int dot = path.indexOf('.');
    String group = dot < 0 ? path : path.substring(0, dot);
    return byHand.stream()
            .map(set -> set.split("=", 2)[0].strip())
            .anyMatch(set -> set.equals(path))
        || (byHand.stream().anyMatch(set -> set.split("=", 2)[0].strip().equals(group))
            && resolved.origin(path).startsWith(SET));
  }
}
