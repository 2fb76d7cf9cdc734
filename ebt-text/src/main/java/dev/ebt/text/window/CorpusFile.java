package dev.ebt.text.window;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ebt.modality.Tokenizer;
import dev.ebt.store.DurableFiles;
import dev.ebt.text.read.ReadSummary;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.CRC32C;
import java.util.zip.CheckedOutputStream;

/**
 * A file of a tokenized corpus: the tokens, padded to a multiple of 8 bytes; the ends and the
 * hashes of the documents, as 64-bit numbers; a header in JSON; the length of the header, a mark,
 * and the CRC-32C of all bytes before it. The end is fixed, so that tokens are written as they
 * come. Numbers are big-endian.
 */
final class CorpusFile {
  private static final long MARK = 0x4542544B4E533031L; // EBTKNS01
  private static final int ALIGNMENT = 8;
  private static final int TAIL = Integer.BYTES + Long.BYTES + Long.BYTES;
  private static final ObjectMapper JSON = new ObjectMapper();

  private CorpusFile() {}

  /** What the numbers of the file mean. */
  record Header(
      long tokens, int width, int documents, int separator, String split, ReadSummary files) {
    long padded() {
      return (tokens * width + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    }
  }

  /** A file that is not what was written. */
  static final class DamagedException extends Exception {
    private static final long serialVersionUID = 1;

    DamagedException(String message) {
      super(message);
    }
  }

  /** Reads text, and writes its tokens while they come; the file appears when it is complete. */
  static void write(Path file, List<Path> paths, String field, Tokenizer tokenizer)
      throws IOException {
    try {
      DurableFiles.write(file, out -> write(out, paths, field, tokenizer));
    } catch (UncheckedIOException e) {
      IOException cause = e.getCause();
      throw cause == null ? new IOException(e) : cause;
    }
  }

  private static void write(OutputStream raw, List<Path> paths, String field, Tokenizer tokenizer)
      throws IOException {
    CheckedOutputStream checked = new CheckedOutputStream(raw, new CRC32C());
    WritableByteChannel channel = Channels.newChannel(checked);
    long[] bytes = {0};
    CorpusWriter writer =
        new CorpusWriter(
            tokenizer,
            segment -> {
              bytes[0] += segment.remaining();
              writeAll(channel, segment);
            });
    ReadSummary files = writer.read(paths, field);
    Corpus.Documents documents = writer.finish();
    Header header =
        new Header(
            bytes[0] / writer.width(),
            writer.width(),
            documents.ends().length,
            documents.separator(),
            documents.split(),
            files);
    writeAll(channel, ByteBuffer.allocate((int) (header.padded() - bytes[0])));
    byte[] json = JSON.writeValueAsBytes(header);
    writeAll(channel, numbers(documents.ends()));
    writeAll(channel, numbers(documents.hashes()));
    DataOutputStream out = new DataOutputStream(checked);
    out.write(json);
    out.writeInt(json.length);
    out.writeLong(MARK);
    out.writeLong(checked.getChecksum().getValue());
    out.flush();
  }

  private static ByteBuffer numbers(long[] values) {
    ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(values.length, Long.BYTES));
    bytes.asLongBuffer().put(values);
    return bytes;
  }

  private static void writeAll(WritableByteChannel channel, ByteBuffer bytes) {
    try {
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Maps a file into memory and checks all of it.
   *
   * @throws DamagedException if it is not what was written
   */
  static Corpus open(FileChannel channel) throws IOException, DamagedException {
    long size = channel.size();
    if (size < TAIL) {
      throw new DamagedException("it has only " + size + " bytes");
    }
    StoredBytes all = StoredBytes.map(channel, size);
    ByteBuffer tail = read(all, size - TAIL, size);
    int length = tail.getInt();
    long mark = tail.getLong();
    CRC32C found = new CRC32C();
    all.forEach(0, size - Long.BYTES, found::update);
    if (mark != MARK || found.getValue() != tail.getLong() || length > size - TAIL) {
      throw new DamagedException("it was cut off or changed");
    }
    byte[] json = read(all, size - TAIL - length, size - TAIL).array();
    Header header = JSON.readValue(json, Header.class);
    long numbers = header.padded();
    long middle = numbers + (long) header.documents() * Long.BYTES;
    long end = middle + (long) header.documents() * Long.BYTES;
    Corpus.Documents documents =
        new Corpus.Documents(
            longs(read(all, numbers, middle)),
            longs(read(all, middle, end)),
            header.separator(),
            header.split());
    Tokens tokens = Tokens.of(all, header.tokens(), header.width());
    return new Corpus(tokens, documents, header.files());
  }

  private static ByteBuffer read(StoredBytes all, long from, long to) {
    ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(to - from));
    all.forEach(from, to, bytes::put);
    return bytes.flip();
  }

  private static long[] longs(ByteBuffer bytes) {
    long[] values = new long[bytes.remaining() / Long.BYTES];
    bytes.asLongBuffer().get(values);
    return values;
  }
}
