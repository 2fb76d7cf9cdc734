package dev.ebt.run;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** The version of ebt that is running, which the build takes from the root POM. */
public final class EbtVersion {
  private static final String VERSION = read();

  private EbtVersion() {}

  /** Returns the version, such as "1.2.0" or "1.3.0-SNAPSHOT". */
  public static String current() {
    return VERSION;
  }

  private static String read() {
    Properties properties = new Properties();
    try (InputStream in = EbtVersion.class.getResourceAsStream("version.properties")) {
      properties.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return properties.getProperty("version");
  }
}
