package dev.ebt.text.experiment;

import dev.ebt.modality.Batch;
import dev.ebt.predict.Predictor;
import dev.ebt.predict.TargetEnergies;
import dev.ebt.run.RunParts;
import dev.ebt.tensor.Array;
import dev.ebt.text.fact.Sentences;
import java.util.function.Function;
import java.util.stream.IntStream;

/** Scores of whole sentences under a trained model of text, the higher the better it fits. */
final class SentenceScores {
  private static final int ROWS = 64;

  private SentenceScores() {}

  /** Returns the log-likelihood in nats of the tokens that count, by the model's usual steps. */
  static double[] logLikelihoods(RunParts model, Sentences sentences) {
    String target = model.modality().target().name();
    try (Predictor predictor = model.predictor(ROWS)) {
      return sums(
          sentences,
          batch -> {
            predictor.observe(batch.context());
            predictor.begin(model.configuration().seed());
            predictor.reach(model.steps().taken(), 0);
            return predictor.assess(target, batch.target()).get("loss");
          });
    }
  }

  /**
   * Returns the negative sum of the energies of the tokens that count, each as the candidate in its
   * place.
   *
   * @throws IllegalArgumentException if the model has no such energies
   */
  static double[] negativeEnergies(RunParts model, Sentences sentences) {
    try (TargetEnergies energies =
        model
            .targetEnergies(ROWS)
            .orElseThrow(() -> new IllegalArgumentException("a model without energies"))) {
      return sums(sentences, batch -> energies.of(batch.context(), batch.target()));
    }
  }

  /** Returns the negative sum over the predictions of each sentence that count. */
  static double[] sums(Sentences sentences, Function<Batch, Array> values) {
    double[] sums = new double[sentences.size()];
    for (int from = 0; from < sums.length; from += ROWS) {
      int first = from;
      int filled = Math.min(ROWS, sums.length - from);
      Batch batch =
          sentences.batch(
              IntStream.range(0, ROWS).map(i -> first + (i < filled ? i : 0)).toArray());
      Array found = values.apply(batch);
      int perRow = batch.weight().shape().elements() / ROWS;
      for (int i = 0; i < filled * perRow; i++) {
        if (batch.weight().real(i) != 0) {
          sums[from + i / perRow] -= found.real(i);
        }
      }
    }
    return sums;
  }
}
