package dev.ebt.plugin;

import dev.ebt.error.UnknownName;
import dev.ebt.error.UserException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * A description of a part and its settings.
 *
 * @param kind the word for its kind
 * @param name its name in configurations
 * @param summary its purpose in a line
 * @param plugin the name of the plugin that provides it
 * @param settings its settings, in the order of their record
 */
public record PartDescription(
    String kind, String name, String summary, String plugin, List<SettingDescription> settings) {

  /** Returns the description of a part. */
  public static PartDescription of(Catalog catalog, PartKind kind, String name) {
    Factory<?, ?> factory = catalog.get(kind, name);
    return new PartDescription(
        kind.word(),
        name,
        factory.summary(),
        catalog.source(kind, name).name(),
        SettingDescriptions.of(factory.settings()));
  }

  /** Returns the descriptions of all parts, by kind and name. */
  public static List<PartDescription> all(Catalog catalog) {
    List<PartDescription> all = new ArrayList<>();
    for (PartKind kind : PartKind.values()) {
      catalog.names(kind).forEach(name -> all.add(of(catalog, kind, name)));
    }
    return List.copyOf(all);
  }

  /**
   * Returns the description of the part with a name.
   *
   * @param name {@code model.autoregressive}, or just {@code autoregressive} where only one part is
   *     called so
   * @throws UserException if there is none, or several; the message suggests names
   */
  public static PartDescription find(Catalog catalog, String name) {
    int dot = name.indexOf('.');
    if (dot >= 0) {
      return of(catalog, kind(name.substring(0, dot)), name.substring(dot + 1));
    }
    List<PartKind> kinds =
        Arrays.stream(PartKind.values()).filter(k -> catalog.names(k).contains(name)).toList();
    if (kinds.size() == 1) {
      return of(catalog, kinds.get(0), name);
    }
    if (kinds.isEmpty()) {
      Set<String> known = new TreeSet<>();
      for (PartKind kind : PartKind.values()) {
        known.addAll(catalog.names(kind));
      }
      String meant =
          UnknownName.nearest(name, known).map(n -> ": did you mean '" + n + "'?").orElse(".");
      throw new UserException(
          "unknown part '" + name + "'" + meant + " 'ebt plugins' lists all parts");
    }
    throw new UserException(
        "several parts are called '"
            + name
            + "'; name one of them: "
            + String.join(", ", kinds.stream().map(kind -> kind.word() + "." + name).toList()));
  }

  private static PartKind kind(String word) {
    return PartKind.named(word)
        .orElseThrow(
            () ->
                UnknownName.of(
                    "kind of part",
                    word,
                    Arrays.stream(PartKind.values()).map(PartKind::word).toList()));
  }
}
