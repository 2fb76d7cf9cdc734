package dev.ebt.config;

import dev.ebt.error.UserException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The problems of a configuration, collected so that they can be reported and fixed together. */
public final class Problems {
  private final Set<String> found = new LinkedHashSet<>();

  /** Adds a problem. Duplicates are reported once. */
  public void add(String place, String message) {
    found.add(place.isEmpty() ? message : place + ": " + message);
  }

  /** Returns the problems found so far. */
  public List<String> all() {
    return List.copyOf(found);
  }

  /** Returns the number of problems. */
  public int count() {
    return found.size();
  }

  /**
   * Throws an exception if there are any problems.
   *
   * @throws UserException with the only problem, or with all of them, numbered
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
