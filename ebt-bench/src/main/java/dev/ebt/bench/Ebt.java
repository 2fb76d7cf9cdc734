package dev.ebt.bench;

import dev.ebt.bench.application.Application;
import dev.ebt.bench.command.GlobalOptions;
import dev.ebt.bench.command.PathConverter;
import dev.ebt.bench.command.PluginOptions;
import dev.ebt.bench.command.Signals;
import dev.ebt.bench.console.CommandLineLogging;
import dev.ebt.bench.console.ConsoleTerminal;
import dev.ebt.bench.console.StandardStreams;
import dev.ebt.bench.progress.ProgressLines;
import dev.ebt.error.MessageSanitizer;
import dev.ebt.error.OutOfMemoryErrors;
import dev.ebt.error.Required;
import dev.ebt.error.UserException;
import dev.ebt.plugin.Catalog;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The {@code ebt} command. */
@Command(
    name = "ebt",
    header = "Energy-Based Transformers: training and inference.",
    description = {
      "",
      "  ./ebt demo                          evaluates a small trained model",
      "  ./ebt train                         trains a small model on built-in text",
      "  ./ebt train --data book.txt         trains on your own text",
      "  ./ebt think runs/book --prompt \"It was\" --steps 4 --explain",
      ""
    },
    mixinStandardHelpOptions = true,
    versionProvider = EbtVersionProvider.class,
    synopsisSubcommandLabel = "COMMAND")
public final class Ebt {
  private static final int MISTAKE = 2;
  private static final int FAULT = 1;

  /** The exit code that a shell reports for a program that SIGPIPE has ended. */
  private static final int READER_GONE = 141;

  private static final String HELP = "help";

  /** The width of help texts in columns. */
  static final int HELP_WIDTH = 100;

  @Mixin private final GlobalOptions options;

  private final StandardStreams streams;
  private final Supplier<Catalog> discovery;
  private final Map<String, Object> commands;

  @Inject
  Ebt(
      GlobalOptions options,
      StandardStreams streams,
      Supplier<Catalog> discovery,
      @Named(Application.COMMANDS) Map<String, Object> commands) {
    this.options = options;
    this.streams = streams;
    this.discovery = discovery;
    this.commands = commands;
  }

  /** Runs the command line and exits with its code. */
  public static void main(String[] args) {
    // Guice creates each class once: generating bytecode would take longer than reflection.
    System.setProperty("guice_bytecode_gen_option", "DISABLED");
    CommandLineLogging.use();
    OutputStream out = new FileOutputStream(FileDescriptor.out);
    OutputStream err = new FileOutputStream(FileDescriptor.err);
    boolean outTerminal = TerminalStream.outputIsTerminal();
    boolean errTerminal = ProgressLines.onTerminal();
    System.setOut(ResultStream.to(outTerminal ? TerminalStream.of(out) : out));
    System.setErr(utf8(errTerminal ? TerminalStream.withCarriageReturns(err) : err));
    Signals.endAtOnce();
    PrintStream plain = outTerminal ? utf8(out) : System.out;
    ConsoleTerminal terminal = ConsoleTerminal.ofProcess(outTerminal, plain);
    System.exit(
        execute(
            Application.of(StandardStreams.system().on(terminal)),
            plain,
            errTerminal ? utf8(err) : System.err,
            args));
  }

  /** Returns a UTF-8 stream, independent of the locale. */
  private static PrintStream utf8(OutputStream stream) {
    return new PrintStream(stream, true, StandardCharsets.UTF_8);
  }

  /**
   * Runs the command line and returns its exit code: 0 for success, 2 for a mistake of the user, 1
   * for a fault of the program, 141 if the reader of the output has closed it.
   */
  public static int execute(String... args) {
    return execute(Application.of(StandardStreams.system()), args);
  }

  /** Runs the command line with the collaborators of an application. */
  static int execute(Application application, String... args) {
    StandardStreams streams = application.get(StandardStreams.class);
    return execute(application, streams.out(), streams.err(), args);
  }

  /** Uses separate streams for help, because its colors are escape sequences for the terminal. */
  private static int execute(
      Application application, PrintStream helpOut, PrintStream helpErr, String... args) {
    Ebt ebt = application.get(Ebt.class);
    try {
      CommandLine line = ebt.line(application, args);
      line.setErr(new PrintWriter(helpErr, true, StandardCharsets.UTF_8));
      line.setOut(new PrintWriter(helpOut, true, StandardCharsets.UTF_8));
      return ebt.written(line.execute(args));
    } catch (RuntimeException | Error e) {
      return ebt.report(e);
    }
  }

