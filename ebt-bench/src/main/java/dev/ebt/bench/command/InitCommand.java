package dev.ebt.bench.command;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** Writes a configuration to begin with. */
@Command(
    name = "init",
    mixinStandardHelpOptions = true,
    header = "Print a commented configuration to begin with.",
    description = {
      "",
      "  ./ebt init > my.yaml && ./ebt train my.yaml --data book.txt",
      "  ./ebt init --recipe denoise > pictures.yaml && ./ebt train pictures.yaml --data photos/",
      ""
    })
public final class InitCommand implements Callable<Integer> {
  @ParentCommand private GlobalOptions ebt;

  @Option(names = "--recipe", paramLabel = "NAME", description = "Which one; see below (text).")
  private String recipe = "text";

  @Override
  public Integer call() {
    System.out.print(ebt.catalog().recipe(recipe));
    return 0;
  }
}
