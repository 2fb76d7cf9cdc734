package dev.ebt.text;

import dev.ebt.energy.EnergyFunction;
import dev.ebt.energy.EnergyModel;
import dev.ebt.energy.EnergyTerms;
import dev.ebt.interact.CommonOptions;
import dev.ebt.interact.Interaction;
import dev.ebt.interact.OptionChecks;
import dev.ebt.interact.Output;
import dev.ebt.interact.Outputs;
import dev.ebt.interact.Preview;
import dev.ebt.modality.Modality;
import dev.ebt.nn.Parameters;
import dev.ebt.run.RunParts;
import dev.ebt.run.TrainedModel;
import dev.ebt.text.decode.BatchGenerator;
import dev.ebt.text.decode.StopText;
import dev.ebt.text.decode.TextGenerator;
import dev.ebt.text.token.StreamingDecoder;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The continuation of a prompt, streamed as it is generated; or token by token with the thinking
 * about it.
 */
public final class Continuation implements Interaction<ContinuationOptions> {
  private static final int TOKENS = 200;
  private static final int EXPLAINED_TOKENS = 24;
  private static final int GAP_TOKENS = 16;

  @Override
  public String name() {
    return "continuation";
  }

  @Override
  public String summary() {
    return "text is written";
  }

  @Override
  public String subject() {
    return "text";
  }

  @Override
  public boolean supports(Modality modality) {
    return modality instanceof TextModality;
  }

  @Override
  public Class<ContinuationOptions> options() {
    return ContinuationOptions.class;
  }

  @Override
  public Optional<String> promptedOption(Set<String> given) {
    return given.contains("--prompts") ? Optional.empty() : Optional.of("--prompt");
  }

  @Override
  public void run(
      TrainedModel model, CommonOptions common, ContinuationOptions options, Outputs outputs) {
    TextGenerator.GenerationOptions generation = generation(model.parts(), common, options);
    int tokens = common.countOr(usualTokens(options));
    OptionChecks.check(
        "--count",
        tokens,
        tokens <= TextGenerator.MOST_TOKENS,
        "at most " + TextGenerator.MOST_TOKENS);
    if (options.prompts() != null) {
      complete(model.parts(), generation, options, tokens, outputs);
      return;
    }
    try (TextGenerator generator =
        options.noCache()
            ? TextGenerator.withoutCache(model.parts())
            : TextGenerator.of(model.parts())) {
      generator.check(generation, tokens, "--evaluations", "--count");
      checkLength(generator, options);
      warnOfWholeWindows(model.parts(), options, outputs);
      String suffix = options.suffix();
      if (suffix != null) {
        FilledText.check(options);
        new FilledText(model.parts(), generator, options, suffix)
            .write(tokens, generation.withoutFinalEnergy(), common.seed(), outputs);
      } else if (options.explain()) {
        explain(generator, generation, options, tokens, outputs)
            .conclude(model.parts(), generation, outputs);
      } else {
        write(generator, generation, options, tokens, outputs)
            .conclude(model.parts(), generation, outputs);
      }
    }
  }

  private static TextGenerator.GenerationOptions generation(
      RunParts parts, CommonOptions common, ContinuationOptions options) {
    TextGenerator.GenerationOptions generation =
        new TextGenerator.GenerationOptions(
                common.onlySteps(),
                common.tolerance(),
                options.sampling(common.seed()),
                options.candidates(),
                options.fullWindow(),
                options.explain())
            .compacted(options.compact());
    Integer evaluations = options.evaluations();
    if (evaluations != null) {
      int mostSteps = common.usual() ? 0 : common.onlySteps();
      generation = BudgetedThinking.of(generation, evaluations, mostSteps, parts, "--evaluations");
    }
    if (options.compact()) {
      CompactOption.check(parts, generation);
    }
    return generation;
  }

  /** Continues several prompts together. */
  private static void complete(
      RunParts parts,
      TextGenerator.GenerationOptions generation,
      ContinuationOptions options,
      int tokens,
      Outputs outputs) {
    try (BatchGenerator generator =
        options.noCache() ? BatchGenerator.withoutCache(parts) : BatchGenerator.of(parts)) {
      generator.check(generation, tokens, "--evaluations", "--count");
      new Completions(generator, generation.withoutFinalEnergy(), options, tokens)
          .write(Completions.prompts(options.prompts()), outputs);
    }
  }

  private static int usualTokens(ContinuationOptions options) {
    if (options.suffix() != null) {
      return GAP_TOKENS;
    }
    return options.explain() ? EXPLAINED_TOKENS : TOKENS;
  }

