package dev.ebt.interact;

/**
 * Descriptions of options that several interactions declare. An option of one name has one
 * description in the help of {@code think}.
 */
public final class SharedOptions {
  /** The description of {@code --no-cache}, a flag for models with a key/value cache. */
  public static final String NO_CACHE =
      "Observe the whole window again for each token or frame; slower, same result.";

  /** The description of {@code --explain}, a flag for the energies of predictions. */
  public static final String EXPLAIN =
      "Show the energies of each prediction before thinking and after each step, and its"
          + " alternatives if there are some.";

  private SharedOptions() {}
}
