package dev.ebt.interact;

import java.util.DoubleSummaryStatistics;
import java.util.List;

/** A chart of a series of numbers in one line of text, such as {@code █▅▂▁} for a descent. */
public final class Sparkline {
  private static final String BLOCKS = "▁▂▃▄▅▆▇█";
  private static final char NOT_FINITE = '?';

  private Sparkline() {}

  /**
   * Returns a block for each number, from the lowest for the least to the highest for the greatest;
   * a question mark for one that is not finite.
   */
  public static String of(List<Double> numbers) {
    DoubleSummaryStatistics finite =
        numbers.stream()
            .mapToDouble(Double::doubleValue)
            .filter(Double::isFinite)
            .summaryStatistics();
    StringBuilder line = new StringBuilder();
    for (double number : numbers) {
      line.append(
          Double.isFinite(number) ? block(number, finite.getMin(), finite.getMax()) : NOT_FINITE);
    }
    return line.toString();
  }

  private static char block(double number, double least, double greatest) {
    int highest = BLOCKS.length() - 1;
    double share = greatest > least ? (number - least) / (greatest - least) : 0;
    return BLOCKS.charAt((int) Math.round(share * highest));
  }
}
