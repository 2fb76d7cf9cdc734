package dev.ebt.text;

import static java.util.stream.Collectors.joining;

import dev.ebt.error.PathSetting;
import dev.ebt.modality.SplitFolders;
import dev.ebt.text.document.UnreadableFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The files and folders for training and for validation.
 *
 * @param validation empty if validation is a share of the training files
 * @param method a readable description of how they were chosen; may be empty
 */
record TextSides(List<Path> training, List<Path> validation, String method) {
  private static final int NAMED = 3;

  /** Returns the sides that the settings select. */
  static TextSides of(TextDatasetSettings settings) {
    Path path = PathSetting.of("data.path", settings.path());
    if (settings.validationPath() != null) {
      return new TextSides(
          List.of(path),
          List.of(PathSetting.of("data.validationPath", settings.validationPath())),
          "own text for validation");
    }
    return (settings.validation() == null ? byFolders(path) : Optional.<TextSides>empty())
        .orElseGet(() -> new TextSides(List.of(path), List.of(), ""));
  }

  private static Optional<TextSides> byFolders(Path path) {
    try {
      Optional<SplitFolders> split = SplitFolders.of(path);
      if (split.isEmpty()) {
        return Optional.empty();
      }
      SplitFolders folders = split.get();
      return Optional.of(
          new TextSides(
              folders.training(), folders.validation(), folders.description() + beside(path)));
    } catch (IOException e) {
      throw UnreadableFile.of(path, e);
    }
  }

  /** Returns a remark on files next to the split folders, which belong to neither side. */
  private static String beside(Path path) throws IOException {
    try (Stream<Path> members = Files.list(path)) {
      List<String> names =
          members
              .filter(Files::isRegularFile)
              .map(file -> file.getFileName().toString())
              .filter(name -> !name.startsWith("."))
              .sorted()
              .toList();
      String named = names.stream().limit(NAMED).collect(joining(", "));
      return names.isEmpty()
          ? ""
          : "; not read: "
              + named
              + (names.size() > NAMED
                  ? String.format(Locale.ROOT, " and %,d more", names.size() - NAMED)
                  : "");
    }
  }
}
