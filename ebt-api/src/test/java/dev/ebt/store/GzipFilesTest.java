package dev.ebt.store;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GzipFilesTest {
  @TempDir Path folder;

  private static byte[] member(String content) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(bytes)) {
      out.write(content.getBytes(US_ASCII));
    }
    return bytes.toByteArray();
  }

  private Path file(byte[]... parts) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      bytes.write(part);
    }
    return Files.write(folder.resolve("file"), bytes.toByteArray());
  }

  private static String content(InputStream in) throws IOException {
    try (in) {
      return new String(in.readAllBytes(), US_ASCII);
    }
  }

  @Test
  void allMembersAreRead() throws IOException {
    Path file = file(member("one, "), member("two"));

    assertThat(content(GzipFiles.open(file))).isEqualTo("one, two");
    assertThat(content(GzipFiles.decompress(file))).isEqualTo("one, two");
  }

  @Test
  void aDamagedLaterMemberIsAnError() throws IOException {
    byte[] damaged = member("two");
    damaged[damaged.length - 6] ^= 1;
    Path file = file(member("one, "), damaged);

    assertThatThrownBy(() -> content(GzipFiles.open(file))).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> content(GzipFiles.decompress(file))).isInstanceOf(IOException.class);
  }

  @Test
  void otherFilesAreOpenedAsTheyAre() throws IOException {
    for (String plain : new String[] {"", "\u001f", "plain"}) {
      assertThat(content(GzipFiles.open(file(plain.getBytes(US_ASCII))))).isEqualTo(plain);
    }
  }

  @Test
  void otherFilesCannotBeDecompressed() throws IOException {
    Path file = file("plain".getBytes(US_ASCII));

    assertThatThrownBy(() -> GzipFiles.decompress(file)).isInstanceOf(IOException.class);
  }
}
