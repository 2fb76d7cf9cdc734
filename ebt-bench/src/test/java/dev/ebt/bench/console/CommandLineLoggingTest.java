package dev.ebt.bench.console;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator.ExecutionStatus;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.ConsoleAppender;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

@ResourceLock(Resources.SYSTEM_ERR)
class CommandLineLoggingTest {
  private static final String REQUESTED = "ebt.logging";
  private static final String FILE = "logback.configurationFile";

  private final Optional<String> requested = Optional.ofNullable(System.getProperty(REQUESTED));
  private final Optional<String> file = Optional.ofNullable(System.getProperty(FILE));
  private final LoggerContext context = new LoggerContext();
  private final Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);

  @AfterEach
  void restore() {
    restore(REQUESTED, requested);
    restore(FILE, file);
  }

  private static void restore(String name, Optional<String> value) {
    value.ifPresentOrElse(
        before -> System.setProperty(name, before), () -> System.clearProperty(name));
  }

  @Test
  void lineHasLevelClassMessageAndStackTrace() {
    context.setMDCAdapter(new LogbackMDCAdapter());
    System.clearProperty(FILE);
    CommandLineLogging.use();
    new CommandLineLogging().configure(context);
    ByteArrayOutputStream written = new ByteArrayOutputStream();
    PrintStream err = System.err;
    try {
      System.setErr(new PrintStream(written, true, StandardCharsets.UTF_8));
      context.getLogger("a.b.Reader").warn("{} lines skipped", 3);
      context.getLogger("a.b.Reader").info("not a warning");
      context.getLogger("Reader").error("failed", new IllegalStateException("why"));
    } finally {
      System.setErr(err);
    }
    assertThat(written.toString(StandardCharsets.UTF_8).lines().toList())
        .startsWith(
            "WARN  Reader: 3 lines skipped",
            "ERROR Reader: failed",
            "java.lang.IllegalStateException: why")
        .element(3)
        .asString()
        .startsWith("\tat ");
  }

  @Test
  void commandLineLogsWarningsToStandardError() {
    System.clearProperty(FILE);
    CommandLineLogging.use();

    assertThat(new CommandLineLogging().configure(context))
        .isEqualTo(ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY);
    assertThat(root.getLevel()).isEqualTo(Level.WARN);
    assertThat(root.getAppender("stderr"))
        .isInstanceOfSatisfying(
            ConsoleAppender.class,
            appender -> {
              assertThat(appender.getTarget()).isEqualTo("System.err");
              assertThat(appender.isStarted()).isTrue();
            });
  }

  @Test
  void anotherApplicationAndAFileOfTheUserAreLeftAlone() {
    System.clearProperty(REQUESTED);
    assertLeftToLogback();
    CommandLineLogging.use();
    System.setProperty(FILE, "mine.xml");
    assertLeftToLogback();
  }

  private void assertLeftToLogback() {
    assertThat(new CommandLineLogging().configure(context))
        .isEqualTo(ExecutionStatus.INVOKE_NEXT_IF_ANY);
    assertThat(root.iteratorForAppenders().hasNext()).isFalse();
  }
}
