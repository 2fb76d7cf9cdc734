package dev.ebt.bench;

import dev.ebt.bench.command.GlobalOptions;
import dev.ebt.bench.command.PluginOptions;
import dev.ebt.bench.command.ShellWord;
import dev.ebt.error.MessageSanitizer;
import dev.ebt.error.UnknownName;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** One-line messages for invalid command-line arguments, instead of pages of help. */
final class OptionMistake {
  /** The present names of commands that had another one. */
  private static final Map<String, String> RENAMED = Map.of("publish", "export");

  private static final Pattern TAKEN_FOR_AN_OPTION =
      Pattern.compile("Expected parameter for option '(.*)' but found '(.*)'");

  private OptionMistake() {}

  /** Returns the message for a picocli exception. */
  static String message(ParameterException e) {
    CommandSpec command = e.getCommandLine().getCommandSpec();
    String message =
        MessageSanitizer.of(String.valueOf(e.getMessage()))
            .replaceAll("is not an? (int|long)\\b", "is not an integer")
            .replace("is not a double", "is not a number")
            .replaceFirst("(Unknown subcommand '.*')\\.$", "$1");
    Matcher taken = TAKEN_FOR_AN_OPTION.matcher(message);
    if (taken.matches()) {
      return String.format(
          Locale.ROOT,
          "%s, which is an option. To use it as a value: %s=%s",
          message,
          taken.group(1),
          ShellWord.of(taken.group(2)));
    }
    return e instanceof UnmatchedArgumentException unmatched
        ? unknown(command, message, unmatched)
        : hint(command, message + ";");
  }

  private static String hint(CommandSpec command, String message) {
    return String.format(
        Locale.ROOT, "%s './%s --help' lists the options", message, command.qualifiedName());
  }

  /** Describes the first unknown argument only: what follows an unknown option may be its value. */
  private static String unknown(CommandSpec command, String message, UnmatchedArgumentException e) {
    String first = e.getUnmatched().get(0);
    String mistake =
        first.startsWith("-") ? "Unknown option: '" + MessageSanitizer.of(first) + "'" : message;
    List<String> meant = meant(command, e);
    if (!meant.isEmpty()) {
      return hint(command, mistake + ": did you mean " + String.join(" or ", meant) + "?");
    }
    return hint(
        command,
        mayBeOfPlugin(command, first)
            ? mistake
                + ". If a plugin provides it, name the jar with "
                + GlobalOptions.PLUGINS
                + ";"
            : mistake + ";");
  }

  /** Returns whether a plugin that is not loaded may have the option. */
  private static boolean mayBeOfPlugin(CommandSpec command, String option) {
    List<?> plugins = command.findOption(GlobalOptions.PLUGINS).getValue();
    return option.startsWith("-")
        && command.userObject() instanceof PluginOptions
        && plugins.isEmpty();
  }

  /** Returns the nearest name of this command, or those that picocli suggests. */
  private static List<String> meant(CommandSpec command, UnmatchedArgumentException e) {
    String given = e.getUnmatched().get(0).replaceFirst("=.*", "");
    String renamed = RENAMED.get(given);
    if (renamed != null && command.subcommands().containsKey(renamed)) {
      return List.of(renamed);
    }
    Set<String> known = new TreeSet<>(command.subcommands().keySet());
    command.options().stream().map(OptionSpec::longestName).forEach(known::add);
    return UnknownName.nearest(given, known).map(List::of).orElseGet(e::getSuggestions);
  }
}
