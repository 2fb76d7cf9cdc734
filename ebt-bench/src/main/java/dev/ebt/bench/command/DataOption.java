package dev.ebt.bench.command;

import dev.ebt.bench.report.PlainText;
import dev.ebt.config.Assignment;
import dev.ebt.config.Origin;
import dev.ebt.config.Overrides;
import dev.ebt.error.UserException;
import dev.ebt.text.read.TextFiles;
import dev.ebt.vision.image.FolderListing;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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

  /** The name of what was named, without its extension. */
  Optional<String> stem() {
    if (path == null) {
      return Optional.empty();
    }
    String name = ShellWord.fileName(path);
    int dot = name.indexOf('.');
    return Optional.of(dot > 0 ? name.substring(0, dot) : name);
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

  /**
   * Returns the overrides that it stands for. The path is absolute, so that the run finds its data
   * from any folder.
   *
   * @param dataset the name of the dataset that reads it, asked for only if there is data
   */
  Overrides overrides(Supplier<String> dataset) {
    List<Assignment> all = new ArrayList<>();
    if (path != null) {
      Origin origin = Origin.option("--data " + path);
      all.add(Assignment.of("data.name", dataset.get(), origin));
      all.add(absolute("data.path", path, origin));
      if (field != null) {
        if (Files.isRegularFile(path) && !TextFiles.hasFields(path)) {
          throw new UserException(
              "--field is for JSON lines and .parquet, whose rows have fields; "
                  + path
                  + " has none");
        }
        all.add(Assignment.of("data.field", field, Origin.option("--field " + field)));
      }
    } else if (field != null) {
      throw new UserException("--field says which field of --data to read; there is no --data");
    }
    return new Overrides(all, List.of());
  }

  /** Returns the assignment of an absolute path, so that the run finds it from any folder. */
  static Assignment absolute(String setting, Path path, Origin origin) {
    return Assignment.of(setting, path.toAbsolutePath().normalize().toString(), origin);
  }
}
