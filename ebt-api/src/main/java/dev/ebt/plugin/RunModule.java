package dev.ebt.plugin;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.name.Names;
import dev.ebt.backend.Backend;
import dev.ebt.energy.Model;
import dev.ebt.modality.Dataset;
import dev.ebt.modality.Modality;
import dev.ebt.optimize.Optimizer;
import dev.ebt.regularize.Regularizer;
import dev.ebt.think.Thinking;
import dev.ebt.train.Objective;
import dev.ebt.train.TrainingSettings;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.function.Supplier;

/**
 * Binds what a configuration says: its parts, each made once and only when it is asked for, its
 * settings, a {@code Supplier<Dataset>}, and {@code @Named("seed") long}.
 */
public final class RunModule extends AbstractModule {
  private final RunConfiguration configuration;

  /** Binds this configuration. */
  public RunModule(RunConfiguration configuration) {
    this.configuration = configuration;
  }

  @Override
  protected void configure() {
    bind(RunConfiguration.class).toInstance(configuration);
    bind(Thinking.class).toInstance(configuration.thinking());
    bind(TrainingSettings.class).toInstance(configuration.training());
    bindConstant().annotatedWith(Names.named("seed")).to(configuration.seed());
    bind(Assembly.class).to(RunAssembly.class);
  }

  @Provides
  @Singleton
  Backend backend(Assembly assembly) {
    return assembly.part(Backend.class, configuration.backend());
  }

  @Provides
  @Singleton
  Modality modality(RunAssembly assembly) {
    return assembly.makeModality();
  }

  @Provides
  @Singleton
  Dataset data(Assembly assembly) {
    return assembly.part(Dataset.class, configuration.data());
  }

  /** For who wants the data later, or not at all. */
  @Provides
  @Singleton
  Supplier<Dataset> dataLater(Provider<Dataset> data) {
    return () -> Assembled.asThrown(data::get);
  }

  @Provides
  @Singleton
  Model model(Assembly assembly) {
    return assembly.part(Model.class, configuration.model());
  }

  @Provides
  @Singleton
  Objective objective(Assembly assembly) {
    return assembly.part(Objective.class, configuration.objective());
  }

  @Provides
  @Singleton
  Optimizer optimizer(Assembly assembly) {
    return assembly.part(Optimizer.class, configuration.optimizer());
  }

  @Provides
  @Singleton
  List<Regularizer> regularizers(Assembly assembly) {
    return configuration.regularizers().stream()
        .map(choice -> assembly.part(Regularizer.class, choice))
        .toList();
  }
}
