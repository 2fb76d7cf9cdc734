package dev.ebt.vision.picture;

import dev.ebt.error.UserException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * The pictures of a folder, at any depth, by the names of their files; each the square in its
 * middle, at one size. Files that cannot be read are left out and told.
 *
 * @param planes of each picture, [channels, side, side]
 * @param skipped files left out, each with the reason
 */
public record PictureFolder(List<byte[]> planes, List<String> skipped) {
  private static final Set<String> ENDINGS = Set.of("png", "jpg", "jpeg", "bmp", "gif");

  /** So many of the files that were left out are named. */
  private static final int NAMED = 3;

  /**
   * Reads a folder; files are decoded in parallel.
   *
   * @param tolerated the share of files that may be left out; one always may, if others can be read
   * @throws UserException if there are no pictures, or too many cannot be read
   */
  public static PictureFolder read(Path folder, int channels, int side, double tolerated) {
    List<Path> files = files(folder);
    List<Decoded> decoded =
        files.parallelStream().map(file -> decode(folder, file, channels, side)).toList();
    List<byte[]> planes = new ArrayList<>();
    List<String> skipped = new ArrayList<>();
    for (Decoded file : decoded) {
      if (file.planes() != null) {
        planes.add(file.planes());
      } else {
        skipped.add(file.problem());
      }
    }
    PictureFolder read = new PictureFolder(List.copyOf(planes), List.copyOf(skipped));
    if (planes.isEmpty() || skipped.size() > Math.max(1, tolerated * files.size())) {
      throw new UserException(
          "%s: %d of %d pictures cannot be read, too many to go on: %s. Remove or replace them"
              .formatted(folder, skipped.size(), files.size(), read.complaints()));
    }
    return read;
  }

  /** The first of the files left out, with reasons, and how many more there are. */
  public String complaints() {
    int more = skipped.size() - NAMED;
    String named = String.join("; ", skipped.subList(0, Math.min(NAMED, skipped.size())));
    return more > 0 ? named + "; and " + more + " more" : named;
  }

  private record Decoded(byte @Nullable [] planes, String problem) {}

  private static Decoded decode(Path folder, Path file, int channels, int side) {
    try {
      return new Decoded(Square.of(PictureFile.read(file), channels, side), "");
    } catch (IOException e) {
      return new Decoded(null, folder.relativize(file) + " (" + e.getMessage() + ")");
    }
  }

  private static List<Path> files(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw new UserException(
          Files.exists(folder)
              ? folder + " is a file; a folder of pictures expected"
              : "no folder " + folder);
    }
    try (Stream<Path> walk = Files.walk(folder, FileVisitOption.FOLLOW_LINKS)) {
      List<Path> files =
          walk.filter(file -> picture(folder, file))
              .filter(Files::isRegularFile)
              .sorted(Comparator.comparing(file -> folder.relativize(file).toString()))
              .toList();
      if (files.isEmpty()) {
        throw new UserException(
            "no pictures in the folder " + folder + ": .png, .jpg, .jpeg, .bmp or .gif expected");
      }
      return files;
    } catch (IOException | UncheckedIOException e) {
      throw new UserException("cannot read the folder " + folder + ": " + reason(e), e);
    }
  }

  private static String reason(Exception e) {
    Throwable cause = e instanceof UncheckedIOException wrapped ? wrapped.getCause() : e;
    return cause instanceof NoSuchFileException gone
        ? gone.getFile() + " is gone"
        : String.valueOf(cause.getMessage());
  }

  /** By its ending; not what a leading dot hides, of file or folder. */
  private static boolean picture(Path folder, Path file) {
    String name = String.valueOf(file.getFileName());
    String ending = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    return ENDINGS.contains(ending)
        && StreamSupport.stream(folder.relativize(file).spliterator(), false)
            .noneMatch(part -> part.toString().startsWith("."));
  }
}
