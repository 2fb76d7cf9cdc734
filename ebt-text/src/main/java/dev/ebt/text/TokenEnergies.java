package dev.ebt.text;

import dev.ebt.interact.VisibleText;
import dev.ebt.modality.Modality;
import dev.ebt.report.Axis;
import dev.ebt.report.CellMap;
import dev.ebt.report.ReportNumbers;
import dev.ebt.report.ReportRun;
import dev.ebt.report.ReportSection;
import dev.ebt.report.SectionContent;
import dev.ebt.report.ThinkingSample;
import dev.ebt.report.Verdict;
import dev.ebt.text.window.WindowedTextModality;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** The tokens of a validation text, each by its loss or by its final energy. */
public final class TokenEnergies implements ReportSection {
  private static final int EXAMPLES = 4;
  private static final int FEWEST = 8;

  @Override
  public String name() {
    return "tokens";
  }

  @Override
  public String summary() {
    return "the tokens of a validation text, coloured by their loss or final energy";
  }

  @Override
  public String title() {
    return "Which tokens are hard?";
  }

  @Override
  public int position() {
    return 35;
  }

  @Override
  public Optional<SectionContent> content(ReportRun run) {
    Modality modality = run.model().map(model -> model.modality()).orElse(null);
    if (!(modality instanceof WindowedTextModality text)) {
      return Optional.empty();
    }
    ThinkingSample sample = run.sample().orElseThrow();
    List<PredictedToken> tokens = PredictedToken.of(text, sample);
    if (tokens.isEmpty()) {
      return Optional.empty();
    }
    boolean energy = sample.hasEnergy();
    return Optional.of(SectionContent.of(verdict(tokens, energy), map(run, tokens, energy)));
  }

  private static CellMap map(ReportRun run, List<PredictedToken> tokens, boolean energy) {
    Axis loss = Axis.of("loss", "nats");
    return new CellMap(
        "The tokens of the first validation example: " + run.label(),
        "Loss: how surprised the model is by the right token, −ln p."
            + (energy
                ? " Energy after thinking: where it knows when a prediction is wrong, thinking found"
                    + " nothing that fits well at tokens of a high energy."
                : ""),
        energy ? List.of(loss, Axis.of("final energy")) : List.of(loss),
        0,
        tokens.stream().map(PredictedToken::cell).toList());
  }

  private static Verdict verdict(List<PredictedToken> tokens, boolean energy) {
    double all = wrong(tokens);
    String sentence =
        "The highest losses are at "
            + highest(tokens, PredictedToken::loss)
            + String.format(
                Locale.ROOT,
                ". Of all tokens, %s are predicted wrongly",
                ReportNumbers.percent(all));
    if (!energy || tokens.size() < FEWEST) {
      return Verdict.neutral(sentence + ".");
    }
    List<PredictedToken> sorted = sorted(tokens, PredictedToken::energy);
    int quarter = tokens.size() / 4;
    double high = wrong(sorted.subList(0, quarter));
    double low = wrong(sorted.subList(tokens.size() - quarter, tokens.size()));
    sentence +=
        String.format(
            Locale.ROOT,
            ", of the quarter with the highest energies %s, with the lowest %s: %s.",
            ReportNumbers.percent(high),
            ReportNumbers.percent(low),
            conclusion(high, low, all));
    return Verdict.neutral(sentence);
  }

  /**
   * Returns what the energies say.
   *
   * @param high the share of wrong predictions where energies are highest
   * @param low where they are lowest
   * @param all of all predictions
   */
  static String conclusion(double high, double low, double all) {
    boolean hard = high > all && high > low;
    boolean easy = low < all && low < high;
    return hard
        ? "high energies mark hard tokens"
        : easy ? "low energies mark easy tokens" : "energies do not mark hard tokens here";
  }

  private static List<PredictedToken> sorted(
      List<PredictedToken> tokens, ToDoubleFunction<PredictedToken> value) {
    return tokens.stream().sorted(Comparator.comparingDouble(value).reversed()).toList();
  }

  /** Returns the different tokens of the highest values. */
  private static String highest(
      List<PredictedToken> tokens, ToDoubleFunction<PredictedToken> value) {
    return sorted(tokens, value).stream()
        .map(token -> "“" + VisibleText.withSpaces(token.text()) + "”")
        .distinct()
        .limit(EXAMPLES)
        .collect(Collectors.joining(", "));
  }

  private static double wrong(List<PredictedToken> tokens) {
    return tokens.stream().mapToDouble(token -> token.rank() > 1 ? 1 : 0).average().orElse(0);
  }
}
