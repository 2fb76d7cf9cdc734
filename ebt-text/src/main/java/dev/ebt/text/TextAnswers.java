package dev.ebt.text;

import dev.ebt.error.UserException;
import dev.ebt.interact.AnswerReader;
import dev.ebt.interact.GivenAnswers;
import dev.ebt.interact.GivenAnswers.Answer;
import dev.ebt.interact.Input;
import dev.ebt.modality.Modality;
import dev.ebt.modality.Tokenizer;
import dev.ebt.text.window.AnswerWindows;
import dev.ebt.text.window.WindowedTextModality;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * A text as the context and answers that continue it, one per line. The line break at the end of
 * either input does not belong to it.
 */
public final class TextAnswers implements AnswerReader {
  private static final String END_OF_LINE = "\\r?\\n";

  @Override
  public String name() {
    return "text-answers";
  }

  @Override
  public String summary() {
    return "a text, and answers that continue it, one per line";
  }

  @Override
  public String subject() {
    return "text";
  }

  @Override
  public boolean supports(Modality modality) {
    return modality instanceof WindowedTextModality;
  }

  @Override
  public GivenAnswers read(Modality modality, Input context, Input answers, boolean truncate) {
    String begun = context.text().replaceFirst(END_OF_LINE + "\\z", "");
    String[] lines = answers.text().replaceFirst(END_OF_LINE + "\\z", "").split(END_OF_LINE, -1);
    for (int i = 0; i < lines.length; i++) {
      if (lines[i].isEmpty()) {
        throw new UserException(
            answers.name()
                + (lines.length == 1 ? "" : ", line " + (i + 1))
                + " is empty; one answer per line expected");
      }
    }
    return of(
        (WindowedTextModality) modality,
        begun,
        context.name(),
        List.of(lines),
        i -> answers.name() + ", line " + (i + 1),
        LongContext.byOption(truncate));
  }

  /**
   * Returns answers that continue a context.
   *
   * @param name the context in messages
   * @param place an answer in messages, by its index
   * @param tooLong what happens to a context that is too long
   * @throws UserException as {@link #read} does
   */
  static GivenAnswers of(
      WindowedTextModality text,
      String context,
      String name,
      List<String> answers,
      IntFunction<String> place,
      LongContext tooLong) {
    List<int[]> continued = new ArrayList<>();
    for (int i = 0; i < answers.size(); i++) {
      continued.add(encoded(text.tokenizer(), answers.get(i), place.apply(i)));
    }
    return of(text, context, name, answers, continued, tooLong);
  }

  /** Returns answers whose tokens are known. */
  static GivenAnswers of(
      WindowedTextModality text,
      String context,
      String name,
      List<String> answers,
      List<int[]> continued,
      LongContext tooLong) {
    List<Answer> given = new ArrayList<>();
    for (int i = 0; i < answers.size(); i++) {
      String answer = answers.get(i);
      int[] tokens = continued.get(i);
      given.add(new Answer(answer, tokens.length, answer.getBytes(StandardCharsets.UTF_8).length));
    }
    int[] before = before(text.tokenizer(), context, name);
    int[] seen = fitting(before, continued, text.length(), tooLong);
    return new GivenAnswers(
        new AnswerWindows(seen, continued, text.length()), given, "token", "byte");
  }

  /**
   * Returns the number of tokens that there is room for between a context and other tokens.
   *
   * @param after the number of the other tokens, for which there is room
   * @param tooLong what happens to a context that is too long; its last token is always seen
   */
  static int room(WindowedTextModality text, String context, int after, LongContext tooLong) {
    int least =
        tooLong == LongContext.TRUNCATED
            ? 1
            : before(text.tokenizer(), context, "the context").length;
    return text.length() + 1 - after - least;
  }

  /** Returns the tokens before the answers: the separator, if there is one, and the context. */
  private static int[] before(Tokenizer tokenizer, String context, String name) {
    OptionalInt separator = tokenizer.endOfText();
    int[] tokens =
        IntStream.concat(separator.stream(), IntStream.of(encoded(tokenizer, context, name)))
            .toArray();
    if (tokens.length == 0) {
      throw new UserException(
          name
              + " is empty, and the tokenizer has no separator of documents to begin with; a"
              + " context of at least one token expected");
    }
    return tokens;
  }

  /** Returns the tokens of a text without the separator of documents. */
  static int[] encoded(Tokenizer tokenizer, String text, String place) {
    int[] tokens;
    try {
      tokens = tokenizer.encode(text);
    } catch (UserException e) {
      throw new UserException(place + ": " + e.getMessage(), e);
    }
    OptionalInt separator = tokenizer.endOfText();
    if (separator.isPresent() && IntStream.of(tokens).anyMatch(t -> t == separator.getAsInt())) {
      throw new UserException(
          place
              + ": the text contains token "
              + separator.getAsInt()
              + ", which separates documents; take it out");
    }
    return tokens;
  }

  /** Returns the end of the context that a window has room for beside the longest answer. */
  private static int[] fitting(
      int[] context, List<int[]> answers, int length, LongContext tooLong) {
    int longest = 0;
    for (int i = 0; i < answers.size(); i++) {
      longest = answers.get(i).length > answers.get(longest).length ? i : longest;
    }
    int tokens = answers.get(longest).length;
    int room = length + 1 - tokens; // The last token is predicted only.
    if (room < 1) {
      throw new UserException(
          String.format(
              Locale.ROOT,
              "answer %d has %,d tokens; at most %,d expected, the window of the model"
                  + " (modality.length)",
              longest + 1,
              tokens,
              length));
    }
    if (context.length > room && tooLong != LongContext.TRUNCATED) {
      throw new UserException(
          String.format(
              Locale.ROOT,
              "the context has %,d tokens and answer %d has %,d, but the model sees %,d together"
                  + " (modality.length); %s",
              context.length,
              longest + 1,
              tokens,
              length + 1,
              tooLong.hint()));
    }
    return Arrays.copyOfRange(context, Math.max(0, context.length - room), context.length);
  }
}
