package dev.ebt.text.fact;

/**
 * An invented pair of a name and a description.
 *
 * @param name such as {@code miko}
 * @param description such as {@code gold wolf}
 */
public record Fact(String name, String description) {
  private static final String SEPARATOR = ": ";
  private static final String END = "\n";

  /** Returns the beginning of the sentence that ends with the description. */
  public String beforeDescription() {
    return name + SEPARATOR;
  }

  /** Returns the beginning of the sentence that ends with the name. */
  public String beforeName() {
    return description + SEPARATOR;
  }

  /** Returns the name and then the description as a sentence. */
  public String forward() {
    return beforeDescription() + description + END;
  }

  /** Returns the description and then the name as a sentence. */
  public String reversed() {
    return beforeName() + name + END;
  }
}
