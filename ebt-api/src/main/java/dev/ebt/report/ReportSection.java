package dev.ebt.report;

import java.util.Optional;

/** A section of the report on a run, by name. A {@link ReportPlugin} provides it. */
public interface ReportSection {
  /** Returns the name in listings and in the page: lower-case letters, digits and dashes. */
  String name();

  /** Returns a one-line description for listings. */
  String summary();

  /** Returns the heading: the question that the section answers, such as {@code Was it stable?} */
  String title();

  /**
   * Returns the position in the report, ascending; sections of the same position follow each other
   * in the order of the plugins. Ours are at 10, 20, 30, … A section of a modality is at 50 unless
   * overridden.
   */
  default int position() {
    return 50;
  }

  /**
   * Returns the content for a run; empty if there is nothing to show, such as for another modality
   * or a run without a checkpoint. Charts of the same name from several runs are drawn as one.
   *
   * @throws dev.ebt.error.UserException if there should be a content, but the data it needs is
   *     missing; the page then shows the message in its place
   */
  Optional<SectionContent> content(ReportRun run);
}
