package dev.ebt.tensorflow.board;

import static java.util.Objects.requireNonNullElse;

import dev.ebt.error.SettingException;
import org.jspecify.annotations.Nullable;

/**
 * The settings of event files for TensorBoard.
 *
 * @param every the updates from one point of the training curves to the next (10)
 * @param histograms whether histograms of gradients and energies are written with every validation
 *     (true); gradients take the time of about one update, and once that of compiling their program
 */
public record TensorBoardSettings(Integer every, Boolean histograms) {
  /** Fills in defaults and rejects invalid values. */
  public TensorBoardSettings(@Nullable Integer every, @Nullable Boolean histograms) {
    this.every = requireNonNullElse(every, 10);
    this.histograms = requireNonNullElse(histograms, true);
    if (this.every < 1) {
      throw SettingException.of("every", this.every, "at least 1");
    }
  }
}
