package dev.ebt.bench.report;

import dev.ebt.config.Origin;
import dev.ebt.plugin.ResolvedConfiguration;

/** The origins of a training's settings in words: derived, a recipe or file, by hand. */
record SettingOrigins(ResolvedConfiguration resolved) {
  private static final String BY_HAND = "by hand";

  /** Returns the origin of one setting. */
  String of(String path) {
    Origin origin = resolved.origin(path);
    return switch (origin.kind()) {
      case SET -> BY_HAND;
      case OPTION -> "set by this command";
      default -> origin.place();
    };
  }

  /** Returns the origin of a part and its settings. */
  String ofPart(String key) {
    String origin = of(key);
    boolean changed =
        !origin.equals(BY_HAND)
            && resolved.overrides().byHand().assignments().stream()
                .anyMatch(each -> each.path().startsWith(key + "."));
    return origin + (changed ? ", changed by hand" : "");
  }
}
