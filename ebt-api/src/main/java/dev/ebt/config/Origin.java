package dev.ebt.config;

/**
 * The origin of a configured value.
 *
 * @param kind the kind of source
 * @param place the place in messages: {@code my.yaml, line 3}, {@code --set seed=2}
 */
public record Origin(Kind kind, String place) {
  /** The origin of values that nobody configured. */
  public static final Origin DEFAULT = new Origin(Kind.DEFAULT, "the default");

  /** The origin of values that will be measured before a training begins. */
  public static final Origin MEASURED =
      new Origin(Kind.DERIVED, "measured before the training begins");

  /** The kinds of sources of values. */
  public enum Kind {
    /** The default of a setting. */
    DEFAULT,
    /** Derived from other settings. */
    DERIVED,
    /** A recipe. */
    RECIPE,
    /** A configuration file or text. */
    FILE,
    /** An option of a command that stands for settings, such as {@code --data}. */
    OPTION,
    /** A single setting, such as one set by {@code --set}. */
    SET
  }

  /** Returns the origin of values derived from something. */
  public static Origin derived(String from) {
    return new Origin(Kind.DERIVED, "derived from " + from);
  }

  /** Returns the origin of values of the recipe with this name. */
  public static Origin recipe(String name) {
    return new Origin(Kind.RECIPE, "recipe '" + name + "'");
  }

  /** Returns the origin of values of a file or text. */
  public static Origin file(String name) {
    return new Origin(Kind.FILE, name);
  }

  /** Returns the origin of values that an option stands for. */
  public static Origin option(String option) {
    return new Origin(Kind.OPTION, option);
  }

  /** Returns the origin of a value set by {@code --set}. */
  public static Origin set(String assignment) {
    return new Origin(Kind.SET, "--set " + assignment);
  }

  /** Returns the origin of a line of this one. */
  Origin line(int number) {
    return new Origin(kind, place + ", line " + number);
  }
}
