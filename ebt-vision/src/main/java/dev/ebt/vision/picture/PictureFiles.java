package dev.ebt.vision.picture;

import dev.ebt.error.UserException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Which files of a folder are pictures, by their names. */
public final class PictureFiles {
  private static final Set<String> ENDINGS = Set.of("png", "jpg", "jpeg", "bmp", "gif");
  private static final int NAMED = 3;

  private PictureFiles() {}

  /**
   * Whether a file of a folder is named like a picture: by its ending; not what a leading dot
   * hides, of file or folder.
   */
  static boolean named(Path folder, Path file) {
    String name = String.valueOf(file.getFileName());
    String ending = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    return ENDINGS.contains(ending)
        && StreamSupport.stream(folder.relativize(file).spliterator(), false)
            .noneMatch(part -> part.toString().startsWith("."));
  }

  /**
   * The files of a folder, at any depth and behind links, that are named like pictures; links to
   * nothing are among them.
   *
   * @throws UserException if the folder or one in it cannot be read
   */
  public static List<Path> in(Path folder) {
    try (Stream<Path> walk = Files.walk(folder, FileVisitOption.FOLLOW_LINKS)) {
      return walk.filter(file -> named(folder, file))
          .filter(file -> Files.isRegularFile(file) || !Files.exists(file))
          .toList();
    } catch (IOException | UncheckedIOException e) {
      Throwable cause = e instanceof UncheckedIOException ? e.getCause() : e;
      String where =
          cause instanceof FileSystemException system && system.getFile() != null
              ? system.getFile()
              : folder.toString();
      throw new UserException("cannot read " + where + ": " + Unreadable.reason(e), e);
    }
  }

  /** The first files that lie in a folder, which are not what was expected: for a message. */
  public static String found(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      List<String> names =
          files.map(file -> String.valueOf(file.getFileName())).sorted().limit(NAMED + 1L).toList();
      if (names.isEmpty()) {
        return "it is empty";
      }
      String more = names.size() > NAMED ? ", …" : "";
      return "it holds "
          + String.join(", ", names.subList(0, Math.min(NAMED, names.size())))
          + more;
    } catch (IOException | UncheckedIOException e) {
      return Unreadable.reason(e);
    }
  }
}
