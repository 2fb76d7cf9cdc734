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
import dev.ebt.step.ThinkingMethod;
import dev.ebt.train.ParameterUpdateRule;
import dev.ebt.train.TrainingSettings;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.function.Supplier;

/**
 * The Guice module of a run: its parts, each created once and only on demand, its settings, a
 * {@code Supplier<Dataset>}, the {@link RunArtifacts}, and {@code @Named("seed") long}.
 *
 * <p>Lists of parts are bound as lists and not by multibinders: their order and repeated parts have
 * a meaning.
 */
final class RunModule extends AbstractModule {
  private final Catalog catalog;
  private final ResolvedConfiguration resolved;
  private final RunConfiguration configuration;
  private final RunFolder folder;

  /** Creates the module of a configuration, whose parts find files in a folder. */
  RunModule(Catalog catalog, ResolvedConfiguration resolved, RunFolder folder) {
    this.catalog = catalog;
    this.resolved = resolved;
    this.configuration = resolved.configuration();
    this.folder = folder;
  }

  @Override
  protected void configure() {
    bind(Catalog.class).toInstance(catalog);
    bind(ResolvedConfiguration.class).toInstance(resolved);
    bind(Overrides.class).toInstance(resolved.overrides());
    bind(RunConfiguration.class).toInstance(configuration);
    bind(TrainingSettings.class).toInstance(configuration.training());
    bindConstant().annotatedWith(Names.named("seed")).to(configuration.seed());
    bind(PartContext.class).to(RunContext.class);
    bind(RunFolder.class).toInstance(folder);
    bindPart(Backend.class, configuration.backend());
    bindPart(Dataset.class, configuration.data());
    bindPart(Model.class, configuration.model());
    bindPart(Objective.class, configuration.objective());
  }

  private <T> void bindPart(Class<T> type, PartSettings choice) {
    Provider<RunContext> context = getProvider(RunContext.class);
    bind(type).toProvider(() -> context.get().part(type, choice)).in(Singleton.class);
  }

  /** Returns the artifacts of the parts created by the time of the call. */
  @Provides
  RunArtifacts artifacts(RunContext context) {
    return context.artifacts();
  }

  @Provides
  @Singleton
  Modality modality(RunContext context) {
    return context.makeModality();
  }

  /** Returns a supplier for classes that read the data later, or not at all. */
  @Provides
  @Singleton
  Supplier<Dataset> dataLater(Provider<Dataset> data) {
    return () -> Components.asThrown(data::get);
  }

  @Provides
  @Singleton
  ModelFamily family(Catalog catalog, Model model) {
    return catalog.family(model);
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
  ThinkingMethod thinking(PartContext context) {
    return configuration.thinking().create(context);
  }

  @Provides
  @Singleton
  List<Regularizer> regularizers(PartContext context) {
    return parts(context, Regularizer.class, configuration.regularizers());
  }

  @Provides
  @Singleton
  List<Monitor> monitors(PartContext context) {
    return parts(context, Monitor.class, configuration.monitors());
  }

  @Provides
  @Singleton
  MetricSet metrics(PartContext context, Modality modality) {
    return new MetricSet(modality, parts(context, Metric.class, configuration.metrics()));
  }

  private static <T> List<T> parts(PartContext context, Class<T> kind, List<PartSettings> choices) {
    return choices.stream().map(choice -> context.part(kind, choice)).toList();
  }
}