  /** Warns where an added energy alone is the reason that there is no key/value cache. */
  private static void warnOfWholeWindows(
      RunParts parts, ContinuationOptions options, Outputs outputs) {
    if (!options.noCache() && parts.model() instanceof EnergyModel model) {
      EnergyTerms terms = parts.thinking().terms();
      EnergyFunction alone = new EnergyFunction(parts.modality(), model, new Parameters());
      EnergyFunction sum = new EnergyFunction(parts.modality(), model, new Parameters(), terms);
      if (alone.isIncremental() && !sum.isIncremental()) {
        outputs.add(
            new Output.Warning(
                "an energy of thinking.energies has no key/value cache, so the whole window is"
                    + " observed for each token"));
      }
    }
  }

  private static void checkLength(TextGenerator generator, ContinuationOptions options) {
    if (options.truncate() == null) {
      LongContext.checkPrompt(
          generator.tokenizer().encode(options.prompt()).length,
          generator.length(),
          "leave its beginning out with --truncate left");
    }
  }

  /** Writes the prompt and the text that follows it. */
  private static Written write(
      TextGenerator generator,
      TextGenerator.GenerationOptions generation,
      ContinuationOptions options,
      int count,
      Outputs outputs) {
    outputs.add(new Output.Text(options.prompt()));
    StreamingDecoder stream = StreamingDecoder.of(generator.tokenizer());
    StopText stop = new StopText(options.stop());
    Written result =
        generate(
            generator,
            generation,
            options,
            count,
            chosen -> {
              if (isEnd(generator, chosen)) {
                return false;
              }
              outputs.add(new Output.Text(stop.push(stream.push(chosen.token()))));
              return !stop.stopped() && outputs.wantsMore();
            });
    if (!stop.stopped()) {
      outputs.add(new Output.Text(stop.push(stream.finish()) + stop.finish()));
    }
    return result;
  }

  /** Generates tokens until one of them ends the text. */
  private static Written generate(
      TextGenerator generator,
      TextGenerator.GenerationOptions generation,
      ContinuationOptions options,
      int count,
      Predicate<TextGenerator.GeneratedToken> each) {
    int[] prompt = generator.tokenizer().encode(options.prompt());
    boolean[] open = {true};
    List<TextGenerator.GeneratedToken> written =
        generator.generate(prompt, count, generation, chosen -> open[0] = each.test(chosen));
    return new Written(written, open[0] && written.size() < count, generator.length());
  }

  /**
   * The tokens of a text.
   *
   * @param full whether it ended because the window is full
   * @param length of the window
   */
  private record Written(List<TextGenerator.GeneratedToken> tokens, boolean full, int length) {
    /**
     * Writes what follows the text: a warning of a full window, and the evaluations where they
     * differ between tokens.
     */
    void conclude(RunParts parts, TextGenerator.GenerationOptions generation, Outputs outputs) {
      if (full) {
        outputs.add(
            new Output.Warning(
                String.format(
                    Locale.ROOT,
                    "the text ends because the model's window of %d tokens is full (--window stop)",
                    length)));
      }
      if (SpentEvaluations.differ(parts, generation)) {
        outputs.table(List.of(SpentEvaluations.of(tokens)));
      }
    }
  }

  /** Writes the prompt, and then each token with the thinking about it. */
  private static Written explain(
      TextGenerator generator,
      TextGenerator.GenerationOptions generation,
      ContinuationOptions options,
      int count,
      Outputs outputs) {
    if (!options.prompt().isEmpty()) {
      outputs.add(new Output.Text(options.prompt()));
    }
    TokenExplanations explanations = new TokenExplanations(generator.tokenizer());
    StopText stop = new StopText(options.stop());
    Written result =
        generate(
            generator,
            generation,
            options,
            count,
            chosen -> {
              boolean end = isEnd(generator, chosen);
              Output.ExplainedText explained = explanations.of(chosen);
              outputs.add(
                  new Output.ExplainedText(
                      explained.token(),
                      end ? "" : stop.push(explained.piece()),
                      explained.explanation()));
              return !stop.stopped() && !end && outputs.wantsMore();
            });
    String heldBack = stop.push(explanations.finish()) + stop.finish();
    if (!heldBack.isEmpty()) {
      outputs.add(new Output.Text(heldBack));
    }
    return result;
  }

  static boolean isEnd(TextGenerator generator, TextGenerator.GeneratedToken chosen) {
    OptionalInt end = generator.tokenizer().endOfText();
    return end.isPresent() && end.getAsInt() == chosen.token();
  }

  @Override
  public Optional<Preview> preview(RunParts parts) {
    return Optional.of(new SampledText(TextGenerator.of(parts), parts));
  }
}
