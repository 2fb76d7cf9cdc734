package dev.ebt.text;

import dev.ebt.modality.TokenModality;
import dev.ebt.modality.Tokenizer;
import dev.ebt.report.CellMap;
import dev.ebt.report.ReportNumbers;
import dev.ebt.report.ThinkingSample;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A token of a validation text and its prediction from the tokens before it.
 *
 * @param text the right token
 * @param loss −ln p of it, in nats
 * @param energies of the prediction by numbers of steps; empty for a model without an energy
 * @param energy the final one; not a number for a model without an energy
 * @param rank the place of the right token among all by probability, 1 for the likeliest
 * @param likeliest the likeliest tokens
 */
record PredictedToken(
    String text,
    double loss,
    List<Double> energies,
    double energy,
    int rank,
    List<CellMap.Alternative> likeliest) {
  private static final int ALTERNATIVES = 5;

  /** Returns the tokens of the first example of a sample, without padding. */
  static List<PredictedToken> of(TokenModality modality, ThinkingSample sample) {
    float[] logits = sample.candidate().floats();
    int vocabulary = modality.tokenizer().vocabulary();
    List<PredictedToken> tokens = new ArrayList<>();
    for (ThinkingSample.Trace trace : sample.predictions()) {
      if (trace.row() == 0) {
        int token = (int) sample.first().target().longs()[trace.position()];
        int begin = trace.position() * vocabulary;
        float[] own = Arrays.copyOfRange(logits, begin, begin + vocabulary);
        tokens.add(of(modality.tokenizer(), token, own, trace, sample.usual()));
      }
    }
    return tokens;
  }

  private static PredictedToken of(
      Tokenizer tokenizer, int token, float[] logits, ThinkingSample.Trace trace, int usual) {
    double[] energies =
        Arrays.copyOf(trace.energies(), Math.min(usual + 1, trace.energies().length));
    long better = IntStream.range(0, logits.length).filter(i -> logits[i] > logits[token]).count();
    return new PredictedToken(
        tokenizer.decode(token),
        trace.losses()[usual],
        Arrays.stream(energies).boxed().toList(),
        energies.length == 0 ? Double.NaN : energies[energies.length - 1],
        (int) better + 1,
        likeliest(tokenizer, logits, token));
  }

  private static List<CellMap.Alternative> likeliest(
      Tokenizer tokenizer, float[] logits, int right) {
    double largest = Double.NEGATIVE_INFINITY;
    for (float logit : logits) {
      largest = Math.max(largest, logit);
    }
    double sum = 0;
    for (float logit : logits) {
      sum += Math.exp(logit - largest);
    }
    double normalizer = largest + Math.log(sum);
    return IntStream.range(0, logits.length)
        .boxed()
        .sorted(Comparator.comparingDouble(i -> -logits[i]))
        .limit(ALTERNATIVES)
        .map(
            i ->
                new CellMap.Alternative(
                    tokenizer.decode(i), Math.exp(logits[i] - normalizer), i == right))
        .toList();
  }

  /** Returns the cell of the token, coloured by its loss or, if it has one, by its energy. */
  CellMap.Cell cell() {
    List<Double> values = energies.isEmpty() ? List.of(loss) : List.of(loss, energy);
    List<CellMap.Fact> facts = new ArrayList<>();
    if (!energies.isEmpty()) {
      facts.add(new CellMap.Fact("final energy", ReportNumbers.of(energy)));
    }
    facts.add(new CellMap.Fact("loss", ReportNumbers.of(loss) + " nats"));
    facts.add(new CellMap.Fact("probability", ReportNumbers.of(Math.exp(-loss))));
    facts.add(new CellMap.Fact("place", rank == 1 ? "1, predicted rightly" : String.valueOf(rank)));
    return new CellMap.Cell(text, values, energies, facts, likeliest);
  }
}
