package dev.ebt.error;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import java.util.TreeSet;

/** The one message for a name that nobody bears: what was sought, the nearest name, all names. */
public final class UnknownName {
  private UnknownName() {}

  /**
   * For instance: {@code unknown regularizer 'langevn': did you mean 'langevin'? Known: langevin,
   * replay}.
   *
   * @param kind what was sought, in words: {@code "regularizer"}, {@code "key"}
   */
  public static UserException of(String kind, String name, Collection<String> known) {
    String hint = nearest(name, known).map(n -> ": did you mean '" + n + "'?").orElse(".");
    String names = known.isEmpty() ? "none" : String.join(", ", new TreeSet<>(known));
    return new UserException("unknown " + kind + " '" + name + "'" + hint + " Known: " + names);
  }

  /** The known name that needs the fewest edits, if they are few enough to be a slip. */
  public static Optional<String> nearest(String name, Collection<String> known) {
    return known.stream()
        .filter(k -> edits(name, k) <= Math.max(1, Math.min(name.length(), k.length()) / 3))
        .min(Comparator.comparingInt((String k) -> edits(name, k)).thenComparing(k -> k));
  }

  /** Levenshtein distance, ignoring case. */
  private static int edits(String from, String to) {
    int[] row = new int[to.length() + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= from.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j < row.length; j++) {
        boolean same =
            Character.toLowerCase(from.charAt(i - 1)) == Character.toLowerCase(to.charAt(j - 1));
        int replaced = diagonal + (same ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[to.length()];
  }
}
