package dev.ebt.bench.command;

import dev.ebt.config.Overrides;
import dev.ebt.plugin.Catalog;
import dev.ebt.plugin.Configurations;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** The command that writes a configuration file. */
@Command(
    name = "init",
    mixinStandardHelpOptions = true,
    header = "Print a commented configuration.",
    description = {
      "",
      "  ./ebt init > my.yaml && ./ebt train my.yaml --data book.txt",
      "  ./ebt init --recipe denoise > pictures.yaml && ./ebt train pictures.yaml --data photos/",
      ""
    })
public final class InitCommand implements Callable<Integer> {
  @ParentCommand private GlobalOptions ebt;

  @Option(names = "--recipe", paramLabel = "NAME", description = "The recipe; see below (text).")
  private String recipe = "text";

  @Override
  public Integer call() {
    Catalog catalog = ebt.catalog();
    System.out.print(catalog.recipe(recipe));
    FurtherSettings.of(catalog, Configurations.read(catalog, recipe, (Path) null, Overrides.none()))
        .forEach(System.out::println);
    return 0;
  }
}
