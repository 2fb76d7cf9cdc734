package dev.ebt.interact;

import java.util.Map;
import java.util.function.DoubleFunction;

/**
 * A setting that an evaluation varies, such as the noise of pictures: an option of {@code eval}
 * that takes several values, each of which changes the configuration of the run.
 *
 * @param name the name in tables; the option is the name with two dashes
 * @param placeholder of a value in help
 * @param description in help
 * @param subject the plural noun for the data it is for, such as {@code pictures}
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
}
