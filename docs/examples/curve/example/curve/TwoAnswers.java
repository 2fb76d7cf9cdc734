package example.curve;

import static dev.ebt.tensor.Functions.tanh;
import static java.util.Objects.requireNonNullElse;

import dev.ebt.energy.Model;
import dev.ebt.error.SettingException;
import dev.ebt.nn.Linear;
import dev.ebt.nn.Parameters;
import dev.ebt.tensor.Tensor;
import java.util.Locale;

/**
 * A model of a type of its own: it gives two answers for a context. It is no energy, predicts no
 * single answer and removes no noise, so {@link TwoAnswersFamily} says how it is used.
 *
 * @param width the width of the embedded context
 */
public record TwoAnswers(int width) implements Model {
  /**
   * The settings.
   *
   * @param width the width of the embedded context (32)
   */
  public record Settings(Integer width) {
    /** Fills in the default and rejects invalid values. */
    public Settings {
      width = requireNonNullElse(width, 32);
      if (width < 1) {
        throw SettingException.of("width", width, "at least 1");
      }
    }
  }

  @Override
  public String description() {
    return String.format(Locale.ROOT, "two answers from a layer of %d neurons", width);
  }

  /**
   * Computes both answers.
   *
   * @param context the embedded context, [rows, width]
   * @return [rows, 2]
   */
  Tensor answers(Tensor context, Parameters parameters) {
    Tensor hidden = tanh(Linear.apply(tanh(context), "hidden", width, parameters));
    return Linear.apply(hidden, "answers", 2, parameters);
  }
}
