package dev.ebt.vision.image;

import dev.ebt.error.ReasonText;
import dev.ebt.error.UserException;
import dev.ebt.plugin.ProgressListener;
import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The images of a folder, at any depth, ordered by file name; each cropped to the centre square and
 * resized. Unreadable files and files that are not images are left out and reported. Where all
 * images lie in two or more subfolders, the subfolder is an image's class label, unless the folders
 * are a split, see {@link FolderSides}.
 */
final class ImageFolder {
  private final Path folder;
  private final FolderSides sides;
  private final List<Path> files;
  private final List<String> remarks;
  private final FolderClasses classes;

  private ImageFolder(Path folder, boolean pooled) {
    this.folder = folder;
    this.sides = new FolderSides(folder, pooled);
    FolderListing found = FolderListing.in(folder);
    if (found.images().isEmpty()) {
      throw new UserException(
          String.format(
              Locale.ROOT,
              "no images in the folder %s: %s; %s, IDX files or binary batches of CIFAR-10 expected",
              folder,
              FolderListing.found(folder),
              ImageFormats.ENDINGS));
    }
    this.files =
        found.images().stream()
            .filter(file -> sides.of(file) != FolderSides.Side.EXCLUDED)
            .sorted(Comparator.comparing(file -> folder.relativize(file).toString()))
            .toList();
    this.classes = new FolderClasses(files.stream().map(this::shown).toList());
    this.remarks = sides.remarks(found);
  }

  /**
   * Reads a folder. Files are decoded in parallel, as many at a time as there are processors; only
   * the square of each is kept.
   *
   * @param pooled whether folders that are a split are read as one
   * @param store stores the images
   * @param tolerated the share of files that may be left out; one always may, if others can be read
   * @throws UserException if there are no images, or too many cannot be read
   */
  static LoadedImages read(
      Path folder, boolean pooled, ImageStore store, double tolerated, ProgressListener progress) {
    return new ImageFolder(folder, pooled).read(store, tolerated, progress);
  }

  private LoadedImages read(ImageStore store, double tolerated, ProgressListener progress) {
    store.expect(files.size());
    List<Decoded> decoded;
    try (ProgressListener.Work reading = progress.begin("images read", files.size())) {
      decoded = files.parallelStream().map(file -> decode(folder, file, store, reading)).toList();
    }
    List<Image> training = new ArrayList<>();
    List<Image> validation = new ArrayList<>();
    List<String> skipped = new ArrayList<>();
    for (Decoded file : decoded) {
      if (file.values() == null) {
        skipped.add(file.problem());
      } else {
        (sides.of(file.file()) == FolderSides.Side.VALIDATION ? validation : training)
            .add(new Image(file.values(), classes.of(shown(file.file())), name(file.file()), null));
      }
    }
    LoadedImages read = new LoadedImages(training, validation, classes.names(), skipped, remarks);
    boolean nothing = training.isEmpty() || sides.apart() && validation.isEmpty();
    if (skipped.size() > Math.max(1, tolerated * files.size()) || nothing && !skipped.isEmpty()) {
      throw new UserException(
          String.format(
              Locale.ROOT,
              "%s: %,d of %,d image%s cannot be read: %s. Remove or replace them",
              folder,
              skipped.size(),
              files.size(),
              files.size() == 1 ? "" : "s",
              read.complaints()));
    }
    if (nothing) {
      throw new UserException(
          String.format(
              Locale.ROOT,
              "%s: %s, but there are no images for %s; add some, or set data.validation"
                  + " to the fraction for validation",
              folder,
              String.join("; ", remarks),
              training.isEmpty() ? "training" : "validation"));
    }
    return read;
  }

  private String shown(Path file) {
    return FolderClasses.folder(sides.root(file), file);
  }

  /** Returns the path within the folder, the same on all systems. */
  private String name(Path file) {
    return folder.relativize(file).toString().replace(File.separatorChar, '/');
  }

  private record Decoded(Path file, @Nullable ByteBuffer values, String problem) {}

  private static Decoded decode(
      Path folder, Path file, ImageStore store, ProgressListener.Work reading) {
    try {
      byte[] square = ImageFile.square(file, store.channels(), store.side());
      return new Decoded(file, store.keep(square), "");
    } catch (IOException e) {
      return new Decoded(file, null, folder.relativize(file) + " (" + ReasonText.of(e) + ")");
    } finally {
      reading.done();
    }
  }
}
