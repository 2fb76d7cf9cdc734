package dev.ebt.bench.command;

import dev.ebt.error.UserException;
import dev.ebt.interact.Input;
import dev.ebt.interact.Interaction;
import dev.ebt.interact.Options;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.ArgGroupSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/**
 * The options of all interactions as those of a command: under a heading for the data that they are
 * for or, where they are for several, among the command's own.
 */
final class InteractionOptions {
  private static final String STANDARD_INPUT = "-";

  private final Map<String, Shared> byName = new LinkedHashMap<>();
  private final InputStream in;

  /** An option of one or more interactions. */
  private static final class Shared {
    private final Options.Spec spec;
    private final Interaction<?> first;
    private final Set<String> subjects = new LinkedHashSet<>();
    private final Set<String> description = new LinkedHashSet<>();

    Shared(Options.Spec spec, Interaction<?> first) {
      this.spec = spec;
      this.first = first;
    }
  }

  /**
   * Collects the options.
   *
   * @param in standard input, which an option can name as its value
   * @throws UserException if two of one name differ in their types
   */
  InteractionOptions(List<Interaction<?>> interactions, InputStream in) {
    this.in = in;
    for (Interaction<?> interaction : interactions) {
      for (Options.Spec spec : Options.of(interaction.options()).specs()) {
        Shared shared = byName.computeIfAbsent(spec.name(), name -> new Shared(spec, interaction));
        if (shared.spec.type() != spec.type() || shared.spec.several() != spec.several()) {
          throw new UserException(
              String.format(
                  Locale.ROOT,
                  "interactions '%s' and '%s' both have an option %s, of different types:"
                      + " %s and %s; remove one of their plugins",
                  shared.first.name(),
                  interaction.name(),
                  spec.name(),
                  typeName(shared.spec),
                  typeName(spec)));
        }
        shared.subjects.add(interaction.subject());
        shared.description.addAll(spec.description());
      }
    }
  }

  private static String typeName(Options.Spec spec) {
    String name = spec.type().getSimpleName();
    return spec.several() ? "List<" + name + ">" : name;
  }

  /**
   * Adds the options to a command.
   *
   * @throws UserException if the command has one of them itself
   */
  void addTo(CommandSpec command) {
    Map<String, List<OptionSpec>> bySubject = new LinkedHashMap<>();
    byName.forEach(
        (name, shared) -> {
          if (command.findOption(name) != null) {
            throw new UserException(
                String.format(
                    Locale.ROOT,
                    "interaction '%s' has an option %s, which '%s' has itself; rename it",
                    shared.first.name(),
                    name,
                    command.name()));
          }
          if (shared.subjects.size() > 1) {
            command.addOption(option(shared));
          } else {
            bySubject
                .computeIfAbsent(shared.subjects.iterator().next(), s -> new ArrayList<>())
                .add(option(shared));
          }
        });
    bySubject.forEach(
        (subject, options) -> {
          ArgGroupSpec.Builder group =
              ArgGroupSpec.builder()
                  .validate(false)
                  .heading(String.format(Locale.ROOT, "%%nFor %s:%%n", subject));
          options.forEach(group::addArg);
          command.addArgGroup(group.build());
        });
  }

  private OptionSpec option(Shared shared) {
    Options.Spec spec = shared.spec;
    OptionSpec.Builder option =
        OptionSpec.builder(spec.name())
            .description(
                shared.description.stream()
                    .map(line -> line.replace("%", "%%"))
                    .toArray(String[]::new));
    if (!spec.placeholder().isEmpty()) {
      option.paramLabel(spec.placeholder());
    }
    option.type(spec.several() ? List.class : spec.type());
    if (spec.several()) {
      option.auxiliaryTypes(spec.type());
      if (Number.class.isAssignableFrom(spec.type())) {
        option.splitRegex(",");
      }
    }
    if (spec.type() == String.class) {
      option.preprocessor(new AnyText()).converters(new AnyText());
    } else if (spec.type() == Input.class) {
      ITypeConverter<Input> converter = this::input;
      option.converters(converter);
    }
    return option.build();
  }

  private Input input(String text) {
    Path path = new PathConverter().convert(text);
    return text.equals(STANDARD_INPUT) ? Input.of("standard input", in) : Input.of(path);
  }

  /** Returns the values of those options that are given, by their names. */
  Map<String, Object> given(ParseResult parsed) {
    Map<String, Object> given = new LinkedHashMap<>();
    byName.keySet().stream()
        .filter(parsed::hasMatchedOption)
        .forEach(name -> given.put(name, parsed.matchedOption(name).getValue()));
    return given;
  }
}
