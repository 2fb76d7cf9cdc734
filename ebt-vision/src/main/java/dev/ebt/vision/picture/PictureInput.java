package dev.ebt.vision.picture;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * The bytes of a picture. A reader that goes on and on past their end is stopped: that of WebP
 * would make up every pixel that is missing, which takes hours where a damaged header promises
 * many.
 */
final class PictureInput extends MemoryCacheImageInputStream {
  /** Readers look ahead, but not so often. */
  private static final int MOST = 1000;

  private int missed;

  /** The bytes of a file. */
  PictureInput(byte[] file) {
    super(new ByteArrayInputStream(file));
  }

  /** The end was passed too often. */
  static final class PastTheEnd extends IOException {
    private PastTheEnd() {
      super("the file ends in the middle of the picture");
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
