package dev.ebt.bench.command;

import dev.ebt.error.UserException;
import dev.ebt.plugin.BundledModelFolders;
import dev.ebt.plugin.Catalog;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.function.Supplier;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A converter of runs, which may be bundled models: to the folder of the run or model. */
public final class RunConverter implements ITypeConverter<Path> {
  private final PathConverter paths = new PathConverter();
  private final Supplier<Catalog> discovery;

  @Inject
  RunConverter(Supplier<Catalog> discovery) {
    this.discovery = discovery;
  }

  @Override
  public Path convert(String text) {
    Path path = paths.convert(text);
    try {
      return BundledModelFolders.mayBeName(path)
          ? BundledModelFolders.folder(discovery.get(), path)
          : path;
    } catch (UserException e) {
      throw new TypeConversionException(e.getMessage());
    }
  }
}
