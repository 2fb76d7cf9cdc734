package dev.ebt.vision.image;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * An input stream of the bytes of an image that stops a reader which keeps reading past their end:
 * the WebP reader would invent every missing pixel, which takes hours where a damaged header claims
 * many.
 */
final class ImageInput extends MemoryCacheImageInputStream {
  /** The greatest number of reads past the end; readers look ahead, but less often. */
  private static final int MOST = 1000;

  private final long length;
  private int missed;

  /** Creates a stream of the bytes of a file. */
  ImageInput(byte[] file) {
    super(new ByteArrayInputStream(file));
    this.length = file.length;
  }

  /**
   * The length of the file. The reader of TIFF compares with it what a file says of itself before
   * it asks for so much memory; what is not known it cannot compare.
   */
  @Override
  public long length() {
    return length;
  }

  /** Thrown when the end was passed too often. */
  static final class PastTheEnd extends IOException {
    private PastTheEnd() {
      super("the file ends in the middle of the image");
    }
  }

  @Override
  public int read() throws IOException {
    return counted(super.read());
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    return counted(super.read(bytes, offset, length));
  }

  private int counted(int read) throws PastTheEnd {
    if (read < 0 && ++missed > MOST) {
      throw new PastTheEnd();
    }
    return read;
  }
}
