package dev.ebt.report;

/** A part of a section. Texts are plain text: whoever draws them escapes them. */
public sealed interface Block permits CellMap, Figure {
  /** Returns the caption. */
  String title();

  /** Returns how to read it, in a sentence or two; may be empty. */
  String hint();
}
