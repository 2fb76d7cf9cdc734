package dev.ebt.modality;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The split of a dataset folder by the names of its subfolders. A folder is split if all subfolders
 * are named {@code train}, {@code val}, {@code valid}, {@code validation} or {@code test}, in any
 * case, and at least one of them is {@code train} and at least one is not.
 *
 * <p>Models are trained on {@code train} and evaluated on the validation folders, or on {@code
 * test} if there is no validation folder; otherwise {@code test} is left out. Files beside the
 * subfolders are in neither part. Names with a leading dot are ignored.
 *
 * @param training the training folders
 * @param validation the validation folders
 * @param leftOut the test folders if there are validation folders, else none
 */
public record SplitFolders(List<Path> training, List<Path> validation, List<Path> leftOut) {
  private static final Set<String> TRAINING = Set.of("train");
  private static final Set<String> VALIDATION = Set.of("val", "valid", "validation");
  private static final Set<String> TEST = Set.of("test");

  /** Creates a split with unmodifiable copies of the lists. */
  public SplitFolders {
    training = List.copyOf(training);
    validation = List.copyOf(validation);
    leftOut = List.copyOf(leftOut);
  }

  /**
   * Returns the split of a folder, or empty if its subfolders do not split it.
   *
   * @throws IOException if the folder cannot be listed
   */
  public static Optional<SplitFolders> of(Path folder) throws IOException {
    List<Path> training = new ArrayList<>();
    List<Path> validation = new ArrayList<>();
    List<Path> test = new ArrayList<>();
    for (Path subfolder : subfolders(folder)) {
      String name = name(subfolder).toLowerCase(Locale.ROOT);
      if (TRAINING.contains(name)) {
        training.add(subfolder);
      } else if (VALIDATION.contains(name)) {
        validation.add(subfolder);
      } else if (TEST.contains(name)) {
        test.add(subfolder);
      } else {
        return Optional.empty();
      }
    }
    if (training.isEmpty() || (validation.isEmpty() && test.isEmpty())) {
      return Optional.empty();
    }
    return Optional.of(
        validation.isEmpty()
            ? new SplitFolders(training, test, List.of())
            : new SplitFolders(training, validation, test));
  }

  private static List<Path> subfolders(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> members = Files.list(folder)) {
      return members
          .filter(Files::isDirectory)
          .filter(member -> !name(member).startsWith("."))
          .sorted()
          .toList();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  /**
   * Returns a description of the split, such as "folder train for training, folder val for
   * validation".
   */
  public String description() {
    return "folder "
        + names(training)
        + " for training, folder "
        + names(validation)
        + " for validation"
        + (leftOut.isEmpty() ? "" : "; folder " + names(leftOut) + " not used");
  }

  private static String names(List<Path> folders) {
    return folders.stream().map(SplitFolders::name).collect(Collectors.joining(" and "));
  }

  private static String name(Path folder) {
    return folder.getFileName().toString();
  }
}
