package dev.ebt.config;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Values that override those of recipes and files: parsed once, each with its origin.
 *
 * @param assignments the values, in the order they were given
 * @param mistakes the assignments that could not be read, one message each; reported with the other
 *     problems of a configuration
 */
public record Overrides(List<Assignment> assignments, List<String> mistakes) {
  private static final Overrides NONE = new Overrides(List.of(), List.of());

  /** Copies the lists. */
  public Overrides {
    assignments = List.copyOf(assignments);
    mistakes = List.copyOf(mistakes);
  }

  /** Returns no overrides. */
  public static Overrides none() {
    return NONE;
  }

  /** Returns overrides with these values. */
  public static Overrides of(Assignment... assignments) {
    return new Overrides(List.of(assignments), List.of());
  }

  /**
   * Parses {@code path=value} each, as {@code --set} takes them.
   *
   * @throws dev.ebt.error.UserException if a value is not YAML
   */
  public static Overrides of(String... assignments) {
    return parse(Arrays.asList(assignments));
  }

  /**
   * Parses {@code path=value} each, as {@code --set} takes them.
   *
   * @throws dev.ebt.error.UserException if a value is not YAML
   */
  public static Overrides parse(List<String> assignments) {
    List<Assignment> parsed = new ArrayList<>();
    Problems problems = new Problems();
    for (String text : assignments) {
      Origin origin = Origin.set(text);
      int equals = text.indexOf('=');
      if (equals < 1) {
        problems.add(origin.place(), "path=value expected, such as training.steps=100");
        continue;
      }
      String path = text.substring(0, equals).strip();
      DocumentParser parser = new DocumentParser(origin, false, problems);
      parsed.add(new Assignment(path, parser.parse(text.substring(equals + 1), path), origin));
    }
    return new Overrides(parsed, problems.all());
  }

  /** Returns these overrides followed by others. */
  public Overrides and(Overrides others) {
    return new Overrides(
        Stream.concat(assignments.stream(), others.assignments.stream()).toList(),
        Stream.concat(mistakes.stream(), others.mistakes.stream()).toList());
  }

  /** Returns these overrides followed by more. */
  public Overrides and(Assignment... more) {
    return and(of(more));
  }

  /**
   * Returns these overrides without those whose setting another one sets, by itself or within a
   * mapping, followed by the others.
   */
  public Overrides yieldingTo(Overrides others) {
    Set<String> set =
        others.assignments.stream()
            .flatMap(other -> other.origins().keySet().stream())
            .collect(Collectors.toSet());
    return where(own -> !set.contains(own.path())).and(others);
  }

  /** Returns the overrides that a predicate accepts. */
  public Overrides where(Predicate<Assignment> predicate) {
    return new Overrides(assignments.stream().filter(predicate).toList(), mistakes);
  }

  /** Returns the overrides of settings at, or below, one of the paths. */
  public List<Assignment> within(String... groups) {
    return assignments.stream().filter(each -> Stream.of(groups).anyMatch(each::within)).toList();
  }

  /** Returns the override of exactly this setting; the last one, if there are several. */
  public Optional<Assignment> at(String path) {
    return assignments.stream().filter(e -> e.path().equals(path)).reduce((a, b) -> b);
  }

  /** Returns the overrides that single settings were given, as by {@code --set}. */
  public Overrides byHand() {
    return where(each -> each.origin().kind() == Origin.Kind.SET);
  }

  /** Returns whether there are none. */
  public boolean isEmpty() {
    return assignments.isEmpty() && mistakes.isEmpty();
  }

  /**
   * Reports what is wrong with the overrides themselves.
   *
   * @return the overrides in the order to apply them in: names first, so that the settings beside
   *     them are those of the named part
   */
  public List<Assignment> checked(Problems problems) {
    mistakes.forEach(mistake -> problems.add("", mistake));
    List<Assignment> ordered = new ArrayList<>(assignments);
    ordered.sort(
        Comparator.comparingInt(Assignment::depth)
            .thenComparing(each -> !each.path().endsWith(".name")));
    Set<String> seen = new HashSet<>();
    for (Assignment each : ordered) {
      if (!seen.add(each.path())) {
        problems.add(each.origin().place(), each.path() + " is set twice; once expected");
      }
    }
    return ordered;
  }
}
