package dev.ebt.text.window;

import java.util.ArrayList;
import java.util.List;

/**
 * One of the windows that a long sequence of tokens is cut into. They overlap by half, and the last
 * one ends with the sequence: every token but the first is predicted exactly once, from all tokens
 * before it or at least half a window of them.
 *
 * @param start the first context token
 * @param counted the first token whose prediction counts here
 */
public record SlidingWindow(int start, int counted) {
  /**
   * Returns the windows of a sequence, at least one.
   *
   * @param tokens number of tokens of the sequence
   * @param length number of context tokens of a window
   */
  public static List<SlidingWindow> over(int tokens, int length) {
    List<SlidingWindow> windows = new ArrayList<>();
    int last = tokens - 1;
    int stride = Math.max(1, length / 2);
    int start = 0;
    windows.add(new SlidingWindow(start, 1));
    while (start + length < last) {
      int counted = start + length + 1;
      start = Math.min(start + stride, last - length);
      windows.add(new SlidingWindow(start, counted));
    }
    return windows;
  }
}
