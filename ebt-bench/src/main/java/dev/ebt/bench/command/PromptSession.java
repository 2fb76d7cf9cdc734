package dev.ebt.bench.command;

import static java.util.stream.Collectors.joining;

import dev.ebt.bench.console.StandardStreams;
import dev.ebt.bench.prompt.Prompts;
import dev.ebt.bench.report.OutputPrinter;
import dev.ebt.error.UserException;
import dev.ebt.interact.Interactions;
import dev.ebt.run.TrainedModel;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Model.OptionSpec;

/**
 * A session in which a person gives one input after the other, and a model answers each by itself.
 * Ctrl-C ends an answer; a line that begins with a slash is a command.
 */
final class PromptSession {
  private static final String HELP =
      """
      Each input is answered by itself. Ctrl-C ends an answer, twice the program; Ctrl-D leaves.
      Alt-Enter begins a new line; pasted lines stay together; // begins an input with a slash.

        /set               shows the options that are set
        /set NAME VALUE    sets an option, such as /set steps 4
        /unset NAME        returns an option to its default
        /help              shows this help
        /quit              leaves
      """;

  private final TrainedModel model;
  private final Interactions interactions;
  private final SessionOptions options;
  private final StandardStreams streams;
  private final Interrupts interrupts;
  private final AnswerTimeout timeout;

  PromptSession(
      TrainedModel model,
      Interactions interactions,
      SessionOptions options,
      StandardStreams streams,
      Interrupts interrupts,
      AnswerTimeout timeout) {
    this.model = model;
    this.interactions = interactions;
    this.options = options;
    this.streams = streams;
    this.interrupts = interrupts;
    this.timeout = timeout;
  }

  /** Returns the commands that a line can begin with. */
  static List<String> completions(SessionOptions options) {
    List<String> completions = new ArrayList<>(List.of("/help", "/quit"));
    for (String name : options.names()) {
      completions.add("/set " + name.substring(2));
      completions.add("/unset " + name.substring(2));
    }
    return completions;
  }

  /** Answers inputs to their end. */
  void run(Prompts prompts) {
    boolean open = true;
    while (open) {
      Optional<String> line = prompts.next();
      try {
        open = line.isPresent() && handle(line.get());
      } catch (UserException e) {
        streams.err().println("ebt: " + e.getMessage());
      }
    }
  }

  /** Handles a line and returns whether the session goes on. */
  private boolean handle(String line) {
    if (line.startsWith("/") && !line.startsWith("//")) {
      return command(line.strip().split("\\s+", 3));
    }
    if (!line.isBlank()) {
      answer(line.startsWith("/") ? line.substring(1) : line);
    }
    return true;
  }

  private boolean command(String[] words) {
    switch (words[0]) {
      case "/quit", "/exit" -> {
        return false;
      }
      case "/help" -> help();
      case "/set" -> set(words);
      case "/unset" -> {
        if (words.length != 2) {
          throw new UserException("/unset takes the name of an option, such as /unset steps");
        }
        options.unset(words[1]);
      }
      default ->
          throw new UserException(
              words[0] + " is no command; /help lists them, and // begins an input with a slash");
    }
    return true;
  }

  private void set(String[] words) {
    if (words.length == 1) {
      options
          .words()
          .forEach((name, values) -> streams.out().println(name + " " + String.join(" ", values)));
      return;
    }
    options.set(
        words[1],
        words.length == 2 ? "true" : words[2],
        values -> interactions.check(model, values.common(), values.given()));
  }

  private void help() {
    streams.out().print(HELP);
    streams.out().printf(Locale.ROOT, "%nOptions:%n");
    for (OptionSpec option : options.all()) {
      String label = option.arity().max() == 0 ? "" : " " + option.paramLabel();
      streams
          .out()
          .printf(
              Locale.ROOT,
              "  %-26s %s%n",
              option.longestName().substring(2) + label,
              List.of(option.description()).stream().collect(joining(" ")));
    }
  }

  private void answer(String prompt) {
    SessionOptions.Values values = options.values();
    Map<String, Object> given = new LinkedHashMap<>(values.given());
    given.put(interactions.prompted(model, values.given()).orElseThrow(this::unasked), prompt);
    try (Interrupt interrupt = interrupts.installForKeyboard()) {
      OutputPrinter printer = new OutputPrinter(streams, interrupt::requested);
      try {
        timeout.during(() -> interactions.run(model, values.common(), given, printer));
      } finally {
        printer.end();
      }
    }
  }

  private UserException unasked() {
    return new UserException("with these options there is nothing to ask for; /unset one of them");
  }
}
