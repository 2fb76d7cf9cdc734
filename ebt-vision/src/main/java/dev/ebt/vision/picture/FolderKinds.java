package dev.ebt.vision.picture;

import java.io.File;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * What pictures or clips show, by the folders that they lie in. A folder's own name says it, or,
 * where two have the same one, its path: {@code red/small} and {@code blue/small} are two.
 */
public final class FolderKinds {
  private final List<String> names;
  private final Map<String, Integer> byFolder = new HashMap<>();

  /**
   * The kinds that these folders stand for: none where it is one only, or where some pictures lie
   * above the folders.
   *
   * @param folders of {@link #folder}
   */
  public FolderKinds(Collection<String> folders) {
    TreeSet<String> different = new TreeSet<>(folders);
    if (different.size() < 2 || different.contains("")) {
      names = List.of();
      return;
    }
    boolean unique =
        new HashSet<>(different.stream().map(FolderKinds::last).toList()).size()
            == different.size();
    names = different.stream().map(folder -> unique ? last(folder) : folder).sorted().toList();
    for (String folder : different) {
      byFolder.put(folder, names.indexOf(unique ? last(folder) : folder));
    }
  }

  /**
   * The folder that a file lies in, from a root on, the same on all systems; empty for the root.
   */
  public static String folder(Path root, Path file) {
    Path parent = root.relativize(file).getParent();
    return parent == null ? "" : parent.toString().replace(File.separatorChar, '/');
  }

  private static String last(String folder) {
    return folder.substring(folder.lastIndexOf('/') + 1);
  }

  /** The names, sorted. */
  public List<String> names() {
    return names;
  }

  /** The place of a folder's kind among the names, {@link Picture#UNKNOWN} if there are none. */
  public int of(String folder) {
    return byFolder.getOrDefault(folder, Picture.UNKNOWN);
  }
}
