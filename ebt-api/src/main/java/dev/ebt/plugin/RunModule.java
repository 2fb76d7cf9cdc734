package dev.ebt.plugin;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.name.Names;
import dev.ebt.backend.Backend;
import dev.ebt.config.Overrides;
import dev.ebt.energy.Model;
import dev.ebt.error.UserException;
import dev.ebt.modality.Dataset;
import dev.ebt.modality.Metric;
import dev.ebt.modality.MetricSet;
import dev.ebt.modality.Modality;
import dev.ebt.monitor.Monitor;
import dev.ebt.objective.Objective;
import dev.ebt.optimize.GradientTransform;
import dev.ebt.optimize.LearningRateSchedule;
import dev.ebt.optimize.Optimizer;
import dev.ebt.regularize.Regularizer;
import dev.ebt.step.Thinking;
import dev.ebt.train.ParameterUpdateRule;
import dev.ebt.train.TrainingSettings;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A Guice module of a run configuration: its parts, each created once and only on demand, its
 * settings, a {@code Supplier<Dataset>}, the {@link RunArtifacts}, and {@code @Named("seed") long}.
 */
public final class RunModule extends AbstractModule {
  private final ResolvedConfiguration resolved;
  private final RunConfiguration configuration;
  private final RunFolder folder;

  /**
   * Creates the module of a run that has not begun. If it starts from the weights of another run,
   * that run's files are used.
   */
  public RunModule(RunConfiguration configuration) {
    this(ResolvedConfiguration.of(configuration));
  }

  /** Creates the module of a run that has not begun, whose values have these origins. */
  public RunModule(ResolvedConfiguration resolved) {
    this(resolved, ofWeights(resolved.configuration()));
  }

  /** Creates the module of the run in a folder. */
  public RunModule(ResolvedConfiguration resolved, @Nullable Path folder) {
    this.resolved = resolved;
    this.configuration = resolved.configuration();
    this.folder = new RunFolder(folder);
  }

  private static @Nullable Path ofWeights(RunConfiguration configuration) {
    return configuration.from() == null ? null : Path.of(configuration.from());
  }

  @Override
  protected void configure() {
    bind(ResolvedConfiguration.class).toInstance(resolved);
    bind(Overrides.class).toInstance(resolved.overrides());
    bind(RunConfiguration.class).toInstance(configuration);
    bind(TrainingSettings.class).toInstance(configuration.training());
    bindConstant().annotatedWith(Names.named("seed")).to(configuration.seed());
    bind(PartContext.class).to(RunContext.class);
    bind(RunFolder.class).toInstance(folder);
  }

  /** Returns the artifacts of the parts created by the time of the call. */
  @Provides
  RunArtifacts artifacts(RunContext context) {
    return context.artifacts();
  }

  @Provides
  @Singleton
  Backend backend(PartContext context) {
    return context.part(Backend.class, configuration.backend());
  }

  @Provides
  @Singleton
  Modality modality(RunContext context) {
    return context.makeModality();
  }

  @Provides
  @Singleton
  Dataset data(PartContext context) {
    return context.part(Dataset.class, configuration.data());
  }

  /** Returns a supplier for classes that read the data later, or not at all. */
  @Provides
  @Singleton
  Supplier<Dataset> dataLater(Provider<Dataset> data) {
    return () -> Components.asThrown(data::get);
  }

  @Provides
  @Singleton
  Model model(PartContext context) {
    return context.part(Model.class, configuration.model());
  }

  @Provides
  @Singleton
  ModelFamily family(Catalog catalog, Model model) {
    return catalog.family(model);
  }

  @Provides
  @Singleton
  Objective objective(PartContext context) {
    return context.part(Objective.class, configuration.objective());
  }

  @Provides
  @Singleton
  Optimizer optimizer(PartContext context) {
    Optimizer optimizer = context.part(Optimizer.class, configuration.optimizer());
    if (optimizer.comparesEnergies()) {
      throw new UserException(
          "optimizer '"
              + configuration.optimizer().name()
              + "' compares energies, which parameters do not have; it is for thinking.optimizer");
    }
    return optimizer;
  }

  @Provides
  @Singleton
  LearningRateSchedule schedule(PartContext context, Catalog catalog) {
    return context.part(
        LearningRateSchedule.class,
        ScheduleSettings.filled(
            catalog, configuration.schedule(), configuration.training().steps()));
  }

  @Provides
  @Singleton
  ParameterUpdateRule updateRule(
      PartContext context, Optimizer optimizer, LearningRateSchedule schedule) {
    GradientTransform clip = context.part(GradientTransform.class, configuration.clip());
    if (!clip.slots().isEmpty()) {
      throw new UserException(
          "clip is "
              + configuration.clip().name()
              + ", which keeps state between steps; a transform without state expected, or it in the transforms of optimizer 'chain'");
    }
    return new ParameterUpdateRule(
        optimizer,
        schedule,
        configuration.training().learningRate(),
        clip,
        configuration.compatibility());
  }

  @Provides
  @Singleton
  Thinking thinking(PartContext context) {
    return configuration.thinking().create(context);
  }

  @Provides
  @Singleton
  List<Regularizer> regularizers(PartContext context) {
    return configuration.regularizers().stream()
        .map(choice -> context.part(Regularizer.class, choice))
        .toList();
  }

  @Provides
  @Singleton
  List<Monitor> monitors(PartContext context) {
    return configuration.monitors().stream()
        .map(choice -> context.part(Monitor.class, choice))
        .toList();
  }

  @Provides
  @Singleton
  MetricSet metrics(PartContext context, Modality modality) {
    return new MetricSet(
        modality,
        configuration.metrics().stream()
            .map(choice -> context.part(Metric.class, choice))
            .toList());
  }
}
