package dev.ebt.vision.picture;

import dev.ebt.error.UserException;
import dev.ebt.modality.SplitFolders;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The side that the files of a folder are on: all that is in it is to learn from, unless its
 * subfolders split it by their names, see {@link SplitFolders}.
 */
public final class FolderSides {
  /** What files are for. */
  public enum Side {
    /** To learn from. */
    LEARNT,
    /** To be judged by. */
    JUDGED,
    /** Neither. */
    LEFT_OUT
  }

  private final Path folder;
  private final Optional<SplitFolders> split;
  private final boolean pooled;

  /**
   * The sides of a folder.
   *
   * @param pooled whether all that is in the folders of a split is to be split anew; the folders
   *     then say no more than that their own names are not what pictures show
   */
  public FolderSides(Path folder, boolean pooled) {
    this.folder = folder;
    this.pooled = pooled;
    try {
      this.split = SplitFolders.of(folder);
    } catch (IOException e) {
      throw new UserException("cannot read " + folder + ": " + UnreadableFiles.reason(e), e);
    }
  }

  /** Which side a file is on. */
  public Side of(Path file) {
    if (pooled || split.isEmpty() || isIn(file, split.get().training())) {
      return Side.LEARNT;
    }
    return isIn(file, split.get().validation()) ? Side.JUDGED : Side.LEFT_OUT;
  }

  private static boolean isIn(Path file, List<Path> folders) {
    return folders.stream().anyMatch(file::startsWith);
  }

  /** The folder from which on a file's own folders say what it shows. */
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

  /** Whether subfolders are kept apart, as their names say. */
  public boolean apart() {
    return !pooled && split.isPresent();
  }

  /** Says which folders are learnt from and which are judged by, and which files are not read. */
  public List<String> remarks(PictureFiles files) {
    List<String> remarks = new ArrayList<>();
    if (apart()) {
      remarks.add(split.orElseThrow().description());
      List<Path> beside =
          files.pictures().stream().filter(file -> root(file).equals(folder)).toList();
      if (!beside.isEmpty()) {
        remarks.add(PictureFiles.notRead(folder, beside) + " beside these folders");
      }
    }
    if (!files.others().isEmpty()) {
      remarks.add(PictureFiles.notRead(folder, files.others()));
    }
    return remarks;
  }
}
