package dev.ebt.text.decode;

import dev.ebt.error.UserException;
import java.util.List;

/**
 * A filter that ends a streamed text before the first stop string to be completed, however the text
 * is cut into pieces. A possible start of a stop string is held back until it is decided.
 */
public final class StopText {
  private final List<String> stops;
  private String pending = "";
  private boolean stopped;

  /** Creates a filter for one text. Without stop strings the text is never ended. */
  public StopText(List<String> stops) {
    this.stops = List.copyOf(stops);
    if (this.stops.contains("")) {
      throw new UserException("a stop string is empty; use at least one character");
    }
  }

  /** Adds a piece and returns the text that is certain so far; empty once the text is stopped. */
  public String push(String piece) {
    if (stopped) {
      return "";
    }
    pending += piece;
    int start = pending.length();
    int end = Integer.MAX_VALUE;
    for (String stop : stops) {
      int at = pending.indexOf(stop);
      // Compare ends, not starts: otherwise the result would depend on how the pieces are cut.
      if (at >= 0 && (at + stop.length() < end || (at + stop.length() == end && at < start))) {
        start = at;
        end = at + stop.length();
      }
    }
    stopped = end != Integer.MAX_VALUE;
    return take(stopped ? start : pending.length() - heldBack());
  }

  /** Returns whether a stop string was found. It is not part of the text. */
  public boolean stopped() {
    return stopped;
  }

  /** Ends the input and returns the text that was held back. */
  public String finish() {
    return stopped ? "" : take(pending.length());
  }

  private String take(int length) {
    String taken = pending.substring(0, length);
    pending = pending.substring(length);
    return taken;
  }

  /**
   * Returns the length of the longest suffix of the pending text that is a prefix of a stop string.
   */
  private int heldBack() {
    int longest = 0;
    for (String stop : stops) {
      for (int n = Math.min(stop.length() - 1, pending.length()); n > longest; n--) {
        if (pending.endsWith(stop.substring(0, n))) {
          longest = n;
        }
      }
    }
    return longest;
  }
}