  /** Returns a command line with the options that the plugins named in its arguments provide. */
  static CommandLine commandLine(String... args) {
    Application application = Application.of(StandardStreams.system());
    return application.get(Ebt.class).line(application, args);
  }

  private CommandLine line(Application application, String... args) {
    options.usePlugins(PluginPaths.in(args));
    CommandLine line = new CommandLine(this, application);
    commands.forEach(line::addSubcommand);
    line.addSubcommand(new CommandLine.HelpCommand());
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setExpandAtFiles(false);
    line.setUsageHelpWidth(HELP_WIDTH);
    line.registerConverter(Path.class, new PathConverter());
    line.setExecutionExceptionHandler((e, command, result) -> report(e));
    line.setParameterExceptionHandler((e, given) -> refuse(OptionMistake.message(e)));
    line.setExecutionStrategy(
        result -> {
          if (!result.hasSubcommand()
              && !result.isUsageHelpRequested()
              && !result.isVersionHelpRequested()) {
            line.usage(line.getErr());
            return MISTAKE;
          }
          return new CommandLine.RunLast().execute(result);
        });
    List.of("train", "init")
        .forEach(name -> RecipeList.addTo(Required.of(line.getSubcommands(), name), discovery));
    Required.of(line.getSubcommands(), HELP)
        .getCommandSpec()
        .usageMessage()
        .header("Show the help of ebt, or of a command.")
        .description("", "  ./ebt help train", "");
    Stream.of(args)
        .filter(name -> line.getSubcommands().containsKey(name) && !name.equals(HELP))
        .findFirst()
        .map(line.getSubcommands()::get)
        .ifPresent(Ebt::addPluginOptions);
    return line;
  }

  /** Adds the options of plugins, which are looked for ahead of parsing. */
  private static void addPluginOptions(CommandLine command) {
    if (command.getCommand() instanceof PluginOptions extensible) {
      extensible.addOptions(command.getCommandSpec());
    }
  }

  /** Reports a failure to write standard output. */
  private int written(int code) {
    if (!streams.out().checkError()) {
      return code;
    }
    Optional<String> reason = Optional.empty();
    if (streams.out() instanceof ResultStream results) {
      if (results.readerHasGone()) {
        return code == 0 ? READER_GONE : code;
      }
      reason = results.failure();
    }
    streams
        .err()
        .println(
            "ebt: standard output cannot be written: "
                + reason.orElse("the disk is full or the pipe is closed"));
    return code == 0 ? MISTAKE : code;
  }

  private int refuse(String message) {
    streams.err().println("ebt: " + message);
    return MISTAKE;
  }

  private int report(OutOfMemoryError e) {
    if (options.stacktrace()) {
      e.printStackTrace(streams.err());
    }
    streams
        .err()
        .printf(
            Locale.ROOT,
            "ebt: out of memory: %s; Java may use %d MiB. Reduce training.batch,"
                + " modality.length, model.width or model.layers, or allow more memory, for example"
                + " EBT_JAVA_OPTS=-Xmx8g%n",
            e.getMessage(),
            Runtime.getRuntime().maxMemory() >> 20);
    return MISTAKE;
  }

  /** Returns the plugin whose code failed, if it is not the program's own. */
  private Optional<String> atFault(Throwable e) {
    try {
      return discovery.get().pluginAtFault(e);
    } catch (UserException unavailable) {
      return Optional.empty();
    }
  }

  private int report(Throwable e) {
    boolean mistake = e instanceof UserException;
    Optional<OutOfMemoryError> memory = OutOfMemoryErrors.in(e);
    if (memory.isPresent() && !mistake) {
      return report(memory.get());
    }
    if (!mistake || options.stacktrace()) {
      e.printStackTrace(streams.err());
    }
    if (mistake) {
      streams.err().println("ebt: " + e.getMessage());
    } else {
      String whose = atFault(e).orElse("the program");
      streams.err().println(MessageSanitizer.of("ebt: internal error of " + whose + ": " + e));
    }
    return mistake ? MISTAKE : FAULT;
  }
}
