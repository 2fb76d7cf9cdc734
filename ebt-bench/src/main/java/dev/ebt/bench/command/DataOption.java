package dev.ebt.bench.command;

import dev.ebt.bench.report.PlainText;
import dev.ebt.config.Assignment;
import dev.ebt.config.Origin;
import dev.ebt.config.Overrides;
import dev.ebt.error.UserException;
import dev.ebt.run.TrainingData;
import dev.ebt.text.read.TextFiles;
import dev.ebt.vision.image.FolderListing;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Data named on the command line: what it changes in a configuration. */
final class DataOption {
  @Option(
      names = "--data",
      paramLabel = "PATH",
      description = "Your data, read by the dataset named like the modality.")
  private @Nullable Path path;

  @Option(
      names = "--field",
      paramLabel = "KEY",
      description = "Which field of JSON lines or .parquet is the text (text).")
  private @Nullable String field;

  /** The file or folder as it was named, if one was. */
  @Nullable Path path() {
    return path;
  }

  /** Whether anything was named. */
  boolean given() {
    return path != null || field != null;
  }

  /**
   * Refuses a folder of which more than half of the files are pictures, for the default recipe: it
   * would learn from the note beside them.
   *
   * @param overrides the values set by hand, which may choose another modality or dataset
   */
  void requireText(Overrides overrides) {
    boolean other = !overrides.within("modality", "data.name").isEmpty();
    if (path == null || other || !Files.isDirectory(path)) {
      return;
    }
    FolderListing files = FolderListing.in(path);
    int pictures = files.pictures().size();
    if (pictures > files.others().size()) {
      throw new UserException(
          String.format(
              Locale.ROOT,
              "--data %s: %,d of %s %s; without --recipe, text is learnt. For pictures:"
                  + " --recipe denoise; for clips: --recipe video; for the text beside them:"
                  + " --recipe text",
              path,
              pictures,
              PlainText.counted(pictures + files.others().size(), "file"),
              pictures == 1 ? "is a picture" : "are pictures"));
    }
  }

  /** Returns the data that was named; empty if none was. */
  Optional<TrainingData> data() {
    if (path == null) {
      if (field != null) {
        throw new UserException("--field says which field of --data to read; there is no --data");
      }
      return Optional.empty();
    }
    TrainingData data = TrainingData.at(path);
    if (field == null) {
      return Optional.of(data);
    }
    if (Files.isRegularFile(path) && !TextFiles.hasFields(path)) {
      throw new UserException(
          "--field is for JSON lines and .parquet, whose rows have fields; " + path + " has none");
    }
    Origin origin = Origin.option("--field " + field);
    return Optional.of(data.with(Assignment.of("data.field", field, origin)));
  }

  /**
   * Returns the overrides that choose the data.
   *
   * @param modality supplies the name of the modality; called only if there is data
   */
  Overrides overrides(Supplier<String> modality) {
    return data().map(data -> data.overrides(modality)).orElseGet(Overrides::none);
  }
}
