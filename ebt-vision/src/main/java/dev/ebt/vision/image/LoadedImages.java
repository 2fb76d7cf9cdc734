package dev.ebt.vision.image;

import dev.ebt.error.ReasonText;
import dev.ebt.error.UserException;
import dev.ebt.plugin.ProgressListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A user's images, cropped to the centre square and resized to one size.
 *
 * @param images the images that are not in {@code setApart}
 * @param setApart the images that the makers of the collection provide for validation: {@code
 *     t10k-…} of MNIST, {@code test_batch} of CIFAR-10, folders of a split
 * @param classes the names of the classes; empty if there are no labels
 * @param skipped files left out, each with the reason
 * @param remarks further remarks: which folders are a split, which files are not read
 */
public record LoadedImages(
    List<Image> images,
    List<Image> setApart,
    List<String> classes,
    List<String> skipped,
    List<String> remarks) {

  /** The greatest number of skipped files that are named. */
  private static final int NAMED = 3;

  /** Copies the lists. */
  public LoadedImages {
    images = List.copyOf(images);
    setApart = List.copyOf(setApart);
    classes = List.copyOf(classes);
    skipped = List.copyOf(skipped);
    remarks = List.copyOf(remarks);
  }

  /**
   * Reads IDX or CIFAR-10 files, recognised by their content, or else a folder of images. Where
   * there are both, files of single images are skipped.
   *
   * @param path a file, or a folder of files
   * @param pooled whether folders that are a split by their names are read as one
   * @param store stores the images and sets their size
   * @param tolerated the share of image files that may be left out
   * @throws UserException if there are no images, or too many cannot be read
   */
  public static LoadedImages read(
      Path path, boolean pooled, ImageStore store, double tolerated, ProgressListener progress) {
    if (!Files.exists(path)) {
      throw new UserException("no file or folder " + path);
    }
    try {
      if (!Files.isDirectory(path)) {
        return of(List.of(file(path)), store, progress);
      }
      List<MultiImageFile> files = files(path);
      return files.isEmpty()
          ? ImageFolder.read(path, pooled, store, tolerated, progress)
          : of(files, store, progress).without(path, files);
    } catch (IOException e) {
      throw new UserException("cannot read " + path + ": " + ReasonText.of(e), e);
    }
  }

  /** Reads images without pooling the folders of a split. */
  static LoadedImages read(
      Path path, ImageStore store, double tolerated, ProgressListener progress) {
    return read(path, false, store, tolerated, progress);
  }

  /** Returns the first of the files left out, with reasons, and the number of the others. */
  public String complaints() {
    int more = skipped.size() - NAMED;
    String named = String.join("; ", skipped.subList(0, Math.min(NAMED, skipped.size())));
    return more > 0 ? named + "; and " + more + " more" : named;
  }

  private static MultiImageFile file(Path file) throws IOException {
    return recognised(file)
        .orElseThrow(
            () ->
                new UserException(
                    file
                        + " is neither an IDX file of images (MNIST) nor a batch of"
                        + " CIFAR-10; for single images name their folder"));
  }

  private static Optional<MultiImageFile> recognised(Path file) throws IOException {
    Optional<MultiImageFile> idx = IdxFile.images(file);
    return idx.isPresent() ? idx : Cifar10File.images(file);
  }

  private static List<MultiImageFile> files(Path folder) throws IOException {
    List<MultiImageFile> files = new ArrayList<>();
    try (Stream<Path> within = Files.list(folder)) {
      for (Path file :
          within.filter(Files::isRegularFile).sorted(Comparator.naturalOrder()).toList()) {
        if (!FolderListing.named(folder, file) && (namedAsMany(file) || Unzipped.begins(file))) {
          recognised(file).ifPresent(files::add);
        }
      }
    }
    return files;
  }

  /** Such a file is refused if it cannot be read; another one has nothing to do with images. */
  private static boolean namedAsMany(Path file) {
    return IdxFile.named(file) || Cifar10File.named(file);
  }

  private static LoadedImages of(
      List<MultiImageFile> files, ImageStore store, ProgressListener progress) {
    List<Image> images = new ArrayList<>();
    List<Image> setApart = new ArrayList<>();
    List<String> classes = List.of();
    for (MultiImageFile file : files) {
      (file.setApart() ? setApart : images).addAll(file.store(store, progress));
      classes = file.classes().size() > classes.size() ? file.classes() : classes;
    }
    return images.isEmpty()
        ? new LoadedImages(setApart, List.of(), classes, List.of(), List.of())
        : new LoadedImages(images, setApart, classes, List.of(), List.of());
  }

  /** Returns this collection with the files beside these that are not read. */
  private LoadedImages without(Path folder, List<MultiImageFile> read) throws IOException {
    FolderListing beside = FolderListing.in(folder);
    List<String> left =
        beside.images().stream()
            .map(file -> folder.relativize(file) + " (a single image next to files with many)")
            .sorted()
            .toList();
    List<Path> others = new ArrayList<>(beside.others());
    read.forEach(file -> others.remove(file.file()));
    for (Path file : beside.others()) {
      if (IdxFile.areLabels(file)) {
        others.remove(file);
      }
    }
    return new LoadedImages(
        images,
        setApart,
        classes,
        left,
        others.isEmpty() ? List.of() : List.of(FolderListing.notRead(folder, others)));
  }
}
