package dev.ebt.text;

import dev.ebt.modality.SplitFolders;
import dev.ebt.text.read.TextFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The files and folders to learn from and those to be judged by.
 *
 * @param validation empty if a share of the training files is to be judged by
 * @param method how they were chosen, for a person; empty if there is nothing to say
 */
record TextSides(List<Path> training, List<Path> validation, String method) {

  /** Returns the sides that settings ask for. */
  static TextSides of(TextData settings) {
    Path path = TextData.file(settings.path());
    if (settings.validationPath() != null) {
      return new TextSides(
          List.of(path),
          List.of(TextData.file(settings.validationPath())),
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
      throw TextFiles.unreadable(path, e);
    }
  }

  /** Files beside the folders belong to no side. */
  private static String beside(Path path) throws IOException {
    try (Stream<Path> members = Files.list(path)) {
      List<String> names =
          members
              .filter(Files::isRegularFile)
              .map(file -> file.getFileName().toString())
              .filter(name -> !name.startsWith("."))
              .sorted()
              .toList();
      return names.isEmpty() ? "" : "; not read beside them: " + String.join(", ", names);
    }
  }
}
