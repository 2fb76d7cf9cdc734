package dev.ebt.error;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** The path that a setting names. */
public final class PathSetting {
  private PathSetting() {}

  /**
   * Returns the path.
   *
   * @param setting the component of the record, or the dotted path, in messages
   * @throws SettingException if the value is not a path on this system
   */
  public static Path of(String setting, String value) {
    try {
      return Path.of(value);
    } catch (InvalidPathException e) {
      throw new SettingException(
          setting, "is '" + value + "', which is not a path: " + e.getReason());
    }
  }
}
