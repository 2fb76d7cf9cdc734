package dev.ebt.bench.command;

import dev.ebt.interact.Interactions;
import dev.ebt.plugin.Catalog;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** Lists what there is to be named in a configuration. */
@Command(
    name = "plugins",
    mixinStandardHelpOptions = true,
    header = "List all parts by kind and name, and the plugins that bring them.",
    description = {
      "",
      "  ./ebt plugins --plugins my-plugin.jar",
      "  javac --release 17 -cp \"$(./ebt plugins --class-path)\" -d classes MyPlugin.java",
      ""
    })
public final class PluginsCommand implements Callable<Integer> {
  @ParentCommand private GlobalOptions ebt;

  @Option(
      names = "--class-path",
      description = "Print the class path instead, to compile a plugin against.")
  private boolean classPath;

  @Override
  public Integer call() {
    if (classPath) {
      System.out.println(System.getProperty("java.class.path"));
      return 0;
    }
    Catalog catalog = ebt.catalog();
    String kind = "";
    List<Catalog.Entry> entries = new ArrayList<>(catalog.entries());
    entries.addAll(Interactions.of(catalog).entries());
    for (Catalog.Entry entry : entries) {
      if (!entry.kind().equals(kind)) {
        kind = entry.kind();
        System.out.println(kind);
      }
      System.out.printf(
          Locale.ROOT,
          "  %-20s %-14s %s%n",
          entry.name(),
          "(" + entry.plugin() + ")",
          entry.summary());
    }
    System.out.println("plugins");
    catalog
        .plugins()
        .forEach(p -> System.out.printf(Locale.ROOT, "  %-20s %s%n", p.name(), p.origin()));
    return 0;
  }
}
