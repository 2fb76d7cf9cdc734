package dev.ebt.text.extra;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.zip.GZIPInputStream;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.compression.CompressionCodecFactory;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;

/**
 * The compression codecs of the Parquet library plus gzip, which the library otherwise takes from
 * Hadoop.
 */
final class GzipCodec implements CompressionCodecFactory {
  private final CompressionCodecFactory others;

  GzipCodec(CompressionCodecFactory others) {
    this.others = others;
  }

  @Override
  public BytesInputCompressor getCompressor(CompressionCodecName codec) {
    return others.getCompressor(codec);
  }

  @Override
  public BytesInputDecompressor getDecompressor(CompressionCodecName codec) {
    return codec == CompressionCodecName.GZIP ? new Unzip() : others.getDecompressor(codec);
  }

  @Override
  public void release() {
    others.release();
  }

  private static final class Unzip implements BytesInputDecompressor {
    @Override
    public BytesInput decompress(BytesInput bytes, int size) throws IOException {
      return BytesInput.from(unzip(bytes.toInputStream(), size));
    }

    @Override
    public void decompress(ByteBuffer input, int compressedSize, ByteBuffer output, int size)
        throws IOException {
      byte[] compressed = new byte[compressedSize];
      input.get(compressed);
      output.put(unzip(new ByteArrayInputStream(compressed), size));
    }

    private static byte[] unzip(InputStream compressed, int size) throws IOException {
      try (InputStream in = new GZIPInputStream(compressed)) {
        byte[] page = in.readNBytes(size);
        if (page.length < size) {
          throw new EOFException("a page is shorter than its header says");
        }
        // Read to the end, because the checksum is verified there.
        if (in.read() != -1) {
          throw new IOException("a page is longer than its header says");
        }
        return page;
      }
    }

    @Override
    public void release() {
      // Nothing to release.
    }
  }
}
