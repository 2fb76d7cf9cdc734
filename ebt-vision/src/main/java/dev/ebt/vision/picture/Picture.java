package dev.ebt.vision.picture;

/**
 * A picture and what it shows.
 *
 * @param planes values from 0 to 255, [channels, side, side]; not to be written to
 * @param kind its place among the kinds of its collection; {@link #UNKNOWN} if nobody said
 */
public record Picture(byte[] planes, int kind) {
  /** The kind of a picture that has none. */
  public static final int UNKNOWN = -1;
}
