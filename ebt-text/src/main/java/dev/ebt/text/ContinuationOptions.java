package dev.ebt.text;

import static dev.ebt.interact.OptionChecks.check;
import static java.util.Objects.requireNonNullElse;

import dev.ebt.error.SettingException;
import dev.ebt.error.UserException;
import dev.ebt.interact.Input;
import dev.ebt.interact.Option;
import dev.ebt.interact.OptionChecks;
import dev.ebt.interact.SharedOptions;
import dev.ebt.text.decode.FullWindow;
import dev.ebt.text.decode.TokenSampling;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Options of continuing a text.
 *
 * @param prompt the beginning of the text (empty)
 * @param prompts a file of prompts, one per line, that are continued together (none)
 * @param truncate left: of a prompt that is too long for the model only the end is used (refused)
 * @param suffix what follows the text to write, which then fills the gap before it; null for none
 * @param fills number of continuations of which one becomes the gap (8)
 * @param candidates number of candidates per token (1)
 * @param evaluations the most evaluations of the model for the whole text (no budget)
 * @param temperature of sampling (0.8)
 * @param topK number of most likely tokens to sample from; 0 is all (0)
 * @param topP probability of the most likely tokens to sample from (1)
 * @param minP probability, relative to that of the likeliest token, of the tokens to sample from
 *     (0)
 * @param repetitionPenalty divisor of the logits of tokens that the text already has (1)
 * @param stop texts before which the continuation ends (none)
 * @param window what happens when the text is longer than the window of the model: half, stop or
 *     slide (half)
 * @param noCache whether the whole window is observed again for each token (false)
 * @param compact whether candidates and texts whose thinking has stopped are left out of the batch
 *     (false)
 * @param explain whether tokens are shown with their energies instead of the text (false)
 */
public record ContinuationOptions(
    @Option(
            value = "TEXT",
            description =
                "What there is already; one that looks like an option with =, --prompt=--help.")
        String prompt,
    @Option(
            value = "FILE",
            description = {
              "Continue several prompts together, one per line of a file (-: standard input); the",
              "results have the order of the lines."
            })
        Input prompts,
    @Option(
            value = "left",
            description = "Leave out the beginning of a prompt that is too long for the model.")
        String truncate,
    @Option(
            value = "TEXT",
            description = {
              "Fills a gap between --prompt and this text, of at most --count tokens (16). The",
              "model cannot look ahead: of several continuations, and all their beginnings, the",
              "one is chosen that has the lowest mean energy together with this text."
            })
        @Nullable String suffix,
    @Option(value = "N", description = "Continuations to choose a gap from, with --suffix (8).")
        Integer fills,
    @Option(
            value = "N",
            description = {
              "Think about N candidates for each token; one is selected, by default that of the",
              "lowest energy (1)."
            })
        Integer candidates,
    @Option(
            value = "N",
            description = {
              "At most N evaluations (steps times candidates) for all tokens of a text together. A",
              "token is thought about until its energy settles (--tolerance, by default 0.01 here,",
              "or thinking.stop) and leaves the rest to later ones; one step is kept for each of",
              "--count tokens, and a smaller N is refused. --steps is then the most of a token, by",
              "default four even shares of what is left."
            })
        @Nullable Integer evaluations,
    @Option(value = "T", description = "0 takes the likeliest (0.8).") Double temperature,
    @Option(value = "K", description = "Only the K likeliest (0: all).") Integer topK,
    @Option(value = "P", description = "Only the likeliest that make up this probability (1).")
        Double topP,
    @Option(value = "P", description = "Only those this likely relative to the likeliest (0: all).")
        Double minP,
    @Option(
            value = "X",
            description = "Above 1, tokens that the text already has become less likely (1).")
        Double repetitionPenalty,
    @Option(value = "TEXT", description = "End before this text; repeatable.") List<String> stop,
    @Option(
            value = "WHAT",
            description = {
              "When the model's window is full: half goes on from its last half, stop ends,",
              "slide observes the last full window anew for each token (half)."
            })
        String window,
    @Option(description = SharedOptions.NO_CACHE) Boolean noCache,
    @Option(
            description = {
              "Move candidates and --prompts that are still thought about to a smaller batch once",
              "half have settled: same text, fewer evaluations. Each move copies caches, and each",
              "size compiles its programs, so measure whether it takes less time."
            })
        Boolean compact,
    @Option(description = SharedOptions.EXPLAIN) Boolean explain) {

  private static final int FILLS = 8;
  private static final int MOST_FILLS = 1000;

  /** Fills in defaults and rejects invalid values. */
  public ContinuationOptions {
    if (prompts != null && (prompt != null || suffix != null || Boolean.TRUE.equals(explain))) {
      throw new UserException("--prompts cannot be combined with --prompt, --suffix or --explain");
    }
    prompt = requireNonNullElse(prompt, "");
    if (suffix == null && fills != null) {
      throw new UserException("--fills is for --suffix, the text after the gap");
    }
    if (suffix != null && suffix.isEmpty()) {
      throw new UserException("--suffix is empty; the text after the gap expected");
    }
    if (suffix != null && evaluations != null) {
      throw new UserException("--evaluations cannot be combined with --suffix");
    }
    check(
        "--evaluations",
        String.valueOf(evaluations),
        evaluations == null || evaluations >= 1,
        "at least 1");
    fills = requireNonNullElse(fills, FILLS);
    check("--fills", fills, fills >= 1 && fills <= MOST_FILLS, "1 to " + MOST_FILLS);
    candidates = requireNonNullElse(candidates, 1);
    temperature = requireNonNullElse(temperature, 0.8);
    topK = requireNonNullElse(topK, 0);
    topP = requireNonNullElse(topP, 1.0);
    minP = requireNonNullElse(minP, 0.0);
    repetitionPenalty = requireNonNullElse(repetitionPenalty, 1.0);
    stop = stop == null ? List.of() : List.copyOf(stop);
    window = requireNonNullElse(window, FullWindow.HALF.toString());
    noCache = requireNonNullElse(noCache, false);
    compact = requireNonNullElse(compact, false);
    if (compact && noCache) {
      throw new UserException("--compact cannot be combined with --no-cache");
    }
    explain = requireNonNullElse(explain, false);
    OptionChecks.candidates("--candidates", candidates);
    check("--truncate", truncate, truncate == null || truncate.equals("left"), "left");
    check("--window", window, fullWindow(window).isPresent(), "half, stop or slide");
    sampling(temperature, topK, topP, minP, repetitionPenalty, 0);
  }

  /** Returns the settings of sampling with a seed. */
  TokenSampling sampling(long seed) {
    return sampling(temperature, topK, topP, minP, repetitionPenalty, seed);
  }

  /** Returns settings of sampling; one that is refused is named as an option. */
  private static TokenSampling sampling(
      double temperature, int topK, double topP, double minP, double penalty, long seed) {
    try {
      return new TokenSampling(temperature, topK, topP, minP, penalty, seed);
    } catch (SettingException e) {
      String words = e.setting().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
      throw e.at("--" + words);
    }
  }

  /** Returns what happens when the window is full. */
  FullWindow fullWindow() {
    return fullWindow(window).orElseThrow();
  }

  private static Optional<FullWindow> fullWindow(String name) {
    return Arrays.stream(FullWindow.values()).filter(w -> w.toString().equals(name)).findFirst();
  }
}
