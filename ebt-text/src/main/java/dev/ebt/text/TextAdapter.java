package dev.ebt.text;

import dev.ebt.inference.InferenceAdapter;
import dev.ebt.modality.Modality;
import dev.ebt.text.window.WindowedTextModality;

/**
 * An adapter of text models whose answers are texts.
 *
 * @param <I> the input
 */
abstract class TextAdapter<I> implements InferenceAdapter<I, String> {
  @Override
  public final String subject() {
    return "text";
  }

  @Override
  public final Class<String> output() {
    return String.class;
  }

  @Override
  public final boolean supports(Modality modality) {
    return modality instanceof WindowedTextModality;
  }
}
