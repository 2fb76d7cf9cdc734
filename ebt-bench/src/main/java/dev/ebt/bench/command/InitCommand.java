package dev.ebt.bench.command;

import dev.ebt.bench.console.StandardStreams;
import dev.ebt.config.Overrides;
import dev.ebt.plugin.Catalog;
import dev.ebt.plugin.Configurations;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command that writes a configuration file. */
@Command(
    name = "init",
    mixinStandardHelpOptions = true,
    header = "Print a commented configuration.",
    description = {
      "",
      "  ./ebt init > my.yaml && ./ebt train my.yaml --data book.txt",
      "  ./ebt init --recipe denoise > images.yaml && ./ebt train images.yaml --data photos/",
      ""
    })
public final class InitCommand implements Callable<Integer> {
  private final StandardStreams streams;
  private final Supplier<Catalog> discovery;

  @Option(
      names = "--recipe",
      paramLabel = "NAME",
      description = "The recipe; see below (that of train --data).")
  private @Nullable String recipe;

  @Inject
  InitCommand(StandardStreams streams, Supplier<Catalog> discovery) {
    this.streams = streams;
    this.discovery = discovery;
  }

  @Override
  public Integer call() {
    Catalog catalog = discovery.get();
    String name = recipe == null ? catalog.defaultRecipe(true) : recipe;
    streams.out().print(catalog.recipe(name));
    FurtherSettings.of(catalog, Configurations.read(catalog, name, (Path) null, Overrides.none()))
        .forEach(streams.out()::println);
    return 0;
  }
}
