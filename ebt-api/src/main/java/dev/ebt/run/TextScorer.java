package dev.ebt.run;

import dev.ebt.error.Required;
import dev.ebt.error.UserException;
import dev.ebt.modality.ScoringExamples;
import dev.ebt.modality.ScoringExamples.Token;
import dev.ebt.modality.TextScoring;
import dev.ebt.predict.ComputeBudgets;
import dev.ebt.predict.EvaluationResult;
import dev.ebt.predict.Predictor;
import dev.ebt.run.TextScore.LikelyToken;
import dev.ebt.run.TextScore.TokenScore;
import dev.ebt.tensor.Array;
import dev.ebt.think.PredictionEvaluator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** A collector of the scores of one text's tokens, in order. */
final class TextScorer {
  private final List<Token> tokens;
  private final LikelyTokens likely;
  private final List<TokenScore> scores = new ArrayList<>();
  private double seconds;
  private double evaluations;
  private boolean counted;

  private TextScorer(List<Token> tokens, LikelyTokens likely) {
    this.tokens = tokens;
    this.likely = likely;
  }

  /**
   * Scores a text; see {@link TrainedModel#score(String, int, int, int)}.
   *
   * @param likeliest the number of likeliest tokens to return at each place; 0 unless there is one
   *     candidate
   */
  static TextScore score(
      RunParts parts, String text, int steps, int candidates, int rows, int likeliest) {
    if (!(parts.modality() instanceof TextScoring scoring)) {
      throw new UserException(
          String.format(
              Locale.ROOT,
              "only a model of text can score a text; this run has modality '%s'",
              parts.configuration().modality().name()));
    }
    ComputeBudgets budgets = new ComputeBudgets(List.of(steps), List.of(candidates));
    parts.check(budgets);
    ScoringExamples examples = scoring.tokenExamples(text);
    LikelyTokens likely = new LikelyTokens(parts.modality(), likeliest);
    TextScorer scorer = new TextScorer(examples.tokens(), likely);
    int together = Math.min(rows, examples.examples().size());
    try (Predictor predictor = parts.predictor(together)) {
      PredictionEvaluator evaluator =
          new PredictionEvaluator(predictor, parts.modality(), together);
      evaluator.forEachBatch(
          examples.examples(),
          examples.examples().size(),
          budgets,
          parts.configuration().seed(),
          result -> scorer.add(result, predictor));
      return new TextScore(
          steps,
          candidates,
          scorer.evaluations(evaluator.evaluations(steps, candidates)),
          scorer.seconds,
          examples.contextRule(),
          scorer.scores);
    }
  }

  /** Returns the mean number of evaluations where tokens differ in it. */
  private Number evaluations(int ofAll) {
    return counted ? (Number) (evaluations / scores.size()) : ofAll;
  }

  private void add(PredictionEvaluator.BatchResult result, Predictor predictor) {
    List<List<LikelyToken>> others = likely.of(predictor, result.weight());
    Array loss = Required.of(result.metrics(), "loss");
    @Nullable Array used = result.metrics().get(EvaluationResult.EVALUATIONS);
    @Nullable Array energy = result.metrics().get("energy");
    for (int i = 0; i < result.weight().length; i++) {
      if (result.weight()[i] != 0) {
        evaluations += used == null ? 0 : used.real(i);
        counted |= used != null;
        Token token = tokens.get(scores.size());
        scores.add(
            new TokenScore(
                token.text(),
                token.bytes(),
                loss.real(i) + 0.0, // Adding 0.0 turns −0 into 0.
                energy == null ? OptionalDouble.empty() : OptionalDouble.of(energy.real(i)),
                others.get(i)));
      }
    }
    seconds += result.seconds();
  }
}
