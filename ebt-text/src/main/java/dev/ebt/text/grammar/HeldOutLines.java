package dev.ebt.text.grammar;

import com.google.common.hash.Hashing;
import java.nio.charset.StandardCharsets;

/**
 * The lines for validation: one in {@value #SHARE}, by its hash, whatever the seed, depth or
 * dialect of the text.
 */
public final class HeldOutLines {
  /** One line in this many is for validation. */
  public static final int SHARE = 16;

  private HeldOutLines() {}

  /** Returns whether a line, including its final newline, is for validation. */
  public static boolean contains(String line) {
    long hash = Hashing.sha256().hashString(line, StandardCharsets.UTF_8).asLong();
    return Math.floorMod(hash, SHARE) == 0;
  }

  /**
   * Returns the mean of −ln p(byte | preceding bytes of the line) over the bytes of the validation
   * text of a seed, in nats: the loss, on these very bytes, of a predictor that knows the grammar
   * and sees the whole line before each byte.
   *
   * @param bytes how many, from the second one on: the first is not predicted
   */
  public static double surprisalPerByte(BracketGrammar grammar, long seed, int bytes) {
    BracketWriter writer = new BracketWriter(grammar, seed);
    double sum = 0;
    int seen = 0;
    for (long i = 0; seen <= bytes; i++) {
      String line = writer.line(i);
      if (contains(line)) {
        for (double each : BracketReader.surprisals(grammar, line).orElseThrow()) {
          sum += seen > 0 && seen <= bytes ? each : 0;
          seen++;
        }
      }
    }
    return sum / bytes;
  }
}
