package dev.ebt.vision.picture;

import dev.ebt.error.Reason;
import dev.ebt.error.UserException;
import dev.ebt.plugin.Watch;
import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The pictures of a folder, at any depth, by the names of their files; each the square in its
 * middle, at one size. Files that cannot be read are left out and told. Where pictures lie in
 * several folders, and none above them, a picture's folder says what it shows.
 */
final class PictureFolder {
  private PictureFolder() {}

  /**
   * Reads a folder. Files are decoded in parallel, as many at a time as there are processors; what
   * is kept of each is no more than its square.
   *
   * @param squares where the squares are kept
   * @param tolerated the share of files that may be left out; one always may, if others can be read
   * @throws UserException if there are no pictures, or too many cannot be read
   */
  static PictureCollection read(Path folder, Squares squares, double tolerated, Watch watch) {
    List<Path> files = files(folder);
    List<String> kinds = kinds(folder, files);
    squares.expect(files.size());
    List<Decoded> decoded;
    try (Watch.Work reading = watch.begin("pictures read", files.size())) {
      decoded = files.parallelStream().map(file -> decode(folder, file, squares, reading)).toList();
    }
    List<Picture> pictures = new ArrayList<>();
    List<String> skipped = new ArrayList<>();
    for (Decoded file : decoded) {
      if (file.values() == null) {
        skipped.add(file.problem());
      } else {
        // Not there: Picture.UNKNOWN.
        int kind = kinds.indexOf(kind(folder, file.file()));
        pictures.add(new Picture(file.values(), kind, name(folder, file.file()), null));
      }
    }
    PictureCollection read = new PictureCollection(pictures, List.of(), kinds, skipped);
    if (pictures.isEmpty() || skipped.size() > Math.max(1, tolerated * files.size())) {
      throw new UserException(
          "%s: %,d of %,d picture%s cannot be read, too many to go on: %s. Remove or replace them"
              .formatted(
                  folder,
                  skipped.size(),
                  files.size(),
                  files.size() == 1 ? "" : "s",
                  read.complaints()));
    }
    return read;
  }

  private static List<String> kinds(Path folder, List<Path> files) {
    List<String> kinds =
        files.stream().map(file -> kind(folder, file)).distinct().sorted().toList();
    return kinds.size() < 2 || kinds.contains("") ? List.of() : kinds;
  }

  /** The name of the folder that a picture lies in, empty for the one that was named. */
  private static String kind(Path folder, Path file) {
    Path parent = folder.relativize(file).getParent();
    return parent == null ? "" : String.valueOf(parent.getFileName());
  }

  /** The same on all systems. */
  private static String name(Path folder, Path file) {
    return folder.relativize(file).toString().replace(File.separatorChar, '/');
  }

  private record Decoded(Path file, @Nullable ByteBuffer values, String problem) {}

  private static Decoded decode(Path folder, Path file, Squares squares, Watch.Work reading) {
    try {
      byte[] square = PictureFile.square(file, squares.channels(), squares.side());
      return new Decoded(file, squares.keep(square), "");
    } catch (IOException e) {
      return new Decoded(file, null, folder.relativize(file) + " (" + Reason.of(e) + ")");
    } finally {
      reading.done();
    }
  }

  private static List<Path> files(Path folder) {
    List<Path> files =
        PictureFiles.in(folder).stream()
            .sorted(Comparator.comparing(file -> folder.relativize(file).toString()))
            .toList();
    if (files.isEmpty()) {
      throw new UserException(
          "no pictures in the folder %s: %s; .png, .jpg, .jpeg, .bmp or .gif, IDX files or binary batches of CIFAR-10 expected"
              .formatted(folder, PictureFiles.found(folder)));
    }
    return files;
  }
}
