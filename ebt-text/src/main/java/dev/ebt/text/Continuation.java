package dev.ebt.text;

import dev.ebt.interact.CommonOptions;
import dev.ebt.interact.Interaction;
import dev.ebt.interact.OptionChecks;
import dev.ebt.interact.Output;
import dev.ebt.interact.Outputs;
import dev.ebt.interact.Preview;
import dev.ebt.modality.Modality;
import dev.ebt.run.RunParts;
import dev.ebt.run.TrainedModel;
import dev.ebt.text.decode.StopText;
import dev.ebt.text.decode.TextGenerator;
import dev.ebt.text.token.StreamingDecoder;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Predicate;

/**
 * The continuation of a prompt, streamed as it is generated; or token by token with the energy
 * after every step.
 */
public final class Continuation implements Interaction<ContinuationOptions> {
  private static final int TOKENS = 200;
  private static final int EXPLAINED_TOKENS = 24;

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
  public void run(
      TrainedModel model, CommonOptions common, ContinuationOptions options, Outputs outputs) {
    TextGenerator.GenerationOptions generation =
        new TextGenerator.GenerationOptions(
            common.onlySteps(),
            common.tolerance(),
            options.sampling(common.seed()),
            options.candidates(),
            options.fullWindow(),
            options.explain());
    int tokens = common.countOr(options.explain() ? EXPLAINED_TOKENS : TOKENS);
    OptionChecks.check(
        "--count",
        tokens,
        tokens <= TextGenerator.MOST_TOKENS,
        "at most " + TextGenerator.MOST_TOKENS);
    try (TextGenerator generator =
        options.noCache()
            ? TextGenerator.withoutCache(model.parts())
            : TextGenerator.of(model.parts())) {
      warnOfLength(generator, options.prompt(), outputs);
      if (options.explain()) {
        explain(generator, generation, options, tokens, outputs);
      } else {
        write(generator, generation, options, tokens, outputs);
      }
    }
  }

  private static void warnOfLength(TextGenerator generator, String prompt, Outputs outputs) {
    int tokens = generator.tokenizer().encode(prompt).length;
    if (tokens > generator.length()) {
      outputs.add(
          new Output.Warning(
              String.format(
                  Locale.ROOT,
                  "the prompt has %d tokens; the model sees the last %d (modality.length)",
                  tokens,
                  generator.length())));
    }
  }

  /** Writes the prompt and the text that follows it. */
  private static void write(
      TextGenerator generator,
      TextGenerator.GenerationOptions generation,
      ContinuationOptions options,
      int count,
      Outputs outputs) {
    outputs.add(new Output.Text(options.prompt()));
    StreamingDecoder stream = StreamingDecoder.of(generator.tokenizer());
    StopText stop = new StopText(options.stop());
    boolean full =
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
    warnIfFull(full, generator, outputs);
  }

  /**
   * Generates tokens until one of them ends the text.
   *
   * @return whether the text ended before because the window is full
   */
  private static boolean generate(
      TextGenerator generator,
      TextGenerator.GenerationOptions generation,
      ContinuationOptions options,
      int count,
      Predicate<TextGenerator.GeneratedToken> each) {
    int[] prompt = generator.tokenizer().encode(options.prompt());
    boolean[] open = {true};
    int written =
        generator.generate(prompt, count, generation, chosen -> open[0] = each.test(chosen)).size();
    return open[0] && written < count;
  }

  private static void warnIfFull(boolean full, TextGenerator generator, Outputs outputs) {
    if (full) {
      outputs.add(
          new Output.Warning(
              String.format(
                  Locale.ROOT,
                  "the text ends because the model's window of %d tokens is full (--window stop)",
                  generator.length())));
    }
  }

  /** Writes a line per token: its text, its probability, and the energies around each step. */
  private static void explain(
      TextGenerator generator,
      TextGenerator.GenerationOptions generation,
      ContinuationOptions options,
      int count,
      Outputs outputs) {
    String energies =
        generation.steps() == 0
            ? ""
            : "  energy before thinking, and after each step; lower is better";
    outputs.note(String.format(Locale.ROOT, "%-10s %6s%s", "token", "prob.", energies));
    StreamingDecoder stream = StreamingDecoder.of(generator.tokenizer());
    StopText stop = new StopText(options.stop());
    boolean full =
        generate(
            generator,
            generation,
            options,
            count,
            chosen -> {
              outputs.note(explanation(generator, chosen));
              stop.push(stream.push(chosen.token()));
              return !stop.stopped() && !isEnd(generator, chosen) && outputs.wantsMore();
            });
    warnIfFull(full, generator, outputs);
  }

  private static String explanation(TextGenerator generator, TextGenerator.GeneratedToken chosen) {
    StringBuilder line =
        new StringBuilder(
            String.format(
                Locale.ROOT,
                "%-10s %6.3f ",
                visible(generator.tokenizer().decode(chosen.token())).replace(' ', '␣'),
                chosen.probability()));
    chosen.energies().forEach(energy -> line.append(String.format(Locale.ROOT, " %8.4f", energy)));
    return line.toString();
  }

  static boolean isEnd(TextGenerator generator, TextGenerator.GeneratedToken chosen) {
    OptionalInt end = generator.tokenizer().endOfText();
    return end.isPresent() && end.getAsInt() == chosen.token();
  }

  /** Returns a text with its invisible characters made visible. */
  static String visible(String text) {
    StringBuilder visible = new StringBuilder();
    text.codePoints()
        .forEach(
            c -> {
              switch (c) {
                case '\n' -> visible.append("⏎");
                case '\t' -> visible.append("⇥");
                case 0 -> visible.append("∅");
                default -> visible.appendCodePoint(Character.isISOControl(c) ? '\uFFFD' : c);
              }
            });
    return visible.toString();
  }

  @Override
  public Optional<Preview> preview(RunParts parts) {
    return Optional.of(new SampledText(TextGenerator.of(parts), parts));
  }
}
