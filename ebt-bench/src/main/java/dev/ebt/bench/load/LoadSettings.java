package dev.ebt.bench.load;

import static dev.ebt.interact.OptionChecks.check;

/**
 * The configuration of a benchmark of a server.
 *
 * @param threads client threads
 * @param seconds the time of the whole measurement
 * @param tokens tokens of each answer
 * @param prompt the text that answers continue
 * @param soak whether all of the time is under full load, to see whether memory grows, instead of
 *     in turns with a single thread
 */
public record LoadSettings(int threads, int seconds, int tokens, String prompt, boolean soak) {
  /** Refuses invalid values. */
  public LoadSettings {
    check("--threads", threads, threads >= 1 && threads <= 1000, "1 to 1000");
    check("--seconds", seconds, seconds >= 1, "at least 1");
    check("--tokens", tokens, tokens >= 1, "at least 1");
  }
}
