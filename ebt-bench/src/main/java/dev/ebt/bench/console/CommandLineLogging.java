package dev.ebt.bench.console;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.LayoutBase;
import ch.qos.logback.core.encoder.LayoutWrappingEncoder;
import ch.qos.logback.core.spi.ContextAwareBase;
import java.util.Locale;

/**
 * The logging of the command line: warnings to standard error, since standard output belongs to
 * results. It is configured by code, without a pattern, because reading a {@code logback.xml} took
 * a quarter of the time of a short command. In another application, and where {@code
 * logback.configurationFile} names a file, it leaves the configuration to Logback.
 */
public final class CommandLineLogging extends ContextAwareBase implements Configurator {
  private static final String PROPERTY = "ebt.logging";

  /** Creates a configurator; Logback does. */
  public CommandLineLogging() {}

  /** Requests this configuration, before anything is logged. */
  public static void use() {
    System.setProperty(PROPERTY, "true");
  }

  @Override
  public ExecutionStatus configure(LoggerContext context) {
    if (!Boolean.getBoolean(PROPERTY) || System.getProperty("logback.configurationFile") != null) {
      return ExecutionStatus.INVOKE_NEXT_IF_ANY;
    }
    LayoutWrappingEncoder<ILoggingEvent> encoder = new LayoutWrappingEncoder<>();
    encoder.setContext(context);
    encoder.setLayout(new Line());
    encoder.start();
    ConsoleAppender<ILoggingEvent> errors = new ConsoleAppender<>();
    errors.setContext(context);
    errors.setName("stderr");
    errors.setTarget("System.err");
    errors.setEncoder(encoder);
    errors.start();
    // Tokenizers run on the CPU: that DJL looked for a GPU and found none is no news.
    context.getLogger("ai.djl.util.cuda").setLevel(Level.ERROR);
    // What goes wrong with the server is told by its command.
    context.getLogger("io.javalin").setLevel(Level.OFF);
    Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
    root.setLevel(Level.WARN);
    root.addAppender(errors);
    return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
  }

  /** A line with level, class and message, followed by the stack trace if there is one. */
  private static final class Line extends LayoutBase<ILoggingEvent> {
    @Override
    public String doLayout(ILoggingEvent event) {
      String logger = event.getLoggerName();
      IThrowableProxy thrown = event.getThrowableProxy();
      return String.format(
          Locale.ROOT,
          "%-5s %s: %s%n%s",
          event.getLevel(),
          logger.substring(logger.lastIndexOf('.') + 1),
          event.getFormattedMessage(),
          thrown == null ? "" : ThrowableProxyUtil.asString(thrown));
    }
  }
}
