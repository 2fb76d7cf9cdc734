package dev.ebt.plugin;

import com.google.common.base.Suppliers;
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
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The Guice module of a run, for a child of the catalog's injector: its parts, each created once
 * and only on demand, its settings, a {@code Supplier<Dataset>}, the {@link RunArtifacts}, and
 * {@code @Named("seed") long}. Regularizers, monitors and metrics are lists in the order of the
 * configuration, which may repeat a part.
 */
final class RunModule extends AbstractModule {
  private final ResolvedConfiguration resolved;
  private final RunConfiguration configuration;
  private final RunFolder folder;
  private final PerformanceHint hint;
  private final RunScope scope = new RunScope();

  /** Creates the module of a configuration, whose parts find files in a folder. */
  RunModule(ResolvedConfiguration resolved, RunFolder folder, PerformanceHint hint) {
    this.resolved = resolved;
    this.configuration = resolved.configuration();
    this.folder = folder;
    this.hint = hint;
  }

  @Override
  protected void configure() {
    bindScope(RunScoped.class, scope);
    bind(RunScope.class).toInstance(scope);
    bind(ResolvedConfiguration.class).toInstance(resolved);
    bind(Overrides.class).toInstance(resolved.overrides());
    bind(RunConfiguration.class).toInstance(configuration);
    bind(TrainingSettings.class).toInstance(configuration.training());
    bindConstant().annotatedWith(Names.named("seed")).to(configuration.seed());
    bind(RunContext.class).in(RunScoped.class);
    bind(PartContext.class).to(RunContext.class);
    bind(RunFolder.class).toInstance(folder);
    bind(PerformanceHint.class).toInstance(hint);
    bindPart(Backend.class, configuration.backend());
    bindPart(Dataset.class, configuration.data());
    bindPart(Model.class, configuration.model());
    bindPart(Objective.class, configuration.objective());
  }

  private <T> void bindPart(Class<T> type, PartSettings choice) {
    Provider<RunContext> context = getProvider(RunContext.class);
    bind(type).toProvider(() -> context.get().part(type, choice)).in(RunScoped.class);
  }

  /** Returns the artifacts of the parts created by the time of the call. */
  @Provides
  RunArtifacts artifacts(RunContext context) {
    return context.artifacts();
  }

  @Provides
  @RunScoped
  Modality modality(RunContext context) {
    return context.makeModality();
  }

  /** Returns a supplier for classes that read the data later, or not at all. */
  @Provides
  @RunScoped
  Supplier<Dataset> dataLater(Provider<Dataset> data) {
    return () -> Components.asThrown(data::get);
  }

  /** Returns a supplier, since a trained model no longer needs the other run's folder. */
  @Provides
  @RunScoped
  Supplier<InitialWeights> initialWeights(Catalog catalog) {
    return Suppliers.memoize(() -> InitialWeights.of(catalog, configuration));
  }

  @Provides
  @RunScoped
  ModelFamily family(Catalog catalog, Model model) {
    return catalog.family(model);
  }

  @Provides
  @RunScoped
  Optimizer optimizer(PartContext context) {
    Optimizer optimizer = context.part(Optimizer.class, configuration.optimizer());
    if (optimizer.comparesEnergies()) {
      throw new UserException(
          "optimizer '"
              + configuration.optimizer().name()
              + "' compares energies, which parameters do not have; it is for thinking.optimizer");
    }
    if (optimizer.isRandom()) {
      throw new UserException(
          "optimizer '"
              + configuration.optimizer().name()
              + "' draws samples of candidates; it is for thinking.optimizer");
    }
    return optimizer;
  }

  @Provides
  @RunScoped
  LearningRateSchedule schedule(PartContext context, Catalog catalog) {
    return context.part(
        LearningRateSchedule.class,
        ScheduleSettings.filled(
            catalog, configuration.schedule(), configuration.training().steps()));
  }

  @Provides
  @RunScoped
  ParameterUpdateRule updateRule(
      PartContext context, Optimizer optimizer, LearningRateSchedule schedule) {
    GradientTransform clip = context.part(GradientTransform.class, configuration.clip());
    if (!clip.slots().isEmpty()) {
      throw new UserException(
          "clip is "
              + configuration.clip().name()
              + ", which keeps state between steps; a transform without state expected, or it in"
              + " the transforms of optimizer 'chain'");
    }
    return new ParameterUpdateRule(
        optimizer,
        schedule,
        configuration.training().learningRate(),
        clip,
        configuration.compatibility(),
        configuration.training().emaDecay(),
        configuration.training().trained(),
        configuration.training().recompute());
  }

  @Provides
  @RunScoped
  ThinkingMethod thinking(PartContext context) {
    return configuration.thinking().create(context);
  }

  @Provides
  @RunScoped
  List<Regularizer> regularizers(PartContext context) {
    return parts(context, Regularizer.class, configuration.regularizers());
  }

  @Provides
  @RunScoped
  List<Monitor> monitors(PartContext context, Catalog catalog) {
    return parts(context, Monitor.class, observers(catalog));
  }

  @Provides
  @RunScoped
  MonitorNames monitorNames(Catalog catalog) {
    return new MonitorNames(observers(catalog).stream().map(PartSettings::name).toList());
  }

  /** Returns the configured monitors, and those that observe every training. */
  private List<PartSettings> observers(Catalog catalog) {
    Set<String> configured =
        configuration.monitors().stream().map(PartSettings::name).collect(Collectors.toSet());
    Stream<PartSettings> others =
        catalog.plugins().stream()
            .flatMap(loaded -> loaded.plugin().defaultMonitors().stream())
            .filter(name -> !configured.contains(name))
            .map(PartSettings::of);
    return Stream.concat(configuration.monitors().stream(), others).toList();
  }

  @Provides
  @RunScoped
  MetricSet metrics(PartContext context, Modality modality) {
    return new MetricSet(modality, parts(context, Metric.class, configuration.metrics()));
  }

  private static <T> List<T> parts(PartContext context, Class<T> kind, List<PartSettings> choices) {
    return choices.stream().map(choice -> context.part(kind, choice)).toList();
  }
}
