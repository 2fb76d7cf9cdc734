package dev.ebt.bench.command;

import static java.util.stream.Collectors.joining;

import dev.ebt.bench.progress.ProgressLine;
import dev.ebt.plugin.Catalog;
import dev.ebt.plugin.Plugins;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The options of every command, on the command {@code ebt} itself. */
public class GlobalOptions {
  @Option(
      names = "--plugins",
      paramLabel = "PATH",
      split = ",",
      scope = ScopeType.INHERIT,
      description = "Jars, or folders of jars, with further plugins.")
  private List<Path> plugins = List.of();

  @Option(
      names = "--stacktrace",
      scope = ScopeType.INHERIT,
      description = "Show where in the program an error came from.")
  private boolean stacktrace;

  private @Nullable Catalog catalog;
  private List<Path> discovered = List.of();

  /** Returns the parts of the plugins on the class path and of those named on the command line. */
  public final Catalog catalog() {
    if (catalog == null || !plugins.equals(discovered)) {
      catalog =
          Plugins.discover(plugins)
              .watchedBy(ProgressLine.watch(System.err, ProgressLine.onTerminal()));
      discovered = plugins;
    }
    return catalog;
  }

  /** Sets the plugins ahead of parsing, which may need their options. */
  protected final void usePlugins(List<Path> paths) {
    plugins = paths;
  }

  /** Returns whether errors are shown with their stack trace. */
  protected final boolean stacktrace() {
    return stacktrace;
  }

  /**
   * Returns what another command needs to load the same plugins: nothing, or {@code --plugins …}.
   */
  final String pluginOptions() {
    return plugins.isEmpty()
        ? ""
        : plugins.stream().map(ShellWord::of).collect(joining(",", " --plugins ", ""));
  }
}
