package dev.ebt.run;

import dev.ebt.plugin.Catalog;
import dev.ebt.plugin.Components;
import dev.ebt.plugin.ResolvedConfiguration;
import java.nio.file.Path;

/**
 * A training that begins, of which no part is created yet.
 *
 * @param configuration with what has to be measured first, such as the step size
 * @param components creates the parts
 */
record NewTraining(ResolvedConfiguration configuration, Components components) {
  /**
   * Returns the training of a request. Processes that share it join where something has to be
   * measured, and the first one measures.
   *
   * @param resolved the configuration of the request
   */
  static NewTraining of(
      Catalog catalog,
      TrainingRequest request,
      ResolvedConfiguration resolved,
      LazyProcessGroup shared) {
    ResolvedConfiguration configuration =
        resolved.measuresStepSize() ? measured(catalog, request, resolved, shared) : resolved;
    return new NewTraining(configuration, components(catalog, request, configuration));
  }

  private static Components components(
      Catalog catalog, TrainingRequest request, ResolvedConfiguration configuration) {
    Path like = request.like();
    return like == null || configuration.configuration().from() != null
        ? Components.of(catalog, configuration)
        : Components.of(catalog, configuration, like);
  }

  /**
   * Returns the configuration with a step size that was measured. Its parts are created for that
   * alone, since others derive values from the step size.
   */
  private static ResolvedConfiguration measured(
      Catalog catalog,
      TrainingRequest request,
      ResolvedConfiguration resolved,
      LazyProcessGroup shared) {
    try (Components components = components(catalog, request, resolved)) {
      RunParts parts = components.get(RunParts.class);
      shared.prepare(parts, WarmStart::check);
      return request.resolve(catalog, StepSizeSearch.of(parts));
    } catch (RuntimeException | Error e) {
      shared.close();
      throw e;
    }
  }
}
