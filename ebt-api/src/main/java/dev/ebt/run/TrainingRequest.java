package dev.ebt.run;

import dev.ebt.config.Overrides;
import dev.ebt.plugin.BundledModelFolders;
import dev.ebt.plugin.Catalog;
import dev.ebt.plugin.Configurations;
import dev.ebt.plugin.ResolvedConfiguration;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A request for a training: what it is configured by, and where it is written. Immutable; each
 * {@code with…} method returns a changed copy.
 *
 * <pre>{@code
 * TrainingRequest request =
 *     TrainingRequest.of("text", null)
 *         .withData(DataOverride.at(Path.of("book.txt")))
 *         .withOverrides(Overrides.of("training.steps=1000"));
 * }</pre>
 *
 * @param recipe the recipe to start from; without one and without a file the default one, which
 *     depends on whether there is data: see {@link Catalog#defaultRecipe}
 * @param file a configuration file, laid over the recipe
 * @param data data in place of those of the recipe or file
 * @param like a run whose configuration is taken
 * @param model the model to train in place of the one of {@code like}
 * @param from a run that provides the first weights, and the configuration of a short training
 *     unless a recipe or file is named
 * @param quick whether the training only shows that everything works
 * @param options overrides that options stand for; values set by hand take precedence
 * @param overrides values set by hand
 * @param out the folder of the run; one with a free name if null
 */
public record TrainingRequest(
    @Nullable String recipe,
    @Nullable Path file,
    @Nullable DataOverride data,
    @Nullable Path like,
    @Nullable String model,
    @Nullable Path from,
    boolean quick,
    Overrides options,
    Overrides overrides,
    @Nullable Path out) {

  /** Rejects contradictions. */
  public TrainingRequest {
    if (like != null && (recipe != null || file != null || data != null || from != null)) {
      throw new IllegalArgumentException(
          "like is the configuration; no recipe, file, data or from expected");
    }
    if (model != null && like == null) {
      throw new IllegalArgumentException("model is for like, which is missing");
    }
  }

  /** Returns a request for a training by a configuration file. */
  public static TrainingRequest ofFile(Path file) {
    return of(null, file);
  }

  /** Returns a request for a training by a recipe and a file laid over it, if there are any. */
  public static TrainingRequest of(@Nullable String recipe, @Nullable Path file) {
    return new TrainingRequest(
        recipe, file, null, null, null, null, false, Overrides.none(), Overrides.none(), null);
  }

  /** Returns a request for a training that matches a run, of another model if one is named. */
  public static TrainingRequest like(Path run, @Nullable String model) {
    return new TrainingRequest(
        null, null, null, run, model, null, false, Overrides.none(), Overrides.none(), null);
  }

  /** Returns a copy with other data. */
  public TrainingRequest withData(@Nullable DataOverride other) {
    return new TrainingRequest(
        recipe, file, other, like, model, from, quick, options, overrides, out);
  }

  /** Returns a copy that begins with the weights of a run. */
  public TrainingRequest withWeightsOf(@Nullable Path run) {
    return new TrainingRequest(
        recipe, file, data, like, model, run, quick, options, overrides, out);
  }

  /** Returns a copy that is quick, or not. */
  public TrainingRequest withQuick(boolean other) {
    return new TrainingRequest(
        recipe, file, data, like, model, from, other, options, overrides, out);
  }

  /** Returns a copy with other overrides that options stand for. */
  public TrainingRequest withOptions(Overrides other) {
    return new TrainingRequest(recipe, file, data, like, model, from, quick, other, overrides, out);
  }

  /** Returns a copy with other values set by hand. */
  public TrainingRequest withOverrides(Overrides other) {
    return new TrainingRequest(recipe, file, data, like, model, from, quick, options, other, out);
  }

  /** Returns a copy that is written to another folder; to one with a free name if null. */
  public TrainingRequest withOut(@Nullable Path other) {
    return new TrainingRequest(
        recipe, file, data, like, model, from, quick, options, overrides, other);
  }

  /**
   * Returns the configuration of the training.
   *
   * @throws dev.ebt.error.UserException listing every problem
   */
  public ResolvedConfiguration resolve(Catalog catalog) {
    return resolve(catalog, Overrides.none());
  }

  /** Returns the configuration with values that were measured for it. */
  ResolvedConfiguration resolve(Catalog catalog, Overrides measured) {
    return Configurations.readForTraining(
        catalog, baseRecipe(catalog), baseFile(), allOverrides(catalog).yieldingTo(measured));
  }

  private Overrides allOverrides(Catalog catalog) {
    Overrides all = Overrides.none();
    if (data != null) {
      Supplier<String> modality =
          () -> Configurations.modality(catalog, baseRecipe(catalog), baseFile(), overrides);
      all =
          from != null && isItsConfigurationTaken()
              ? data.splitAnew(modality, ModelFolder.data(catalog, from))
              : data.overrides(modality);
    }
    if (like != null) {
      all = all.and(MatchedTraining.overrides(catalog, like, model, overrides));
    }
    if (from != null) {
      all = all.and(FineTuning.weights(from));
      if (isItsConfigurationTaken()) {
        all = all.and(FineTuning.gentle(catalog, from, overrides, quick));
      }
    }
    if (quick) {
      all = all.yieldingTo(QuickTraining.OVERRIDES);
    }
    return all.yieldingTo(options).yieldingTo(overrides);
  }

  /** Returns whether the configuration is that of a run, since no recipe or file is named. */
  private boolean isItsConfigurationTaken() {
    return file == null && recipe == null;
  }

  /** Returns the recipe; a recipe is complete, so a file needs one only if it is named. */
  private @Nullable String baseRecipe(Catalog catalog) {
    if (recipe != null || baseFile() != null) {
      return recipe;
    }
    return catalog.defaultRecipe(data != null);
  }

  /** Returns the file, or that of the run whose configuration is taken. */
  private @Nullable Path baseFile() {
    if (file != null || recipe != null) {
      return file;
    }
    Path run = like == null ? from : like;
    return run == null ? null : ModelFolder.configuration(run);
  }

  /** Returns the folder of the run, which does not exist yet unless it was named. */
  Path folder(ResolvedConfiguration resolved) {
    if (out != null) {
      return out;
    }
    if (like != null) {
      // Not beside a bundled model, which lies in a cache.
      Path matched =
          BundledModelFolders.nameOf(like).map(name -> Path.of("runs", name)).orElse(like);
      String kind = model == null ? "like" : model;
      return RunNames.free(matched.resolveSibling(RunNames.last(matched) + "-" + kind));
    }
    String name = data == null ? resolved.configuration().data().name() : data.name();
    return RunNames.free(Path.of("runs", name));
  }
}
