package dev.ebt.bench.command;

import dev.ebt.bench.report.ValueFormat;
import dev.ebt.config.Assignment;
import dev.ebt.config.Origin;
import dev.ebt.config.Overrides;
import dev.ebt.error.UserException;
import dev.ebt.plugin.Catalog;
import dev.ebt.plugin.SuggestedRecipe;
import dev.ebt.run.DataOverride;
import dev.ebt.text.read.TextFiles;
import dev.ebt.vision.image.FolderListing;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that select data on the command line. */
final class DataOption {
  @Option(
      names = "--data",
      paramLabel = "PATH",
      description = "Your data; it is read by the dataset with the name of the modality.")
  private @Nullable Path path;

  @Option(
      names = "--field",
      paramLabel = "KEY",
      description = "The field of JSON lines or .parquet with the text (text).")
  private @Nullable String field;

  /** Returns the path, if one is given. */
  @Nullable Path path() {
    return path;
  }

  /** Returns true if data is given. */
  boolean given() {
    return path != null || field != null;
  }

  /**
   * Refuses a folder of mostly images for the default recipe, which would train on a text file next
   * to them.
   *
   * @param catalog has the recipes to suggest instead
   * @param overrides values from the command line, which may select another modality or dataset
   */
  void requireText(Catalog catalog, Overrides overrides) {
    boolean other = !overrides.within("modality", "data.name").isEmpty();
    if (path == null || other || !Files.isDirectory(path)) {
      return;
    }
    FolderListing files = FolderListing.in(path);
    int images = files.images().size();
    if (images > files.others().size()) {
      throw new UserException(
          String.format(
              Locale.ROOT,
              "--data %s: %,d of %s %s, but the default recipe is '%s'. Use %s",
              path,
              images,
              ValueFormat.counted(images + files.others().size(), "file"),
              images == 1 ? "is an image" : "are images",
              catalog.defaultRecipe(true),
              suggestions(catalog)));
    }
  }

  /** Returns the recipes for data, the default one last. */
  private static String suggestions(Catalog catalog) {
    List<String> options =
        catalog.suggestedRecipes().stream()
            .filter(SuggestedRecipe::takesData)
            .sorted(Comparator.comparing(SuggestedRecipe::standard))
            .map(recipe -> "--recipe " + recipe.name() + " for " + recipe.data())
            .toList();
    int last = options.size() - 1;
    return last == 0
        ? options.get(0)
        : String.join(", ", options.subList(0, last)) + ", or " + options.get(last);
  }

  /** Returns the data, if it is given. */
  Optional<DataOverride> data() {
    if (path == null) {
      if (field != null) {
        throw new UserException("--field needs --data");
      }
      return Optional.empty();
    }
    DataOverride data = DataOverride.at(path);
    if (field == null) {
      return Optional.of(data);
    }
    if (Files.isRegularFile(path) && !TextFiles.hasFields(path)) {
      throw new UserException(
          "--field is for JSON lines and .parquet, which have fields; " + path + " has none");
    }
    Origin origin = Origin.option("--field " + field);
    return Optional.of(data.with(Assignment.of("data.field", field, origin)));
  }

  /**
   * Returns the overrides that select the data.
   *
   * @param modality supplies the name of the modality; called only if there is data
   */
  Overrides overrides(Supplier<String> modality) {
    return data().map(data -> data.overrides(modality)).orElseGet(Overrides::none);
  }
}
