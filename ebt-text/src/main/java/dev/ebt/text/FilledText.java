package dev.ebt.text;

import dev.ebt.error.UserException;
import dev.ebt.interact.GivenAnswers;
import dev.ebt.interact.Output;
import dev.ebt.interact.Outputs;
import dev.ebt.interact.Verification;
import dev.ebt.run.RunParts;
import dev.ebt.text.decode.StopText;
import dev.ebt.text.decode.TextGenerator;
import dev.ebt.text.token.StreamingDecoder;
import dev.ebt.text.window.WindowedTextModality;
import dev.ebt.think.SelfVerification;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * A gap between two texts, filled in. An autoregressive model does not see what follows a token, so
 * several continuations of the first text are generated, and each of their beginnings is a possible
 * gap. The model then verifies them: the gap is chosen that has, together with the text after it,
 * the lowest mean energy of a token, or the highest mean log-likelihood for a model without an
 * energy.
 */
final class FilledText {
  private static final int ROWS = 16;
  private static final int SHOWN = 8;

  private final RunParts model;
  private final TextGenerator generator;
  private final ContinuationOptions options;
  private final String suffix;

  /**
   * Creates the gap.
   *
   * @param generator of the model
   * @param options with the text before the gap
   * @param suffix the text after the gap
   */
  FilledText(RunParts model, TextGenerator generator, ContinuationOptions options, String suffix) {
    this.model = model;
    this.generator = generator;
    this.options = options;
    this.suffix = suffix;
  }

  /**
   * Writes the text with its gap filled in; or, to explain it, the best of the gaps with their
   * energies.
   *
   * @param count the greatest number of tokens of the gap
   */
  void write(int count, TextGenerator.GenerationOptions generation, long seed, Outputs outputs) {
    int[] after = suffixTokens();
    answers(List.of(suffix), List.of(after)); // Refuses a prompt without room before any thinking.
    Verification ranking = ranking(gaps(count, generation, seed, outputs), after);
    if (options.explain()) {
      outputs.table(
          ranking.answers().stream().limit(SHOWN).map(ranked -> row(ranking, ranked)).toList());
    }
    outputs.add(new Output.Text(options.prompt() + ranking.answers().get(0).answer().text()));
  }

  private int[] suffixTokens() {
    int[] tokens = TextAnswers.encoded(generator.tokenizer(), suffix, "--suffix");
    if (tokens.length > generator.length()) {
      throw new UserException(
          String.format(
              Locale.ROOT,
              "--suffix has %,d tokens; at most %,d expected, the window of the model"
                  + " (modality.length)",
              tokens.length,
              generator.length()));
    }
    return tokens;
  }

  private static Map<String, Object> row(Verification ranking, Verification.Ranked ranked) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put(ranking.measure().label() + "PerToken", ranked.perPrediction());
    row.put("text", ranked.answer().text());
    return row;
  }

  /**
   * Returns all beginnings of the continuations, the empty one included: tokens by text. There are
   * fewer if nobody wants more.
   */
  private Map<String, int[]> gaps(
      int count, TextGenerator.GenerationOptions generation, long seed, Outputs outputs) {
    Map<String, int[]> gaps = new LinkedHashMap<>();
    gaps.put("", new int[0]);
    int[] prompt = generator.tokenizer().encode(options.prompt());
    for (int fill = 0; fill < options.fills() && outputs.wantsMore(); fill++) {
      Beginnings beginnings = new Beginnings(gaps);
      generator.generate(
          prompt,
          count,
          generation.sampledBy(options.sampling(SelfVerification.seed(seed, fill))),
          chosen -> beginnings.add(chosen) && outputs.wantsMore());
    }
    return gaps;
  }

  /** The beginnings of one continuation, of whole characters and without a stop string. */
  private final class Beginnings {
    private final Map<String, int[]> gaps;
    private final StreamingDecoder stream = StreamingDecoder.of(generator.tokenizer());
    private final StopText stop = new StopText(options.stop());
    private final StringBuilder decoded = new StringBuilder();
    private final StringBuilder gap = new StringBuilder();
    private final List<Integer> tokens = new ArrayList<>();

    Beginnings(Map<String, int[]> gaps) {
      this.gaps = gaps;
    }

    /** Adds a token and returns whether another one may follow. */
    boolean add(TextGenerator.GeneratedToken chosen) {
      if (Continuation.isEnd(generator, chosen)) {
        return false;
      }
      String piece = stream.push(chosen.token());
      tokens.add(chosen.token());
      decoded.append(piece);
      gap.append(stop.push(piece));
      if (stop.stopped()) {
        return false;
      }
      if (!piece.isEmpty() && gap.length() == decoded.length()) {
        gaps.putIfAbsent(gap.toString(), tokens.stream().mapToInt(Integer::intValue).toArray());
      }
      return true;
    }
  }

  private Verification ranking(Map<String, int[]> gaps, int[] after) {
    List<String> texts = new ArrayList<>();
    List<int[]> tokens = new ArrayList<>();
    gaps.forEach(
        (text, gap) -> {
          texts.add(text + suffix);
          tokens.add(IntStream.concat(IntStream.of(gap), IntStream.of(after)).toArray());
        });
    return Verification.rank(model, answers(texts, tokens), Verification.Order.PREDICTION, ROWS);
  }

  private GivenAnswers answers(List<String> texts, List<int[]> tokens) {
    return TextAnswers.of(
        (WindowedTextModality) model.modality(),
        options.prompt(),
        "the prompt",
        texts,
        tokens,
        LongContext.byOption(options.truncate() != null));
  }

  /**
   * Checks the options of filling in.
   *
   * @throws UserException if one has no effect or is unsuitable
   */
  static void check(ContinuationOptions options) {
    if (options.temperature() == 0 && options.fills() > 1) {
      throw new UserException(
          String.format(
              Locale.ROOT,
              "--fills is %d, and with --temperature 0 all of them are equal; a temperature above"
                  + " 0, or --fills 1, expected",
              options.fills()));
    }
  }
}
