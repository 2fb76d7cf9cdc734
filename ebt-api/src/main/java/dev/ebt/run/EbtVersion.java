package dev.ebt.run;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Properties;

/** The version of ebt that is running, which the build takes from the root POM and from git. */
public final class EbtVersion {
  private static final String VERSION = version();
  private static final String COMMIT = commit(commitFile());

  private EbtVersion() {}

  /** Returns the version, such as "1.2.0" or "1.3.0-SNAPSHOT". */
  public static String current() {
    return VERSION;
  }

  /**
   * Returns the hash of the commit that was built, with "+changes" if the sources differed from it;
   * "unknown" if they were built without git.
   */
  public static String commit() {
    return COMMIT;
  }

  /** Returns what git describes as the commit, or "unknown" where it describes none. */
  static String commit(String described) {
    String line = described.strip();
    return line.matches("[0-9a-f]{40,64}(\\+changes)?") ? line : "unknown";
  }

  private static String version() {
    Properties properties = new Properties();
    try (InputStream in = EbtVersion.class.getResourceAsStream("version.properties")) {
      properties.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return properties.getProperty("version");
  }

  /** Returns the output of git at the build; empty if there was no git. */
  private static String commitFile() {
    try (InputStream in = EbtVersion.class.getResourceAsStream("commit.txt")) {
      return in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
