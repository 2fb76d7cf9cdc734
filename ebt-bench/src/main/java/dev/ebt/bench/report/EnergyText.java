package dev.ebt.bench.report;

import dev.ebt.bench.console.ConsoleTerminal;
import dev.ebt.interact.Output;
import dev.ebt.interact.VisibleText;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.jline.utils.WCWidth;
import org.jspecify.annotations.Nullable;

/**
 * A text whose pieces show their final energy: by color on a terminal, elsewhere by a digit below
 * each piece.
 *
 * @param begun the text before the pieces
 */
record EnergyText(String begun, List<Output.ExplainedText> pieces) {
  /**
   * Colors of the palette of 256, from the lowest energy to the highest. Each has a contrast of at
   * least 3 with black and with white, so that it can be read on light and on dark terminals.
   */
  static final List<Integer> COLORS = List.of(33, 31, 64, 136, 166, 160);

  private static final String RESET = "\u001b[39m";

  /** A part of the text on one line, with its level; null for text without an energy. */
  private record Span(String text, @Nullable Integer level) {
    int columns() {
      return text.codePoints().map(point -> Math.max(0, WCWidth.wcwidth(point))).sum();
    }
  }

  /** Prints the text and a legend; nothing if there are not two energies to tell apart. */
  void print(PrintStream out, ConsoleTerminal terminal) {
    List<Double> energies =
        pieces.stream().flatMap(piece -> piece.explanation().energy().stream().boxed()).toList();
    if (energies.isEmpty()) {
      return;
    }
    EnergyScale scale = EnergyScale.of(energies, COLORS.size());
    if (!(scale.lowest() < scale.highest())) {
      return;
    }
    out.println();
    PrintStream escapes = terminal.escapes();
    for (List<Span> line : lines(scale, terminal.columns())) {
      if (escapes == null) {
        printMarked(line, out);
      } else {
        printColored(line, out, escapes);
      }
    }
    if (escapes == null) {
      out.println(legend(scale));
    } else {
      printColored(coloredLegend(scale), out, escapes);
    }
  }

  /** Returns the spans of each line; a line that is too long is broken. */
  private List<List<Span>> lines(EnergyScale scale, int columns) {
    List<List<Span>> lines = new ArrayList<>();
    lines.add(new ArrayList<>());
    add(begun, null, lines, columns);
    for (Output.ExplainedText piece : pieces) {
      add(piece.piece(), scale.level(piece.explanation().energy().orElse(0)), lines, columns);
    }
    return lines;
  }

  private static void add(
      String text, @Nullable Integer level, List<List<Span>> lines, int columns) {
    String[] parts = text.split("\n", -1);
    for (int i = 0; i < parts.length; i++) {
      if (i > 0) {
        lines.add(new ArrayList<>());
      }
      Span span = new Span(VisibleText.of(parts[i]), level);
      int used = lines.get(lines.size() - 1).stream().mapToInt(Span::columns).sum();
      if (used > 0 && used + span.columns() > columns) {
        lines.add(new ArrayList<>());
      }
      lines.get(lines.size() - 1).add(span);
    }
  }

  private static void printColored(List<Span> line, PrintStream out, PrintStream escapes) {
    for (Span span : line) {
      if (span.level() == null || span.text().isEmpty()) {
        out.print(span.text());
        continue;
      }
      out.flush();
      escapes.printf(Locale.ROOT, "\u001b[38;5;%dm", COLORS.get(span.level()));
      escapes.flush();
      out.print(span.text());
      out.flush();
      escapes.print(RESET);
      escapes.flush();
    }
    out.println();
  }

  private static void printMarked(List<Span> line, PrintStream out) {
    StringBuilder text = new StringBuilder();
    StringBuilder marks = new StringBuilder();
    for (Span span : line) {
      text.append(span.text());
      String mark = span.level() == null ? "" : String.valueOf(span.level() + 1);
      marks.append(mark, 0, Math.min(mark.length(), span.columns()));
      marks.append(" ".repeat(Math.max(0, span.columns() - mark.length())));
    }
    out.println(text);
    out.println(marks.toString().stripTrailing());
  }

  private static String legend(EnergyScale scale) {
    StringBuilder legend = new StringBuilder("final energy");
    for (int level = 0; level < scale.levels(); level++) {
      legend.append(String.format(Locale.ROOT, "  %d: from %.4f", level + 1, scale.from(level)));
    }
    return legend + String.format(Locale.ROOT, " to %.4f", scale.highest());
  }

  private static List<Span> coloredLegend(EnergyScale scale) {
    List<Span> legend = new ArrayList<>();
    legend.add(new Span("final energy from", null));
    IntStream.range(0, scale.levels())
        .forEach(
            level ->
                legend.add(
                    new Span(String.format(Locale.ROOT, " %.4f", scale.from(level)), level)));
    legend.add(new Span(String.format(Locale.ROOT, " to %.4f", scale.highest()), null));
    return legend;
  }
}
