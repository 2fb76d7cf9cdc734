package dev.ebt.text.extra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPOutputStream;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.compression.CompressionCodecFactory;
import org.apache.parquet.compression.CompressionCodecFactory.BytesInputDecompressor;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.junit.jupiter.api.Test;
import org.mockito.Mockito;

class GzipCodecTest {
  private static final byte[] PAGE = "a page of text".getBytes(StandardCharsets.US_ASCII);

  private static final BytesInputDecompressor GZIP =
      new GzipCodec(Mockito.mock(CompressionCodecFactory.class))
          .getDecompressor(CompressionCodecName.GZIP);

  private static byte[] compressed() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (OutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(PAGE);
    }
    return out.toByteArray();
  }

  private static byte[] page(byte[] compressed, int size) throws IOException {
    return GZIP.decompress(BytesInput.from(compressed), size).toInputStream().readAllBytes();
  }

  @Test
  void theChecksumOfAPageIsChecked() throws IOException {
    byte[] damaged = compressed();
    assertThat(page(damaged, PAGE.length)).isEqualTo(PAGE);
    damaged[damaged.length - 8] ^= 1;
    assertThatThrownBy(() -> page(damaged, PAGE.length))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("Corrupt GZIP trailer");
  }

  @Test
  void aPageOfAnotherSizeThanItsHeaderSaysIsRefused() throws IOException {
    byte[] whole = compressed();
    assertThatThrownBy(() -> page(whole, PAGE.length - 1))
        .isInstanceOf(IOException.class)
        .hasMessage("a page is longer than its header says");
    assertThatThrownBy(() -> page(whole, PAGE.length + 1))
        .isInstanceOf(IOException.class)
        .hasMessage("a page is shorter than its header says");
  }
}
