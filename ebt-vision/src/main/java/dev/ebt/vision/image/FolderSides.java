package dev.ebt.vision.image;

import dev.ebt.error.ReasonText;
import dev.ebt.error.UserException;
import dev.ebt.modality.SplitFolders;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The sides of a split that the files of a folder are on: all are training files, unless its
 * subfolders are a split by their names, see {@link SplitFolders}.
 */
public final class FolderSides {
  /** The side of a file. */
  public enum Side {
    /** Training. */
    TRAINING,
    /** Validation. */
    VALIDATION,
    /** Neither. */
    EXCLUDED
  }

  private final Path folder;
  private final Optional<SplitFolders> split;
  private final boolean pooled;

  /**
   * Creates the sides of a folder.
   *
   * @param pooled whether the files in the folders of a split are split anew; the only effect of
   *     these folders is then that their own names are not class labels
   */
  public FolderSides(Path folder, boolean pooled) {
    this.folder = folder;
    this.pooled = pooled;
    try {
      this.split = SplitFolders.of(folder);
    } catch (IOException e) {
      throw new UserException("cannot read " + folder + ": " + ReasonText.of(e), e);
    }
  }

  /** Returns the side of a file. */
  public Side of(Path file) {
    if (pooled || split.isEmpty() || isIn(file, split.get().training())) {
      return Side.TRAINING;
    }
    return isIn(file, split.get().validation()) ? Side.VALIDATION : Side.EXCLUDED;
  }

  private static boolean isIn(Path file, List<Path> folders) {
    return folders.stream().anyMatch(file::startsWith);
  }

  /** Returns the folder relative to which a file's own folders are its class label. */
  public Path root(Path file) {
    return split.stream()
        .flatMap(
            folders ->
                Stream.of(folders.training(), folders.validation(), folders.leftOut())
                    .flatMap(List::stream))
        .filter(file::startsWith)
        .findFirst()
        .orElse(folder);
  }

  /** Returns whether subfolders are used as a split. */
  public boolean apart() {
    return !pooled && split.isPresent();
  }

  /**
   * Returns remarks: which folders are for training and validation, and which files are not read.
   */
  public List<String> remarks(FolderListing files) {
    List<String> remarks = new ArrayList<>();
    if (apart()) {
      remarks.add(split.orElseThrow().description());
      List<Path> beside =
          files.images().stream().filter(file -> root(file).equals(folder)).toList();
      if (!beside.isEmpty()) {
        remarks.add(FolderListing.notRead(folder, beside) + " outside these folders");
      }
    }
    if (!files.others().isEmpty()) {
      remarks.add(FolderListing.notRead(folder, files.others()));
    }
    return remarks;
  }
}
