package dev.ebt.bench.command;

import dev.ebt.bench.report.PlainText;
import dev.ebt.error.UserException;
import dev.ebt.text.read.TextFiles;
import dev.ebt.vision.picture.PictureFiles;
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
   * @param overrides those of the user, who may have chosen another kind of data by them
   */
  void requireText(List<String> overrides) {
    boolean other =
        overrides.stream().anyMatch(o -> o.startsWith("modality") || o.startsWith("data.name="));
    if (path == null || other || !Files.isDirectory(path)) {
      return;
    }
    PictureFiles files = PictureFiles.in(path);
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
   * The fields of the configuration that it sets, {@code path=value} each. The path is absolute, so
   * that the run finds its data from any folder.
   *
   * @param dataset the name of the dataset that reads it, asked for only if there is data
   */
  List<String> overrides(Supplier<String> dataset) {
    List<String> all = new ArrayList<>();
    if (path != null) {
      all.add("data.name=" + dataset.get());
      all.add("data.path=" + quoted(path));
      if (field != null) {
        if (Files.isRegularFile(path) && !TextFiles.hasFields(path)) {
          throw new UserException(
              "--field is for JSON lines and .parquet, whose rows have fields; "
                  + path
                  + " has none");
        }
        all.add("data.field=" + quoted(field));
      }
    } else if (field != null) {
      throw new UserException("--field says which field of --data to read; there is no --data");
    }
    return all;
  }

  /** A path as a YAML string; absolute, so that the run finds it from any folder. */
  static String quoted(Path path) {
    return quoted(path.toAbsolutePath().normalize().toString());
  }

  /** As a YAML string, whatever it looks like. */
  private static String quoted(String text) {
    return "'" + text.replace("'", "''") + "'";
  }
}
