package dev.ebt.error;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;

/** The common message for an unknown name: its kind, the nearest known name, all known names. */
public final class UnknownName {
  private UnknownName() {}

  /**
   * Returns an exception such as {@code unknown regularizer 'langevn': did you mean 'langevin'?
   * Known: langevin, replay}.
   *
   * @param kind the word for what the name stands for: {@code "regularizer"}, {@code "key"}
   */
  public static UserException of(String kind, String name, Collection<String> known) {
    return new UserException("unknown " + kind + " '" + name + "'" + hint(name, known));
  }

  /**
   * Returns the refusal of a setting that is none of the known names, such as {@code model.size is
   * 'smal', which is unknown: did you mean 'small'? Known: medium, small}.
   *
   * @param setting the component of the settings record
   */
  public static SettingException setting(String setting, String name, Collection<String> known) {
    return new SettingException(setting, "is '" + name + "', which is unknown" + hint(name, known));
  }

  private static String hint(String name, Collection<String> known) {
    String names = known.isEmpty() ? "none" : String.join(", ", new TreeSet<>(known));
    return nearest(name, known).map(n -> ": did you mean '" + n + "'?").orElse(".")
        + " Known: "
        + names;
  }

  /** Returns the known name with the smallest edit distance, if that is small enough for a typo. */
  public static Optional<String> nearest(String name, Collection<String> known) {
    return known.stream()
        .filter(k -> edits(name, k) <= Math.max(1, Math.min(name.length(), k.length()) / 3))
        .min(Comparator.comparingInt((String k) -> edits(name, k)).thenComparing(k -> k));
  }

  /**
   * Returns the edit distance, ignoring case: letters to insert, delete, replace or swap with a
   * neighbour.
   */
  private static int edits(String written, String known) {
    String from = written.toLowerCase(Locale.ROOT);
    String to = known.toLowerCase(Locale.ROOT);
    int[][] edits = new int[from.length() + 1][to.length() + 1];
    for (int i = 0; i <= from.length(); i++) {
      for (int j = 0; j <= to.length(); j++) {
        if (i == 0 || j == 0) {
          edits[i][j] = i + j;
          continue;
        }
        int replaced = edits[i - 1][j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        edits[i][j] = Math.min(replaced, 1 + Math.min(edits[i - 1][j], edits[i][j - 1]));
        boolean swapped =
            i > 1
                && j > 1
                && from.charAt(i - 1) == to.charAt(j - 2)
                && from.charAt(i - 2) == to.charAt(j - 1);
        if (swapped) {
          edits[i][j] = Math.min(edits[i][j], edits[i - 2][j - 2] + 1);
        }
      }
    }
    return edits[from.length()][to.length()];
  }
}
