package dev.ebt.config;

import dev.ebt.error.UserException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What is wrong with a configuration: gathered, so that one look mends all of it. */
public final class Problems {
  private final Set<String> found = new LinkedHashSet<>();

  /** Adds a problem. Told twice, it is reported once. */
  public void add(String place, String message) {
    found.add(place.isEmpty() ? message : place + ": " + message);
  }

  /** How many there are. */
  public int count() {
    return found.size();
  }

  /**
   * Ends here if there are any.
   *
   * @throws UserException with the only one, or with all of them, numbered
   */
  public void throwIfAny() {
    if (found.isEmpty()) {
      return;
    }
    List<String> all = new ArrayList<>(found);
    if (all.size() == 1) {
      throw new UserException(all.get(0));
    }
    StringBuilder text = new StringBuilder(all.size() + " problems in the configuration:");
    for (int i = 0; i < all.size(); i++) {
      text.append("\n  ").append(i + 1).append(". ").append(all.get(i));
    }
    throw new UserException(text.toString());
  }
}
