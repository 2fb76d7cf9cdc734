package dev.ebt.interact;

import dev.ebt.config.Assignment;
import dev.ebt.config.Origin;
import dev.ebt.config.Overrides;
import dev.ebt.run.Variation;
import java.util.Map;
import java.util.function.DoubleFunction;

/**
 * A setting that an evaluation varies, such as the noise of images: an option of {@code eval} that
 * takes several values, each of which changes the configuration of the run.
 *
 * @param name the name in tables; the option is the name with two dashes
 * @param placeholder of a value in help
 * @param description in help
 * @param subject the plural noun for the data it is for, such as {@code images}
 * @param modality the name of the modality it is for
 * @param settings returns the settings for a value, by their paths in the configuration
 */
public record VariedSetting(
    String name,
    String placeholder,
    String description,
    String subject,
    String modality,
    DoubleFunction<Map<String, Double>> settings) {
  /** Returns the option, such as {@code --noise}. */
  public String option() {
    return "--" + name;
  }

  /** Returns a value of the setting for an evaluation. */
  public Variation variation(double value) {
    Origin origin = Origin.option(option() + " " + value);
    Overrides overrides =
        Overrides.of(
            settings.apply(value).entrySet().stream()
                .map(each -> Assignment.of(each.getKey(), each.getValue(), origin))
                .toArray(Assignment[]::new));
    return new Variation(name, value, modality, subject, overrides);
  }
}
