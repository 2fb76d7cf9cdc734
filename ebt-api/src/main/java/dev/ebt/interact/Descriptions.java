package dev.ebt.interact;

import dev.ebt.error.UnknownName;
import dev.ebt.error.UserException;
import dev.ebt.plugin.Catalog;
import dev.ebt.plugin.PartDescription;
import dev.ebt.plugin.PartKind;
import dev.ebt.plugin.SettingDescription;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Descriptions of all that plugins provide by name: the parts that configurations name, model
 * families, recipes, interactions, tasks, varied settings, probes and readers of given answers.
 */
public final class Descriptions {
  private static final String RECIPE = "recipe";

  private final Catalog catalog;
  private final Interactions interactions;
  private final List<Catalog.Entry> entries = new ArrayList<>();

  private Descriptions(Catalog catalog, List<Catalog.Entry> further) {
    this.catalog = catalog;
    this.interactions = Interactions.of(catalog);
    entries.addAll(catalog.entries());
    entries.addAll(interactions.entries());
    entries.addAll(EvaluationCatalog.of(catalog).entries());
    entries.addAll(further);
  }

  /** Returns the descriptions of all that the plugins of a catalog provide. */
  public static Descriptions of(Catalog catalog) {
    return of(catalog, List.of());
  }

  /**
   * Returns the descriptions of all that the plugins of a catalog provide.
   *
   * @param further what has a name and a summary, but no settings, and that the catalog does not
   *     know of
   */
  public static Descriptions of(Catalog catalog, List<Catalog.Entry> further) {
    return new Descriptions(catalog, further);
  }

  /** Returns a listing of all, by kind and name. */
  public List<Catalog.Entry> entries() {
    return List.copyOf(entries);
  }

  /**
   * Returns a listing of one kind; empty if the word is not that of a kind.
   *
   * @param word such as {@code model}; spaces in the word of a kind may be dashes
   */
  public List<Catalog.Entry> ofKind(String word) {
    return entries.stream().filter(entry -> key(entry.kind()).equals(key(word))).toList();
  }

  /** Returns the descriptions of all parts with a name, without that of their kind. */
  public List<PartDescription> called(String name) {
    return all(called(entries, name));
  }

  /** Returns the descriptions of entries of the listing. */
  public List<PartDescription> all(List<Catalog.Entry> listed) {
    return listed.stream().map(this::describe).toList();
  }

  /**
   * Returns the description of the part with a name.
   *
   * @param name {@code model.autoregressive}, or just {@code autoregressive} where only one part is
   *     called so
   * @throws UserException if there is none, or several; the message suggests names
   */
  public PartDescription find(String name) {
    int dot = name.indexOf('.');
    if (dot >= 0) {
      return find(name.substring(0, dot), name.substring(dot + 1));
    }
    List<Catalog.Entry> called = called(entries, name);
    if (called.size() == 1) {
      return describe(called.get(0));
    }
    if (called.isEmpty()) {
      Set<String> known = new TreeSet<>();
      entries.forEach(
          entry -> {
            known.add(entry.name());
            known.add(key(entry.kind()));
          });
      String meant =
          UnknownName.nearest(name, known).map(n -> ": did you mean '" + n + "'?").orElse(".");
      throw new UserException(
          "unknown part '" + name + "'" + meant + " 'ebt plugins' lists all parts");
    }
    throw new UserException(
        "several parts are called '"
            + name
            + "'; name one of them: "
            + String.join(", ", called.stream().map(e -> key(e.kind()) + "." + name).toList()));
  }

  private PartDescription find(String kind, String name) {
    List<Catalog.Entry> ofKind = ofKind(kind);
    if (ofKind.isEmpty()) {
      throw UnknownName.of(
          "kind of part",
          kind,
          new TreeSet<>(entries.stream().map(entry -> key(entry.kind())).toList()));
    }
    List<Catalog.Entry> called = called(ofKind, name);
    if (called.isEmpty()) {
      PartKind.named(kind).ifPresent(known -> catalog.get(known, name));
      if (kind.equals(RECIPE)) {
        catalog.recipe(name);
      }
      throw UnknownName.of(
          ofKind.get(0).kind(),
          name,
          new TreeSet<>(ofKind.stream().map(Catalog.Entry::name).toList()));
    }
    return describe(called.get(0));
  }

  private static List<Catalog.Entry> called(List<Catalog.Entry> entries, String name) {
    return entries.stream().filter(entry -> entry.name().equals(name)).toList();
  }

  private PartDescription describe(Catalog.Entry entry) {
    Optional<PartKind> kind = PartKind.named(entry.kind());
    if (kind.isPresent()) {
      return PartDescription.of(catalog, kind.get(), entry.name());
    }
    return new PartDescription(
        entry.kind(),
        entry.name(),
        entry.summary(),
        entry.plugin(),
        interactions.options(entry).stream().map(Descriptions::option).toList(),
        entry.kind().equals(RECIPE) ? catalog.recipe(entry.name()) : "");
  }

  private static SettingDescription option(Options.Spec option) {
    String value = option.placeholder().isEmpty() ? "a flag" : option.placeholder();
    return new SettingDescription(
        option.name(),
        option.several() ? value + ", several separated by commas" : value,
        false,
        null,
        Map.of(),
        String.join(" ", option.description()));
  }

  private static String key(String kind) {
    return kind.replace(' ', '-');
  }
}
