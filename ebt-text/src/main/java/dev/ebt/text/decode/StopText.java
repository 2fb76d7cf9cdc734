package dev.ebt.text.decode;

import dev.ebt.error.UserException;
import java.util.List;

/**
 * Ends a text that comes in pieces before the first of some strings to be complete, wherever its
 * pieces are cut. What may be the beginning of such a string is held back until it is clear whether
 * it is.
 */
public final class StopText {
  private final List<String> stops;
  private String pending = "";
  private boolean stopped;

  /** For one text. Without any strings nothing stops it. */
  public StopText(List<String> stops) {
    this.stops = List.copyOf(stops);
    if (this.stops.contains("")) {
      throw new UserException("an empty text to stop at would stop everything");
    }
  }

  /** One more piece; what is certain to be part of the text now. Nothing, once it has stopped. */
  public String push(String piece) {
    if (stopped) {
      return "";
    }
    pending += piece;
    int start = pending.length();
    int end = Integer.MAX_VALUE;
    for (String stop : stops) {
      int at = pending.indexOf(stop);
      // Complete first, not begun first: else the result would depend on how the pieces are cut.
      if (at >= 0 && (at + stop.length() < end || (at + stop.length() == end && at < start))) {
        start = at;
        end = at + stop.length();
      }
    }
    stopped = end != Integer.MAX_VALUE;
    return take(stopped ? start : pending.length() - heldBack());
  }

  /** Whether one of the strings has come. It is no part of the text. */
  public boolean stopped() {
    return stopped;
  }

  /** No more pieces: what was held back. */
  public String finish() {
    return stopped ? "" : take(pending.length());
  }

  private String take(int length) {
    String taken = pending.substring(0, length);
    pending = pending.substring(length);
    return taken;
  }

  /** The longest end of what is pending that begins one of the strings. */
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
