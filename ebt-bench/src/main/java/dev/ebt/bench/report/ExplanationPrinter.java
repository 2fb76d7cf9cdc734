package dev.ebt.bench.report;

import static java.util.stream.Collectors.joining;

import dev.ebt.bench.console.ConsoleTerminal;
import dev.ebt.interact.Explanation;
import dev.ebt.interact.Output;
import dev.ebt.interact.Sparkline;
import dev.ebt.interact.VisibleText;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** A printer of predictions with the thinking behind them. */
final class ExplanationPrinter {
  private static final String NOTE = "energy before thinking and after each step; lower is better";

  /** The least probability that is not shown as 0. */
  private static final double LEAST_SHOWN = 0.0005;

  /** The most energies in a line. */
  private static final int MOST_SHOWN = 13;

  private static final String INDENT = " ".repeat(11);

  private final PrintStream out;
  private final ConsoleTerminal terminal;
  private final StringBuilder begun = new StringBuilder();
  private final List<Output.ExplainedText> pieces = new ArrayList<>();
  private boolean energiesNoted;

  ExplanationPrinter(PrintStream out, ConsoleTerminal terminal) {
    this.out = out;
    this.terminal = terminal;
  }

  /** Records text that precedes the first piece, or else belongs to the last one. */
  void add(String text) {
    if (pieces.isEmpty()) {
      begun.append(text);
    } else {
      int last = pieces.size() - 1;
      Output.ExplainedText piece = pieces.get(last);
      pieces.set(
          last, new Output.ExplainedText(piece.token(), piece.piece() + text, piece.explanation()));
    }
  }

  /** Prints a piece of text in a line, and what else was considered below it. */
  void print(Output.ExplainedText piece) {
    Explanation explanation = piece.explanation();
    if (pieces.isEmpty()) {
      String energies = explanation.energies().isEmpty() ? "" : "  " + NOTE;
      out.printf(Locale.ROOT, "%-10s %6s%s%n", "token", "prob.", energies);
    }
    pieces.add(piece);
    String probability =
        explanation.probability() == null
            ? ""
            : String.format(Locale.ROOT, "%.3f", explanation.probability());
    String token = VisibleText.withSpaces(piece.token());
    out.println(
        String.format(
                Locale.ROOT, "%-10s %6s  %s", token, probability, descent(explanation.energies()))
            .stripTrailing());
    List<String> likely =
        explanation.likely().stream()
            .filter(each -> each.probability() >= LEAST_SHOWN)
            .map(ExplanationPrinter::likely)
            .toList();
    if (likely.size() > 1) {
      out.println(INDENT + "likely  " + String.join("  ", likely));
    }
    explanation
        .candidates()
        .forEach(candidate -> out.println(INDENT + "candidate  " + candidate(candidate)));
  }

  private static String likely(Explanation.Likely likely) {
    return String.format(
        Locale.ROOT, "%s %.3f", VisibleText.withSpaces(likely.prediction()), likely.probability());
  }

  private static String candidate(Explanation.Candidate candidate) {
    return VisibleText.withSpaces(candidate.prediction())
        + "  "
        + descent(candidate.energies())
        + (candidate.selected() ? "  selected" : "");
  }

  /** Returns a sparkline and the energies; of many steps, those of every so many and the last. */
  private static String descent(List<Double> energies) {
    if (energies.isEmpty()) {
      return "";
    }
    int last = energies.size() - 1;
    int every = Math.max(1, (last + MOST_SHOWN - 2) / (MOST_SHOWN - 1));
    List<Double> shown =
        IntStream.rangeClosed(0, last)
            .filter(step -> step % every == 0 || step == last)
            .mapToObj(energies::get)
            .toList();
    return shown.stream()
        .map(energy -> String.format(Locale.ROOT, "%8.4f", energy))
        .collect(
            joining(
                " ",
                Sparkline.of(shown) + " ",
                every == 1 ? "" : "  every " + every + " steps, " + last + " in all"));
  }

  /** Prints an example in a line for the prediction, the target and the energies. */
  void print(Output.Example example) {
    out.println("predicted " + example.predicted());
    out.println("target    " + example.target());
    List<Double> energies = example.explanation().energies();
    if (!energies.isEmpty()) {
      out.println("energy    " + descent(energies));
      energiesNoted = true;
    }
  }

  /** Prints the energies of a prediction in a line with its name. */
  void print(Output.Explained explained) {
    String energies = descent(explained.explanation().energies());
    out.println(String.format(Locale.ROOT, "%-9s %s", explained.prediction(), energies));
    energiesNoted = true;
  }

  /** Prints what is known only once all predictions are: the text by its energies. */
  void end() {
    if (!pieces.isEmpty()) {
      new EnergyText(begun.toString(), List.copyOf(pieces)).print(out, terminal);
    }
    if (energiesNoted) {
      out.println(NOTE);
    }
    begun.setLength(0);
    pieces.clear();
    energiesNoted = false;
  }
}
