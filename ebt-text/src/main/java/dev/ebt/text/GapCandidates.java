package dev.ebt.text;

import dev.ebt.error.UserException;
import dev.ebt.interact.GivenAnswers;
import dev.ebt.interact.Verification;
import dev.ebt.modality.Tokenizer;
import dev.ebt.run.RunParts;
import dev.ebt.text.decode.StopText;
import dev.ebt.text.decode.TextGenerator.GeneratedToken;
import dev.ebt.text.token.StreamingDecoder;
import dev.ebt.text.window.WindowedTextModality;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * The possible fillings of a gap between two texts: all beginnings of several continuations of the
 * first one that the window has room for, the empty one included. The model ranks them by the mean
 * energy of a token, together with the text after the gap; by the mean log-likelihood for a model
 * without an energy.
 */
final class GapCandidates {
  private static final int ROWS = 16;

  private final RunParts model;
  private final WindowedTextModality modality;
  private final String before;
  private final String after;
  private final int[] afterTokens;
  private final LongContext tooLong;
  private final int room;
  private final Map<String, List<GeneratedToken>> gaps = new LinkedHashMap<>();

  /**
   * Creates candidates, of which there is the empty one.
   *
   * @param name of the text after the gap, in messages
   * @param tooLong what happens to a text before the gap without room
   * @throws UserException if a text is unsuitable, or there is no room for both
   */
  GapCandidates(RunParts model, String before, String after, String name, LongContext tooLong) {
    this.model = model;
    this.modality = (WindowedTextModality) model.modality();
    this.before = before;
    this.after = after;
    this.tooLong = tooLong;
    this.afterTokens = TextAnswers.encoded(modality.tokenizer(), after, name);
    if (afterTokens.length > modality.length()) {
      throw new UserException(
          String.format(
              Locale.ROOT,
              "%s has %,d tokens; at most %,d expected, the window of the model"
                  + " (modality.length)",
              name,
              afterTokens.length,
              modality.length()));
    }
    gaps.put("", List.of());
    answers(List.of(after), List.of(afterTokens)); // Refuses a text without room.
    this.room = TextAnswers.room(modality, before, afterTokens.length, tooLong);
  }

  /** Returns the collector of the beginnings of one more continuation. */
  Beginnings beginnings(List<String> stop) {
    return new Beginnings(stop);
  }

  /** Returns the candidates with the text after the gap, the best first. */
  Verification rank() {
    List<String> texts = new ArrayList<>();
    List<int[]> tokens = new ArrayList<>();
    gaps.forEach(
        (text, gap) -> {
          texts.add(text + after);
          tokens.add(
              IntStream.concat(
                      gap.stream().mapToInt(GeneratedToken::token), IntStream.of(afterTokens))
                  .toArray());
        });
    return Verification.rank(model, answers(texts, tokens), Verification.Order.PREDICTION, ROWS);
  }

  private GivenAnswers answers(List<String> texts, List<int[]> tokens) {
    return TextAnswers.of(modality, before, "the prompt", texts, tokens, tooLong);
  }

  /** Returns what fills the gap in an answer of a ranking. */
  String text(Verification.Ranked ranked) {
    return List.copyOf(gaps.keySet()).get(ranked.number() - 1);
  }

  /** Returns the answer of a ranking with nothing in the gap, which is the first one given. */
  static Verification.Ranked empty(Verification ranking) {
    return ranking.answers().stream()
        .filter(ranked -> ranked.number() == 1)
        .findFirst()
        .orElseThrow();
  }

  /** The beginnings of one continuation, of whole characters and without a stop string. */
  final class Beginnings {
    private final StreamingDecoder stream = StreamingDecoder.of(modality.tokenizer());
    private final StopText stop;
    private final StringBuilder decoded = new StringBuilder();
    private final StringBuilder gap = new StringBuilder();
    private final List<GeneratedToken> tokens = new ArrayList<>();

    private Beginnings(List<String> stop) {
      this.stop = new StopText(stop);
    }

    /** Adds a token and returns whether another one may follow, and there is room for it. */
    boolean add(GeneratedToken chosen) {
      if (tokens.size() == room) {
        return false; // There is no room for any token.
      }
      Tokenizer tokenizer = modality.tokenizer();
      OptionalInt end = tokenizer.endOfText();
      if (end.isPresent() && end.getAsInt() == chosen.token()) {
        return false;
      }
      String piece = stream.push(chosen.token());
      tokens.add(chosen);
      decoded.append(piece);
      gap.append(stop.push(piece));
      if (stop.stopped()) {
        return false;
      }
      if (!piece.isEmpty() && gap.length() == decoded.length()) {
        gaps.putIfAbsent(gap.toString(), List.copyOf(tokens));
      }
      return tokens.size() < room;
    }
  }
}
