package dev.ebt.report;

import java.util.List;

/**
 * Pictures with captions.
 *
 * @param pictures in order
 */
public record Pictures(String title, String hint, List<Picture> pictures) implements Figure {
  /** Copies the list. */
  public Pictures {
    pictures = List.copyOf(pictures);
  }

  /**
   * A picture.
   *
   * @param mediaType {@code image/png}, {@code image/gif} or {@code image/svg+xml}
   * @param content the bytes of the file
   * @param description what it shows, for those who cannot see it
   * @param caption a text below it
   */
  public record Picture(String mediaType, byte[] content, String description, String caption) {}
}
