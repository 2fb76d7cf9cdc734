package dev.ebt.bench.application;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.TypeLiteral;
import dev.ebt.bench.command.GlobalOptions;
import dev.ebt.bench.command.Interrupt;
import dev.ebt.bench.command.Interrupts;
import dev.ebt.bench.console.StandardStreams;
import dev.ebt.bench.progress.ProgressLines;
import dev.ebt.bench.prompt.LineEditor;
import dev.ebt.bench.prompt.PromptsFactory;
import dev.ebt.bench.worker.ChildProcesses;
import dev.ebt.plugin.Catalog;
import dev.ebt.plugin.ProgressListener;
import dev.ebt.sweep.RunWorkers;
import jakarta.inject.Singleton;
import java.util.function.Supplier;

/** The collaborators of commands. */
final class ApplicationModule extends AbstractModule {
  private final StandardStreams streams;

  ApplicationModule(StandardStreams streams) {
    this.streams = streams;
  }

  @Override
  protected void configure() {
    binder().requireAtInjectOnConstructors();
    bind(StandardStreams.class).toInstance(streams);
    bind(new TypeLiteral<Supplier<Catalog>>() {}).to(DiscoveredCatalog.class);
    install(new CommandsModule());
    bind(Interrupts.class).toInstance(new Signalled());
    bind(PromptsFactory.class).toInstance(LineEditor::open);
  }

  /** Requests by signals of the operating system. */
  private static final class Signalled implements Interrupts {
    @Override
    public Interrupt install(Runnable notice) {
      return Interrupt.install(notice);
    }

    @Override
    public Interrupt installForKeyboard() {
      return Interrupt.installForKeyboard();
    }
  }

  @Provides
  @Singleton
  ProgressLines progress() {
    return ProgressLines.on(streams.err());
  }

  /** Returns the way to train runs, with the plugins that the command line names. */
  @Provides
  RunWorkers workers(GlobalOptions options) {
    return new ChildProcesses(options::plugins);
  }

  /** Returns the listener for parts that take long to create. */
  @Provides
  ProgressListener listener(ProgressLines progress) {
    return progress.listener();
  }
}
