package dev.ebt.error;

/**
 * A refusal of one setting: whoever binds settings knows from it which value of a file, recipe or
 * option is meant. Settings records throw it with the name of one of their components.
 */
public final class SettingException extends UserException {
  private static final long serialVersionUID = 1L;

  private final String setting;
  private final String reason;

  /**
   * Creates a refusal.
   *
   * @param setting the component of the record, or the dotted path below it
   * @param reason the rest of the sentence: {@code "is 0; at least 1 expected"}
   */
  public SettingException(String setting, String reason) {
    super(setting + " " + reason);
    this.setting = setting;
    this.reason = reason;
  }

  /** Returns a refusal such as {@code beta1 is 1.5; below 1 expected}. */
  public static SettingException of(String setting, Object found, String expected) {
    return new SettingException(setting, "is " + found + "; " + expected + " expected");
  }

  /** Returns the component, or the path, of the refused setting. */
  public String setting() {
    return setting;
  }

  /** Returns this refusal of the setting at another path, with this as its cause. */
  public SettingException at(String path) {
    SettingException placed = new SettingException(path, reason);
    placed.initCause(this);
    return placed;
  }
}
