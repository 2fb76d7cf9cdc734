package dev.ebt.text.decode;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A text in a {@link BatchGenerator}: the tokens generated so far, and how it ended. */
public final class GeneratedText {
  /** How a text ended. */
  public enum Ending {
    /** It has the requested number of tokens. */
    COUNT,
    /** Its window is full, and {@link FullWindow#STOP} is chosen. */
    WINDOW,
    /** The receiver of its tokens wanted no more. */
    RECEIVER,
    /** It was removed. */
    REMOVED,
    /** No token could be chosen, or the receiver threw an exception: see {@link #failure}. */
    FAILED
  }

  private final TextGenerator.GenerationOptions options;
  private final Predicate<TextGenerator.GeneratedToken> receiver;
  private final List<TextGenerator.GeneratedToken> tokens = new ArrayList<>();
  private final int[] text;
  private final int given;
  private final int penalized;
  private int end;
  private @Nullable Ending ending;
  private @Nullable RuntimeException failure;

  /**
   * Creates a text without generated tokens.
   *
   * @param prompt at least one token
   * @param penalized the first token that a repetition penalty applies to
   */
  GeneratedText(
      int[] prompt,
      int penalized,
      int count,
      TextGenerator.GenerationOptions options,
      Predicate<TextGenerator.GeneratedToken> receiver) {
    this.options = options;
    this.receiver = receiver;
    this.text = Arrays.copyOf(prompt, prompt.length + count);
    this.given = prompt.length;
    this.end = prompt.length;
    this.penalized = penalized;
  }

  /** Returns the tokens generated so far, without the prompt. */
  public List<TextGenerator.GeneratedToken> tokens() {
    return List.copyOf(tokens);
  }

  /** Returns how the text ended; empty while it is being generated. */
  public Optional<Ending> ending() {
    return Optional.ofNullable(ending);
  }

  /** Returns whether the text has ended. */
  public boolean ended() {
    return ending != null;
  }

  /** Returns the exception of a text that failed. */
  public Optional<RuntimeException> failure() {
    return Optional.ofNullable(failure);
  }

  TextGenerator.GenerationOptions options() {
    return options;
  }

  /** Returns the greatest number of tokens that are ever observed: the last one never is. */
  int mostObserved() {
    return Math.max(given, text.length - 1);
  }

  /**
   * Returns the number of steps of the next token of a text with a budget of evaluations.
   *
   * @param perStep evaluations of a step
   */
  int steps(int perStep) {
    long spent = tokens.stream().mapToLong(TextGenerator.GeneratedToken::evaluations).sum();
    return new EvaluationShare(options, perStep).steps(spent, text.length - end);
  }

  /** Returns the seed of the next token's thinking. */
  long seed() {
    return options.sampling().seed() + end;
  }

  /** Ends the text if it has all its tokens or its window is full. */
  void endIfComplete(int length) {
    if (end == text.length) {
      end(Ending.COUNT);
    } else if (options.window().ends(given, end, length)) {
      end(Ending.WINDOW);
    }
  }

  /**
   * Writes the tokens that the next one is predicted from.
   *
   * @param length of the model's window
   * @return their number
   */
  int observe(long[] window, int offset, int length) {
    int first = options.window().first(given, end, length);
    for (int i = first; i < end; i++) {
      window[offset + i - first] = text[i];
    }
    return end - first;
  }

  /** Samples the next token from the selected candidate, and passes it on. */
  void add(CandidateChoice choice) {
    try {
      int token = options.sampling().choose(choice.logits(), text, penalized, end);
      TextGenerator.GeneratedToken next = choice.token(token, options);
      text[end++] = token;
      tokens.add(next);
      if (!receiver.test(next)) {
        end(Ending.RECEIVER);
      }
    } catch (RuntimeException e) {
      fail(e);
    }
  }

  void fail(RuntimeException reason) {
    failure = reason;
    end(Ending.FAILED);
  }

  void end(Ending how) {
    if (ending == null) {
      ending = how;
    }
  }
}
