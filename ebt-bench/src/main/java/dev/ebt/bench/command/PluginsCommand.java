package dev.ebt.bench.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ebt.bench.console.StandardStreams;
import dev.ebt.experiment.Experiments;
import dev.ebt.inference.InferenceAdapters;
import dev.ebt.interact.Descriptions;
import dev.ebt.plugin.Catalog;
import dev.ebt.plugin.PartDescription;
import dev.ebt.report.ReportSections;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command that lists the parts that a configuration can name, and describes their settings. */
@Command(
    name = "plugins",
    mixinStandardHelpOptions = true,
    header = "List all parts by kind and name, or describe one with its settings.",
    description = {
      "",
      "  ./ebt plugins",
      "  ./ebt plugins model.autoregressive      its settings, types, defaults and meaning",
      "  ./ebt plugins model                     all parts of a kind",
      "  ./ebt plugins recipe.text               the configuration that a recipe stands for",
      "  ./ebt plugins --plugins my-plugin.jar",
      "  javac --release 17 -cp \"$(./ebt plugins --class-path)\" -d classes MyPlugin.java",
      ""
    })
public final class PluginsCommand implements Callable<Integer> {
  private final StandardStreams streams;
  private final Supplier<Catalog> discovery;

  @Spec private CommandSpec spec;

  @Parameters(
      arity = "0..1",
      paramLabel = "PART",
      description =
          "Describe this part: KIND.NAME, or NAME if it is unique; or list a KIND. Where a kind"
              + " and a part have the same name, both are printed.")
  private @Nullable String part;

  @Option(
      names = "--json",
      description = "Print the descriptions as JSON, of all parts, a KIND, or PART.")
  private boolean json;

  @Option(
      names = "--class-path",
      description = "Print the class path instead, to compile a plugin against.")
  private boolean classPath;

  @Inject
  PluginsCommand(StandardStreams streams, Supplier<Catalog> discovery) {
    this.streams = streams;
    this.discovery = discovery;
  }

  @Override
  public Integer call() throws JsonProcessingException {
    if (classPath) {
      if (part != null || json) {
        throw new ParameterException(
            spec.commandLine(), "--class-path takes no other option and no part; remove them");
      }
      streams.out().println(System.getProperty("java.class.path"));
      return 0;
    }
    Catalog catalog = discovery.get();
    List<Catalog.Entry> further = new ArrayList<>(InferenceAdapters.entries(catalog));
    further.addAll(ReportSections.of(catalog).entries());
    further.addAll(Experiments.of(catalog).entries());
    Descriptions descriptions = Descriptions.of(catalog, further);
    List<Catalog.Entry> listed = part == null ? descriptions.entries() : descriptions.ofKind(part);
    List<PartDescription> alsoCalled =
        part == null || listed.isEmpty() ? List.of() : descriptions.called(part);
    if (json) {
      Object described =
          part != null && listed.isEmpty()
              ? descriptions.find(part)
              : Stream.concat(descriptions.all(listed).stream(), alsoCalled.stream()).toList();
      streams
          .out()
          .println(
              new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(described));
    } else if (part != null && listed.isEmpty()) {
      PartText.of(descriptions.find(part)).forEach(streams.out()::println);
    } else {
      list(listed);
      alsoCalled.forEach(also -> PartText.of(also).forEach(streams.out()::println));
      if (part == null) {
        listPlugins(catalog);
      }
    }
    return 0;
  }

  private void list(List<Catalog.Entry> entries) {
    String kind = "";
    for (Catalog.Entry entry : entries) {
      if (!entry.kind().equals(kind)) {
        kind = entry.kind();
        streams.out().println(kind);
      }
      streams
          .out()
          .printf(
              Locale.ROOT,
              "  %-20s %-14s %s%n",
              entry.name(),
              "(" + entry.plugin() + ")",
              entry.summary());
    }
  }

  private void listPlugins(Catalog catalog) {
    streams.out().println("plugins");
    catalog
        .plugins()
        .forEach(p -> streams.out().printf(Locale.ROOT, "  %-20s %s%n", p.name(), p.origin()));
  }
}
