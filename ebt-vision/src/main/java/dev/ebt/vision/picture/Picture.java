package dev.ebt.vision.picture;

import dev.ebt.tensor.Array;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A picture and what it shows.
 *
 * @param values from 0 to 255, [channels, side, side]; not to be written to
 * @param kind its place among the kinds of its collection; {@link #UNKNOWN} if nobody said
 * @param name the path of its file within its folder, with slashes; empty if it shares a file
 * @param vector what it shows, as numbers; null if nobody said
 */
public record Picture(ByteBuffer values, int kind, String name, @Nullable Array vector) {
  /** The kind of a picture that has none. */
  public static final int UNKNOWN = -1;

  /** A picture in memory. */
  public Picture(byte[] planes, int kind) {
    this(ByteBuffer.wrap(planes), kind, "", null);
  }

  /** This picture, of which a vector tells what it shows. */
  public Picture with(Array vector) {
    return new Picture(values, kind, name, vector);
  }

  /** The values; not to be written to. */
  public byte[] planes() {
    return planes(values);
  }

  /** What {@link ImageStore} keep, as an array that is not to be written to. */
  public static byte[] planes(ByteBuffer values) {
    if (values.hasArray()) {
      return values.array();
    }
    byte[] planes = new byte[values.capacity()];
    values.get(0, planes);
    return planes;
  }
}
