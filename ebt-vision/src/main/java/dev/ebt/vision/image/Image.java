package dev.ebt.vision.image;

import dev.ebt.tensor.Array;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * An image with its label and condition.
 *
 * @param values from 0 to 255, [channels, side, side]; not to be written to
 * @param label the index of its class in its collection; {@link #UNKNOWN} without a label
 * @param name the path of its file within its folder, with slashes; empty if it shares a file
 * @param vector its condition vector; null if there is none
 */
public record Image(ByteBuffer values, int label, String name, @Nullable Array vector) {
  /** The class of an image without a label. */
  public static final int UNKNOWN = -1;

  /** Creates an image in memory. */
  public Image(byte[] planes, int label) {
    this(ByteBuffer.wrap(planes), label, "", null);
  }

  /** Returns this image with a condition vector. */
  public Image with(Array vector) {
    return new Image(values, label, name, vector);
  }

  /** Returns the values; not to be written to. */
  public byte[] planes() {
    return planes(values);
  }

  /**
   * Returns the content of a buffer of {@link ImageStore} as an array that is not to be written to.
   */
  @SuppressWarnings("ByteBufferBackingArray") // Those of ImageStore have no offset.
  public static byte[] planes(ByteBuffer values) {
    if (values.hasArray()) {
      return values.array();
    }
    byte[] planes = new byte[values.capacity()];
    values.get(0, planes);
    return planes;
  }
}
