package dev.ebt.experiment;

import dev.ebt.report.Figure;
import java.util.List;

/**
 * What an experiment has found.
 *
 * @param outcome by the rule of its design
 * @param sentence what was measured, with numbers and their unit, and why that is the outcome
 * @param figures tables, charts, heat maps and pictures, in order
 */
public record Finding(Outcome outcome, String sentence, List<Figure> figures) {
  /** Copies the list. */
  public Finding {
    figures = List.copyOf(figures);
  }

  /** Returns that the results do not decide. */
  public static Finding cannotTell(String sentence, Figure... figures) {
    return new Finding(Outcome.CANNOT_TELL, sentence, List.of(figures));
  }
}
