package dev.ebt.interact;

import java.io.IOException;

/** The content of an output file. {@link PngImage} is one; plugins may implement further ones. */
public interface Content {
  /** Returns the media type, such as {@code image/png}. */
  String mediaType();

  /** Returns the bytes of the file. */
  byte[] encode() throws IOException;
}
