package dev.ebt.vision.image;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;

import dev.ebt.error.ReasonText;
import dev.ebt.error.UserException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * The files of a folder, at any depth and behind links, without those hidden by a leading dot.
 *
 * @param images files with the extension of an image, broken links among them
 * @param others all other files
 */
public record FolderListing(List<Path> images, List<Path> others) {
  private static final int NAMED = 3;

  /** Copies the lists. */
  public FolderListing {
    images = List.copyOf(images);
    others = List.copyOf(others);
  }

  /** Returns whether a file of a folder has the extension of an image and is not hidden. */
  static boolean named(Path folder, Path file) {
    return ImageFormats.named(String.valueOf(file.getFileName())) && !hidden(folder, file);
  }

  private static boolean hidden(Path folder, Path file) {
    return StreamSupport.stream(folder.relativize(file).spliterator(), false)
        .anyMatch(part -> part.toString().startsWith("."));
  }

  /**
   * Lists a folder.
   *
   * @throws UserException if the folder or one in it cannot be read
   */
  public static FolderListing in(Path folder) {
    List<Path> images = new ArrayList<>();
    List<Path> others = new ArrayList<>();
    try (Stream<Path> walk = Files.walk(folder, FileVisitOption.FOLLOW_LINKS)) {
      walk.filter(file -> Files.isRegularFile(file) || !Files.exists(file))
          .filter(file -> !hidden(folder, file))
          .forEach(file -> (named(folder, file) ? images : others).add(file));
    } catch (IOException | UncheckedIOException e) {
      Throwable cause = e instanceof UncheckedIOException ? e.getCause() : e;
      String where =
          cause instanceof FileSystemException system && system.getFile() != null
              ? system.getFile()
              : folder.toString();
      throw new UserException("cannot read " + where + ": " + ReasonText.of(e), e);
    }
    return new FolderListing(images, others);
  }

  /**
   * Describes the files that are not read, with the number of each extension: "3 files not read: 2
   * .heic (a.heic, …), 1 .mp4 (b.mp4)".
   *
   * @param folder the folder that contains them
   */
  public static String notRead(Path folder, List<Path> files) {
    Map<String, List<Path>> byEnding =
        files.stream()
            .sorted(Comparator.comparing(Path::toString))
            .collect(groupingBy(file -> ImageFormats.ending(String.valueOf(file.getFileName()))));
    String counted =
        byEnding.entrySet().stream()
            .sorted(
                Comparator.<Map.Entry<String, List<Path>>>comparingInt(e -> -e.getValue().size())
                    .thenComparing(Map.Entry::getKey))
            .map(
                e ->
                    String.format(
                        Locale.ROOT,
                        "%,d %s (%s%s)",
                        e.getValue().size(),
                        e.getKey().isEmpty() ? "without an ending" : "." + e.getKey(),
                        folder.relativize(e.getValue().get(0)),
                        e.getValue().size() > 1 ? ", …" : ""))
            .limit(NAMED)
            .collect(joining(", "));
    return String.format(
        Locale.ROOT,
        "%,d file%s not read: %s%s",
        files.size(),
        files.size() == 1 ? "" : "s",
        counted,
        byEnding.size() > NAMED ? ", …" : "");
  }

  /** Returns the first files of a folder that has none of those expected, for a message. */
  public static String found(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      List<String> names =
          files.map(file -> String.valueOf(file.getFileName())).sorted().limit(NAMED + 1L).toList();
      if (names.isEmpty()) {
        return "it is empty";
      }
      String more = names.size() > NAMED ? ", …" : "";
      return "it contains "
          + String.join(", ", names.subList(0, Math.min(NAMED, names.size())))
          + more;
    } catch (IOException | UncheckedIOException e) {
      return ReasonText.of(e);
    }
  }
}
