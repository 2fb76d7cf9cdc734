package dev.ebt.modality;

/**
 * A modality that converts any text to examples, so that a model can compute its likelihood: see
 * {@link dev.ebt.run.TrainedModel#score(String)}.
 */
public interface TextScoring {
  /**
   * Returns examples in which each token of a text is predicted once, from the preceding text or
   * from as much of its end as {@link ScoringExamples#contextRule} states.
   *
   * @throws dev.ebt.error.UserException if the text has nothing to predict or cannot be encoded
   */
  ScoringExamples tokenExamples(String text);
}
