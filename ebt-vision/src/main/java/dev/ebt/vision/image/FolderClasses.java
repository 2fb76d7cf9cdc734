package dev.ebt.vision.image;

import java.io.File;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Class labels of images or clips by the folders that contain them. The name of a class is the
 * folder's own name or, where that is not unique, its path: {@code red/small} and {@code
 * blue/small} are two classes.
 */
public final class FolderClasses {
  private final List<String> names;
  private final Map<String, Integer> byFolder = new HashMap<>();

  /**
   * Creates the classes of these folders: none if there is only one folder, or if some images lie
   * in the root.
   *
   * @param folders values of {@link #folder}
   */
  public FolderClasses(Collection<String> folders) {
    TreeSet<String> different = new TreeSet<>(folders);
    if (different.size() < 2 || different.contains("")) {
      names = List.of();
      return;
    }
    boolean unique =
        new HashSet<>(different.stream().map(FolderClasses::last).toList()).size()
            == different.size();
    names = different.stream().map(folder -> unique ? last(folder) : folder).sorted().toList();
    for (String folder : different) {
      byFolder.put(folder, names.indexOf(unique ? last(folder) : folder));
    }
  }

  /**
   * Returns the folder of a file relative to a root, the same on all systems; empty for the root.
   */
  public static String folder(Path root, Path file) {
    Path parent = root.relativize(file).getParent();
    return parent == null ? "" : parent.toString().replace(File.separatorChar, '/');
  }

  private static String last(String folder) {
    return folder.substring(folder.lastIndexOf('/') + 1);
  }

  /** Returns the names of the classes, sorted. */
  public List<String> names() {
    return names;
  }

  /**
   * Returns the index of a folder's class among the names, {@link Image#UNKNOWN} if there are none.
   */
  public int of(String folder) {
    return byFolder.getOrDefault(folder, Image.UNKNOWN);
  }
}
