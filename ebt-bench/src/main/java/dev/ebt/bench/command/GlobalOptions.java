package dev.ebt.bench.command;

import static java.util.stream.Collectors.joining;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The options of every command. */
@Singleton
public final class GlobalOptions {
  /** The name of the option for further plugins. */
  public static final String PLUGINS = "--plugins";

  @Option(
      names = PLUGINS,
      paramLabel = "PATH",
      split = ",",
      scope = ScopeType.INHERIT,
      description = "Jars, or folders of jars, with further plugins.")
  private List<Path> plugins = List.of();

  private List<Path> ahead = List.of();

  @Option(
      names = "--stacktrace",
      scope = ScopeType.INHERIT,
      description = "Show where in the program an error came from.")
  private boolean stacktrace;

  /** Creates options without values; the injector does, for all commands the same. */
  @Inject
  public GlobalOptions() {}

  /**
   * Returns the jars and folders with further plugins: those found ahead of parsing if there are
   * any, since while a command line is parsed, the option has only the first ones.
   */
  public List<Path> plugins() {
    return ahead.isEmpty() ? plugins : ahead;
  }

  /** Sets the plugins ahead of parsing, which may need their options and models. */
  public void usePlugins(List<Path> paths) {
    ahead = paths;
  }

  /** Returns whether errors are shown with their stack trace. */
  public boolean stacktrace() {
    return stacktrace;
  }

  /**
   * Returns what another command needs to load the same plugins: nothing, or {@code --plugins …}.
   */
  String pluginOptions() {
    return plugins().isEmpty()
        ? ""
        : plugins().stream().map(ShellWord::of).collect(joining(",", " --plugins ", ""));
  }
}
