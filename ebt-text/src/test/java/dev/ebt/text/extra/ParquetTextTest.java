package dev.ebt.text.extra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import blue.strategic.parquet.ParquetWriter;
import dev.ebt.error.UserException;
import dev.ebt.text.document.Document;
import dev.ebt.text.read.TextFiles;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.compression.CompressionCodecFactory;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.simple.SimpleGroupFactory;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Types;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ParquetTextTest {
  private static final MessageType SCHEMA =
      Types.buildMessage()
          .required(PrimitiveTypeName.INT64)
          .named("id")
          .optional(PrimitiveTypeName.BINARY)
          .as(LogicalTypeAnnotation.stringType())
          .named("text")
          .named("rows");

  @TempDir private Path folder;

  /** A file of these texts and their places; null leaves a text out. */
  private Path write(String name, String... texts) throws IOException {
    Path path = folder.resolve(name);
    try (ParquetWriter<Integer> writer =
        ParquetWriter.writeFile(
            SCHEMA,
            path.toFile(),
            (row, values) -> {
              values.write("id", (long) row);
              if (texts[row] != null) {
                values.write("text", texts[row]);
              }
            })) {
      for (int row = 0; row < texts.length; row++) {
        writer.write(row);
      }
    }
    return path;
  }

  private static List<Document> read(Path path, String field) {
    List<Document> documents = new ArrayList<>();
    TextFiles.read(path, field, documents::add);
    return documents;
  }

  private static void refused(Path path, String field, String message) {
    assertThatThrownBy(() -> read(path, field))
        .isInstanceOf(UserException.class)
        .hasMessageContaining(message);
  }

  @Test
  void everyRowIsADocument() throws IOException {
    Path path = write("a.parquet", "one\ntwo", "", "日本 😀");
    assertThat(read(path, "text"))
        .containsExactly(
            new Document(path + " row 1", "one\ntwo"), new Document(path + " row 3", "日本 😀"));
  }

  @Test
  void aFolderMayHoldSuchFilesToo() throws IOException {
    write("b.parquet", "two");
    Files.writeString(folder.resolve("a.txt"), "one");
    Files.writeString(folder.resolve("c.jsonl"), "{\"text\": \"three\"}");
    assertThat(read(folder, "text"))
        .extracting(Document::text)
        .containsExactly("one", "two", "three");
  }

  @Test
  void whatIsNoTextIsRefusedByRowAndField() throws IOException {
    Path path = write("a.parquet", "one", null);
    refused(path, "text", path + " row 2: text expected in field 'text', found null");
    refused(path, "txt", path + ": no field 'txt': did you mean 'text'? Found: id, text");
    refused(path, "id", path + ": text expected in field 'id', found 'required int64 id'");
    refused(write("b.parquet", "a\0b"), "text", "row 1 looks like a binary file: NUL at byte");
  }

  @Test
  void otherFilesAreRefused() throws IOException {
    Path text = Files.writeString(folder.resolve("a.parquet"), "no columns in here, just text");
    refused(text, "text", text + " is not a Parquet file, or it is damaged or truncated");
    Path whole = write("b.parquet", "one", "two");
    byte[] bytes = Files.readAllBytes(whole);
    Path cut = Files.write(folder.resolve("c.parquet"), Arrays.copyOf(bytes, bytes.length / 2));
    refused(cut, "text", cut + " is not a Parquet file, or it is damaged or truncated");
    refused(folder.resolve("none.parquet"), "text", "no file or folder");
  }

  /** Compresses as other writers do; Parquet's own gzip needs Hadoop. */
  private static final class Gzip implements CompressionCodecFactory {
    @Override
    public BytesInputCompressor getCompressor(CompressionCodecName codec) {
      return new BytesInputCompressor() {
        @Override
        public BytesInput compress(BytesInput bytes) throws IOException {
          ByteArrayOutputStream out = new ByteArrayOutputStream();
          try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            bytes.writeAllTo(gzip);
          }
          return BytesInput.from(out.toByteArray());
        }

        @Override
        public CompressionCodecName getCodecName() {
          return codec;
        }

        @Override
        public void release() {
          // Nothing is kept.
        }
      };
    }

    @Override
    public BytesInputDecompressor getDecompressor(CompressionCodecName codec) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void release() {
      // Nothing is kept.
    }
  }

  private Path zipped(String name, CompressionCodecName codec, List<String> texts)
      throws IOException {
    Path path = folder.resolve(name);
    try (var writer =
        ExampleParquetWriter.builder(new LocalOutputFile(path))
            .withConf(new PlainParquetConfiguration())
            .withType(SCHEMA)
            .withCodecFactory(new Gzip())
            .withCompressionCodec(codec)
            .build()) {
      long row = 0;
      for (String text : texts) {
        writer.write(
            new SimpleGroupFactory(SCHEMA).newGroup().append("id", row++).append("text", text));
      }
    }
    return path;
  }

  @Test
  void gzipIsRead() throws IOException {
    List<String> texts =
        IntStream.range(0, 500).mapToObj(row -> "row " + row + " 日本".repeat(row % 7)).toList();
    Path path = zipped("a.parquet", CompressionCodecName.GZIP, texts);
    assertThat(read(path, "text")).extracting(Document::text).isEqualTo(texts);
  }

  @Test
  void damageInsideIsToldInWords() throws IOException {
    Path path = zipped("a.parquet", CompressionCodecName.GZIP, List.of("one", "two"));
    byte[] bytes = Files.readAllBytes(path);
    for (int at = 4; at < bytes.length / 2; at++) {
      byte[] damaged = bytes.clone();
      damaged[at] ^= 0x55;
      Path file = Files.write(folder.resolve("b.parquet"), damaged);
      try {
        read(file, "text");
      } catch (UserException e) {
        assertThat(e.getMessage()).contains("b.parquet").doesNotContain("org.", "java.", "null:");
      }
    }
  }

  @Test
  void otherCompressionIsRefusedByName() throws IOException {
    Path path = zipped("a.parquet", CompressionCodecName.BROTLI, List.of("one"));
    refused(path, "text", "is compressed with BROTLI; one of [UNCOMPRESSED, SNAPPY, GZIP,");
  }
}
