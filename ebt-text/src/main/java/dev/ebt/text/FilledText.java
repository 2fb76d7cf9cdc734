package dev.ebt.text;

import dev.ebt.error.UserException;
import dev.ebt.interact.Output;
import dev.ebt.interact.Outputs;
import dev.ebt.interact.Verification;
import dev.ebt.run.RunParts;
import dev.ebt.text.decode.TextGenerator;
import dev.ebt.text.decode.TextGenerator.GeneratedToken;
import dev.ebt.think.SelfVerification;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A gap between two texts, filled in by a command. An autoregressive model does not see what
 * follows a token, so several continuations of the first text are generated, and the best of their
 * {@link GapCandidates} is chosen.
 */
final class FilledText {
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
    GapCandidates gaps =
        new GapCandidates(
            model,
            options.prompt(),
            suffix,
            "--suffix",
            LongContext.byOption(options.truncate() != null));
    List<GeneratedToken> generated = generate(gaps, count, generation, seed, outputs);
    Verification ranking = gaps.rank();
    if (options.explain()) {
      outputs.table(
          ranking.answers().stream().limit(SHOWN).map(ranked -> row(ranking, ranked)).toList());
    }
    outputs.add(new Output.Text(options.prompt() + ranking.answers().get(0).answer().text()));
    if (SpentEvaluations.differ(model, generation)) {
      outputs.table(List.of(SpentEvaluations.of(generated)));
    }
  }

  private static Map<String, Object> row(Verification ranking, Verification.Ranked ranked) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put(ranking.measure().label() + "PerToken", ranked.perPrediction());
    row.put("text", ranked.answer().text());
    return row;
  }

  /** Generates continuations, fewer if nobody wants more, and returns the tokens of all. */
  private List<GeneratedToken> generate(
      GapCandidates gaps,
      int count,
      TextGenerator.GenerationOptions generation,
      long seed,
      Outputs outputs) {
    int[] prompt = generator.tokenizer().encode(options.prompt());
    List<GeneratedToken> generated = new ArrayList<>();
    for (int fill = 0; fill < options.fills() && outputs.wantsMore(); fill++) {
      GapCandidates.Beginnings beginnings = gaps.beginnings(options.stop());
      generated.addAll(
          generator.generate(
              prompt,
              count,
              generation.sampledBy(options.sampling(SelfVerification.seed(seed, fill))),
              chosen -> beginnings.add(chosen) && outputs.wantsMore()));
    }
    return generated;
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
