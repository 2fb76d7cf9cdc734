package dev.ebt.report;

import dev.ebt.error.UnknownName;
import dev.ebt.error.UserException;
import dev.ebt.plugin.Catalog;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The sections of reports that the plugins provide, in the order of the report. */
public final class ReportSections {
  private final List<ReportSection> sections = new ArrayList<>();
  private final List<Catalog.Entry> entries = new ArrayList<>();

  private ReportSections(Catalog catalog) {
    Map<String, Catalog.Provided<ReportSection>> byName = new LinkedHashMap<>();
    for (Catalog.Provided<ReportSection> provided :
        catalog.<ReportPlugin, ReportSection>provided(
            ReportPlugin.class, "its report sections", ReportPlugin::reportSections)) {
      ReportSection section = provided.part();
      Catalog.Provided<ReportSection> other = byName.put(section.name(), provided);
      if (other != null) {
        throw new UserException(
            String.format(
                Locale.ROOT,
                "two report sections are called '%s': one of %s, one of %s; leave one of the plugins"
                    + " away",
                section.name(),
                other.plugin(),
                provided.plugin()));
      }
      sections.add(section);
      entries.add(
          new Catalog.Entry(
              "report section",
              section.name(),
              section.summary(),
              provided.plugin().name(),
              provided.plugin().origin()));
    }
    sections.sort(Comparator.comparingInt(ReportSection::position));
  }

  /**
   * Returns the sections of a catalog.
   *
   * @throws UserException if two have one name, or a plugin fails
   */
  public static ReportSections of(Catalog catalog) {
    return new ReportSections(catalog);
  }

  /** Returns the sections in the order of the report. */
  public List<ReportSection> all() {
    return List.copyOf(sections);
  }

  /**
   * Returns the sections of these names in the order of the report; all if there is no name.
   *
   * @throws UserException if there is none of a name
   */
  public List<ReportSection> named(Set<String> names) {
    Set<String> known = sections.stream().map(ReportSection::name).collect(Collectors.toSet());
    for (String name : names) {
      if (!known.contains(name)) {
        throw UnknownName.of("report section", name, known);
      }
    }
    return sections.stream()
        .filter(section -> names.isEmpty() || names.contains(section.name()))
        .toList();
  }

  /** Returns a listing of them. */
  public List<Catalog.Entry> entries() {
    return List.copyOf(entries);
  }
}
