package dev.ebt.experiment;

import dev.ebt.report.Block;
import java.util.List;

/**
 * What an experiment has found.
 *
 * @param outcome by the rule of its design
 * @param sentence what was measured, with numbers and their unit, and why that is the outcome
 * @param blocks tables and charts
 */
public record Finding(Outcome outcome, String sentence, List<Block> blocks) {
  /** Copies the list. */
  public Finding {
    blocks = List.copyOf(blocks);
  }

  /** Returns that the results do not decide. */
  public static Finding cannotTell(String sentence, Block... blocks) {
    return new Finding(Outcome.CANNOT_TELL, sentence, List.of(blocks));
  }
}
