package dev.ebt.text.read;

import dev.ebt.error.UserException;
import dev.ebt.text.document.UnreadableFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The files in a folder at any depth, in an order that does not depend on the system. */
final class TextFolder {
  private TextFolder() {}

  /** Returns all files that are not hidden and not in a hidden folder. */
  static List<Path> files(Path folder) {
    try (Stream<Path> walk = Files.walk(folder, FileVisitOption.FOLLOW_LINKS)) {
      List<Path> files =
          walk.filter(file -> visible(folder, file))
              .filter(Files::isRegularFile)
              .sorted(Comparator.comparing(file -> names(folder, file)))
              .toList();
      if (files.isEmpty()) {
        throw new UserException("no files in the folder " + folder);
      }
      return files;
    } catch (UncheckedIOException e) {
      IOException problem = e.getCause();
      throw problem == null ? e : UnreadableFile.of(folder, problem);
    } catch (IOException e) {
      throw UnreadableFile.of(folder, e);
    }
  }

  /** Returns true if neither the file nor a folder between it and the root starts with a dot. */
  private static boolean visible(Path root, Path file) {
    return StreamSupport.stream(root.relativize(file).spliterator(), false)
        .noneMatch(name -> name.toString().startsWith("."));
  }

  /** Returns a sort key that does not depend on the case sensitivity of the file system. */
  private static String names(Path root, Path file) {
    return root.relativize(file).toString().replace(file.getFileSystem().getSeparator(), "\0");
  }
}
