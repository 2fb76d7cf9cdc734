package dev.ebt.modality;

/**
 * A modality that makes examples of any text, so that a model can tell how likely the text is: see
 * {@link dev.ebt.run.TrainedModel#score(String)}.
 */
public interface TextScoring {
  /**
   * Returns examples in which each token of a text is predicted once, from the text before it or
   * from as much of its end as is stated by {@link TokenExamples#contextRule}.
   *
   * @throws dev.ebt.error.UserException if the text has nothing to predict, or cannot be encoded
   */
  TokenExamples tokenExamples(String text);
}
