package dev.ebt.bench.command;

import dev.ebt.error.UnknownName;
import dev.ebt.error.UserException;
import dev.ebt.interact.CommonOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/**
 * The options of {@code think} during a session, which can be changed from one input to the next.
 */
final class SessionOptions {
  private final InteractionOptions options;
  private final String prompted;
  private final Map<String, List<String>> words = new LinkedHashMap<>();

  /**
   * Values of all options.
   *
   * @param given those of interactions, by their names
   */
  record Values(CommonOptions common, Map<String, Object> given) {}

  /**
   * Takes over the options that a command line has.
   *
   * @param options those of the interactions for the model
   * @param prompted the one that is asked for
   */
  SessionOptions(InteractionOptions options, String prompted, ParseResult commandLine) {
    this.options = options;
    this.prompted = prompted;
    commandLine.matchedOptions().stream()
        .filter(option -> names().contains(option.longestName()))
        .forEach(option -> words.put(option.longestName(), option.stringValues()));
  }

  private CommandSpec spec(ThinkingOptions common) {
    CommandSpec spec = CommandSpec.forAnnotatedObject(common).name("/set");
    options.addTo(spec);
    return spec;
  }

  /** Returns all options that can be set. */
  List<OptionSpec> all() {
    return spec(new ThinkingOptions()).options().stream()
        .filter(option -> !option.longestName().equals(prompted))
        .toList();
  }

  /** Returns the names of all options, with their dashes. */
  Set<String> names() {
    Set<String> names = new LinkedHashSet<>();
    all().forEach(option -> names.add(option.longestName()));
    return names;
  }

  /** Returns the values that are set, in the words of the user. */
  Map<String, List<String>> words() {
    return words;
  }

  /**
   * Returns the values.
   *
   * @throws UserException if one is unsuitable
   */
  Values values() {
    ThinkingOptions common = new ThinkingOptions();
    CommandLine line = new CommandLine(spec(common));
    line.registerConverter(Path.class, new PathConverter());
    List<String> arguments = new ArrayList<>();
    words.forEach((name, values) -> values.forEach(value -> arguments.add(name + "=" + value)));
    try {
      ParseResult parsed = line.parseArgs(arguments.toArray(String[]::new));
      return new Values(common.common(), options.given(parsed));
    } catch (ParameterException e) {
      throw new UserException(e.getMessage(), e);
    }
  }

  /**
   * Changes an option.
   *
   * @param name with or without its dashes
   * @param value in the user's words; true for a flag
   * @param check refuses unsuitable values
   * @throws UserException if there is no such option or its value is refused; nothing is changed
   */
  void set(String name, String value, Consumer<Values> check) {
    String known = known(name);
    List<String> before = words.put(known, List.of(value));
    try {
      check.accept(values());
    } catch (UserException e) {
      if (before == null) {
        words.remove(known);
      } else {
        words.put(known, before);
      }
      throw e;
    }
  }

  /** Returns an option to its default. */
  void unset(String name) {
    words.remove(known(name));
  }

  private String known(String name) {
    String full = name.startsWith("--") ? name : "--" + name;
    if (!names().contains(full)) {
      throw UnknownName.of("option", full, names());
    }
    return full;
  }
}
