package dev.ebt.report;

import java.util.List;

/**
 * The content of a section for one run.
 *
 * @param verdict what the section shows, in one sentence
 * @param blocks charts, tables and pictures, in order
 */
public record SectionContent(Verdict verdict, List<Block> blocks) {
  /** Copies the list. */
  public SectionContent {
    blocks = List.copyOf(blocks);
  }

  /** Creates a content. */
  public static SectionContent of(Verdict verdict, Block... blocks) {
    return new SectionContent(verdict, List.of(blocks));
  }
}
