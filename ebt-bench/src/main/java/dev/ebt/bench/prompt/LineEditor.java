package dev.ebt.bench.prompt;

import dev.ebt.error.ReasonText;
import dev.ebt.error.UserException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jline.reader.Candidate;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.ParsedLine;
import org.jline.reader.UserInterruptException;
import org.jline.reader.impl.DefaultParser;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;

/**
 * Prompts with line editing on the terminal of this process, by JLine: a history, search in it, and
 * pasting of several lines. Ctrl-C discards the line, Ctrl-D on an empty one is the end.
 */
public final class LineEditor implements Prompts {
  private static final String PROMPT = "> ";

  private final Terminal terminal;
  private final LineReader reader;

  private LineEditor(Terminal terminal, LineReader reader) {
    this.terminal = terminal;
    this.reader = reader;
  }

  /**
   * Opens the terminal.
   *
   * @param completions what a line that begins like one of them can be completed to
   * @throws UserException if there is no terminal
   */
  public static LineEditor open(List<String> completions) {
    Optional<Path> history =
        HistoryFile.place(System.getenv(), System.getProperty("user.home"))
            .filter(HistoryFile::prepare);
    try {
      Terminal terminal = TerminalBuilder.builder().system(true).dumb(true).build();
      return new LineEditor(terminal, reader(terminal, completions, history));
    } catch (IOException e) {
      throw new UserException(
          "the terminal cannot be opened: " + ReasonText.of(e) + "; use --prompt", e);
    }
  }

  /** Returns a reader of lines that are text: without quotes, escapes and references to history. */
  static LineReader reader(Terminal terminal, List<String> completions, Optional<Path> history) {
    DefaultParser parser = new DefaultParser();
    parser.setQuoteChars(new char[0]);
    parser.setEscapeChars(new char[0]);
    LineReaderBuilder builder =
        LineReaderBuilder.builder()
            .terminal(terminal)
            .appName("ebt")
            .parser(parser)
            .completer((reader, line, found) -> complete(line, completions, found))
            .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
            .option(LineReader.Option.INSERT_TAB, true)
            .variable(LineReader.SECONDARY_PROMPT_PATTERN, "  ");
    history.ifPresent(file -> builder.variable(LineReader.HISTORY_FILE, file));
    return builder.build();
  }

  /** Adds the words that continue a line as one of the completions does. */
  private static void complete(ParsedLine line, List<String> completions, List<Candidate> found) {
    String before = String.join(" ", line.words().subList(0, line.wordIndex()));
    List<String> words = new ArrayList<>();
    for (String completion : completions) {
      int cut = before.isEmpty() ? 0 : before.length() + 1;
      if (completion.startsWith(before) && completion.length() > cut) {
        words.add(completion.substring(cut).split(" ", 2)[0]);
      }
    }
    words.stream().distinct().map(Candidate::new).forEach(found::add);
  }

  @Override
  public Optional<String> next() {
    try {
      return Optional.of(reader.readLine(PROMPT));
    } catch (UserInterruptException e) {
      return Optional.of(""); // As in a shell, the line is discarded.
    } catch (EndOfFileException e) {
      return Optional.empty();
    }
  }

  @Override
  public void close() {
    try {
      terminal.close();
    } catch (IOException e) {
      return; // The terminal is gone.
    }
  }
}
