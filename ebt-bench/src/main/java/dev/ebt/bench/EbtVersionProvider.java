package dev.ebt.bench;

import dev.ebt.run.EbtVersion;
import picocli.CommandLine.IVersionProvider;

/** A provider of the text of {@code ebt --version}. */
final class EbtVersionProvider implements IVersionProvider {
  @Override
  public String[] getVersion() {
    return new String[] {"ebt " + EbtVersion.current()};
  }
}
