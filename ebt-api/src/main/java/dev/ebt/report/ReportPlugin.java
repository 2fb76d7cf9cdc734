package dev.ebt.report;

import dev.ebt.plugin.EbtPlugin;
import java.util.List;

/**
 * A plugin that also provides sections of reports. It is the same entry point, and found in the
 * same way, as any {@link EbtPlugin}.
 */
public interface ReportPlugin extends EbtPlugin {
  /** Returns the sections, in the order of the report. */
  default List<ReportSection> reportSections() {
    return List.of();
  }
}
