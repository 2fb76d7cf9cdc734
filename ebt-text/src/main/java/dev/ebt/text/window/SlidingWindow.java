package dev.ebt.text.window;

import java.util.ArrayList;
import java.util.List;

/**
 * One of the windows that a long sequence of tokens is cut into. They overlap by half, and the last
 * one ends where the sequence does: every token but the first is predicted just once, from all
 * tokens before it or from at least half a window of them.
 *
 * @param start the first token observed
 * @param counted the first token that counts as predicted here
 */
public record SlidingWindow(int start, int counted) {
  /**
   * The windows of a sequence, at least one.
   *
   * @param tokens how many there are
   * @param length how many a window observes
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
