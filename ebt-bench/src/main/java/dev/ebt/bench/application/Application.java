package dev.ebt.bench.application;

import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.Module;
import com.google.inject.Stage;
import com.google.inject.util.Modules;
import dev.ebt.bench.console.StandardStreams;
import jakarta.inject.Inject;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.IFactory;

/**
 * The object graph of one execution of the command line, from which picocli creates commands: a
 * command declares its collaborators as parameters of a constructor with {@code @Inject}.
 */
public final class Application implements IFactory {
  /** The name of the map of commands, {@code Map<String, Object>}, in the order of the help. */
  public static final String COMMANDS = "commands";

  private final Injector injector;

  private Application(Module module) {
    this.injector = Guice.createInjector(Stage.DEVELOPMENT, module);
  }

  /** Returns an application on these streams. */
  public static Application of(StandardStreams streams) {
    return new Application(new ApplicationModule(streams));
  }

  /** Returns an application on these streams in which a module replaces some collaborators. */
  public static Application of(StandardStreams streams, Module replacements) {
    return new Application(Modules.override(new ApplicationModule(streams)).with(replacements));
  }

  /** Returns an instance: by the injector if a constructor asks for it, else as picocli does. */
  @Override
  public <K> K create(Class<K> type) throws Exception {
    boolean injected =
        Stream.of(type.getDeclaredConstructors())
            .anyMatch(constructor -> constructor.isAnnotationPresent(Inject.class));
    return injected ? get(type) : CommandLine.defaultFactory().create(type);
  }

  /** Returns an instance of a class whose constructor has {@code @Inject}. */
  public <K> K get(Class<K> type) {
    return injector.getInstance(type);
  }
}
