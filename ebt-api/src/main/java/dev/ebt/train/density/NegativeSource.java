package dev.ebt.train.density;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.ebt.error.SettingException;
import org.jspecify.annotations.Nullable;

/** Where negatives are from. */
public enum NegativeSource {
  /** Uniform in a cube. */
  @JsonProperty("uniform")
  UNIFORM("uniform", "are drawn and take no steps"),
  /** The targets of other rows of the batch. */
  @JsonProperty("data")
  DATA("data", "are the targets of other rows"),
  /** From the cube, after steps of thinking. */
  @JsonProperty("langevin")
  LANGEVIN("langevin", "take steps from a cube"),
  /** The initial candidates of the data, one worse answer for each row. */
  @JsonProperty("given")
  GIVEN("given", "are those of the data");

  private final String word;
  private final String negatives;

  NegativeSource(String word, String negatives) {
    this.word = word;
    this.negatives = negatives;
  }

  /** Returns whether points of a cube are drawn. */
  boolean usesCube() {
    return this == UNIFORM || this == LANGEVIN;
  }

  /** Returns whether points take steps. */
  boolean usesSteps() {
    return this == LANGEVIN;
  }

  /**
   * Refuses a setting that has no effect on negatives from here.
   *
   * @throws SettingException if it has a value
   */
  void refuse(String setting, @Nullable Number value) {
    if (value != null) {
      throw new SettingException(
          setting,
          "is "
              + value
              + ", but with source: "
              + word
              + " negatives "
              + negatives
              + ", so that it has no effect; leave it out");
    }
  }
}
