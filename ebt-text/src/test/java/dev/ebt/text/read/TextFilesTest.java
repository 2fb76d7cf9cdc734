package dev.ebt.text.read;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import com.google.common.primitives.Bytes;
import dev.ebt.error.UserException;
import dev.ebt.text.document.Document;
import dev.ebt.text.document.UnreadableFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextFilesTest {
  private FileSystem files;
  private Path work;

  @BeforeEach
  void open() throws IOException {
    files = Jimfs.newFileSystem(Configuration.unix());
    work = Files.createDirectories(files.getPath("/data"));
  }

  @AfterEach
  void close() throws IOException {
    files.close();
  }

  @Test
  void aFileIsADocument() throws IOException {
    write("a.txt", "Grüße\r\n".getBytes(UTF_8));
    assertThat(read("a.txt")).containsExactly(new Document("/data/a.txt", "Grüße\r\n"));
  }

  @Test
  void aByteOrderMarkIsDropped() throws IOException {
    write("a.txt", "\uFEFFa\uFEFF".getBytes(UTF_8));
    write("a.jsonl", "\uFEFF{\"text\":\"b\"}".getBytes(UTF_8));
    assertThat(texts("a.txt")).containsExactly("a\uFEFF");
    assertThat(texts("a.jsonl")).containsExactly("b");
  }

  @Test
  void aFolderIsReadInOrderAndDeep() throws IOException {
    write("b/z.txt", bytes("3"));
    write("b.txt", bytes("4"));
    write("a/deep/x.txt", bytes("1"));
    write("a/y.jsonl", bytes("{\"text\":\"2\"}\n"));
    write(".git/config", bytes("hidden"));
    write("a/.hidden", bytes("hidden"));
    write("c.txt.gz", compressed(bytes("5")));
    assertThat(texts("")).containsExactly("1", "2", "3", "4", "5");
  }

  @Test
  void aHiddenFolderMayBeNamed() throws IOException {
    write(".secret/a.txt", bytes("a"));
    assertThat(texts(".secret")).containsExactly("a");
  }

  @Test
  void linesOfJsonAreDocuments() throws IOException {
    byte[] lines = bytes("{\"id\":1,\"text\":\"a\\nb\"}\n\n{\"text\":\"\"}\n{\"text\":\"ü\"}");
    write("a.jsonl", lines);
    write("b.JSONL.gz", compressed(lines));
    assertThat(read("a.jsonl"))
        .containsExactly(
            new Document("/data/a.jsonl line 1", "a\nb"),
            new Document("/data/a.jsonl line 4", "ü"));
    assertThat(texts("b.JSONL.gz")).containsExactly("a\nb", "ü");
  }

  @Test
  void anotherFieldCanBeRead() throws IOException {
    write("a.jsonl", bytes("{\"text\":\"a\",\"body\":\"b\"}"));
    List<String> texts = new ArrayList<>();
    TextFiles.read(work.resolve("a.jsonl"), "body", document -> texts.add(document.text()));
    assertThat(texts).containsExactly("b");
  }

  @Test
  void brokenUtf8NamesFileAndOffset() throws IOException {
    write("a.txt", "cafe caf\u00e9 x".getBytes(ISO_8859_1));
    refused("a.txt", "/data/a.txt is not UTF-8 text: byte 0xE9 at byte offset 8", "iconv");
    write("cut.txt", new byte[] {'a', (byte) 0xE2, (byte) 0x82});
    refused("cut.txt", "byte 0xE2 at byte offset 1");
    byte[] large = new byte[100_000];
    Arrays.fill(large, (byte) 'x');
    large[99_998] = (byte) 0xC0;
    write("large.txt", large);
    refused("large.txt", "byte 0xC0 at byte offset 99998");
  }

  @Test
  void brokenUtf8InLinesNamesTheOffsetInTheFile() throws IOException {
    write("a.jsonl", "{\"text\":\"a\"}\n{\"text\":\"\u00e9\"}\n".getBytes(ISO_8859_1));
    refused("a.jsonl", "/data/a.jsonl is not UTF-8 text: byte 0xE9 at byte offset 22");
  }

  @Test
  void binaryFilesAreRecognised() throws IOException {
    write("a.bin", new byte[] {'E', 'L', 'F', 0, 1, (byte) 0xFF});
    refused("a.bin", "/data/a.bin looks like a binary file; expected UTF-8 text");
    write("late.bin", Bytes.concat(bytes("x".repeat(9000)), new byte[1]));
    refused("late.bin", "/data/late.bin looks like a binary file: NUL at byte offset 9000");
    write("a.txt", "ab".getBytes(UTF_16));
    refused("a.txt", "It is UTF-16", "byte offset 0");
    write("b.txt", compressed(bytes("a")));
    refused("b.txt", "name that ends in .gz");
  }

  @Test
  void brokenCompressionIsTold() throws IOException {
    write("a.txt.gz", bytes("not compressed"));
    refused("a.txt.gz", "/data/a.txt.gz is named .gz but");
    byte[] whole = compressed(bytes("some text, some more text"));
    write("b.txt.gz", Arrays.copyOf(whole, whole.length - 12));
    refused("b.txt.gz", "/data/b.txt.gz is cut off");
    write("c.txt.gz", new byte[0]);
    refused("c.txt.gz", "/data/c.txt.gz is named .gz but");
  }

  @Test
  void everyMemberOfACompressedFileIsRead() throws IOException {
    byte[] first = compressed(bytes("{\"text\":\"one\"}\n"));
    byte[] second = compressed(bytes("{\"text\":\"two\"}\n"));
    write("two.jsonl.gz", Bytes.concat(first, second));
    assertThat(texts("two.jsonl.gz")).containsExactly("one", "two");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 2, 9, 12, 20})
  void aDamagedLaterMemberIsRefused(int place) throws IOException {
    byte[] first = compressed(bytes("one"));
    byte[] second = compressed(bytes("two, the second half of the text"));
    second[place < 9 ? place : place + 2] ^= 0x55;
    write("a.txt.gz", Bytes.concat(first, second));
    refused("a.txt.gz", "/data/a.txt.gz is named .gz but is damaged");
  }

  @Test
  void aLaterMemberThatIsCutOffIsRefused() throws IOException {
    byte[] second = compressed(bytes("two, the second half of the text"));
    for (int kept : new int[] {5, 12, second.length - 3}) {
      write("a.txt.gz", Bytes.concat(compressed(bytes("one")), Arrays.copyOf(second, kept)));
      refused("a.txt.gz", "/data/a.txt.gz is cut off");
    }
  }

  @Test
  void linesOfJsonAreReadWhateverTheirFileIsCalled() throws IOException {
    byte[] lines = bytes("{\"text\":\"a\"}\n{\"text\":\"b\"}\n");
    write("a.ndjson", lines);
    write("b.json", lines);
    write("c.json.gz", compressed(lines));
    for (String name : List.of("a.ndjson", "b.json", "c.json.gz")) {
      assertThat(texts(name)).as(name).containsExactly("a", "b");
      assertThat(TextFiles.hasFields(work.resolve(name))).as(name).isTrue();
    }
  }

  @Test
  void otherJsonIsTextOrRefusedWhereItIsAListOfRecords() throws IOException {
    String pretty = "{\n  \"text\": \"a\"\n}\n";
    write("a.json", bytes(pretty));
    assertThat(texts("a.json")).containsExactly(pretty);
    assertThat(TextFiles.hasFields(work.resolve("a.json"))).isFalse();
    write("b.json", bytes(" [\n {\"text\": \"a\"}]"));
    refused("b.json", "/data/b.json is a JSON list; expected one JSON object per line", "jq -c");
    write("c.json", bytes("{\"title\":\"a\"}\n"));
    refused("c.json", "/data/c.json line 1: no field 'text'");
  }

  @Test
  void whatPythonWritesInOtherFieldsIsRead() throws IOException {
    write("a.jsonl", bytes("{\"score\":NaN,\"b\":[-Infinity,Infinity],\"text\":\"a\"}"));
    assertThat(texts("a.jsonl")).containsExactly("a");
  }

  @Test
  void aTextOfAnyLengthIsRead() throws IOException {
    String text = "x".repeat(20_100_000);
    String digits = "9".repeat(1_000);
    write("a.jsonl", bytes("{\"n\":" + digits + ",\"text\":\"" + text + "\"}\n"));
    assertThat(texts("a.jsonl").get(0)).hasSize(text.length());
  }

  @Test
  void jsonBeyondALimitSaysWhichLimit() throws IOException {
    String field = ",\"text\":\"a\"}\n";
    write("a.jsonl", bytes("{\"n\":" + "9".repeat(1_001) + field));
    refused(
        "a.jsonl",
        "line 1: malformed JSON: ",
        "a number with 1,001 characters; at most 1,000 are allowed");
    write("b.jsonl", bytes("{\"n\":0." + "9".repeat(2_000) + field));
    refused("b.jsonl", "a number with 2,00", " characters; at most 1,000 are allowed");
    write("c.jsonl", bytes("{\"" + "n".repeat(50_001) + "\":1" + field));
    refused("c.jsonl", "a name with ", " characters; at most 50,000 are allowed");
    write("d.jsonl", bytes("{\"n\":" + "[".repeat(1_001) + field));
    refused("d.jsonl", "it is nested 1,001 levels deep; at most 1,000 are allowed");
    write("e.json", bytes("{\"n\":" + "9".repeat(1_001) + field));
    refused("e.json", "e.json line 1: malformed JSON: it has a number with 1,001 characters");
  }

  @Test
  void aLineWithoutEndIsRefused() {
    InputStream endless =
        new InputStream() {
          @Override
          public int read() {
            return 'x';
          }
        };
    assertThatThrownBy(() -> new JsonLines("a.jsonl.gz", "text", 1 << 20).read(endless, d -> {}))
        .isInstanceOf(UserException.class)
        .hasMessage("a.jsonl.gz line 1 is longer than 1 MiB; expected one JSON object per line");
    assertThat(JsonLines.LONGEST_LINE).isEqualTo(128 << 20);
  }

  @Test
  void messagesOfBrokenJsonAreShortAndNameNoClasses() throws IOException {
    String name = "k".repeat(100_000);
    write("a.jsonl", bytes("{\"" + name + "\":1,\"" + name + "\":2}"));
    write("b.jsonl", bytes("{\"" + name + "\":1}"));
    write("c.jsonl", bytes("{\"text\":" + "[".repeat(2000) + "}"));
    write("d.jsonl", bytes("{\"text\":\"a\"} {}"));
    write("e.jsonl", bytes("{\"text\":" + name + "}"));
    for (String file : List.of("a.jsonl", "b.jsonl", "c.jsonl", "d.jsonl", "e.jsonl")) {
      assertThatThrownBy(() -> read(file))
          .isInstanceOf(UserException.class)
          .message()
          .startsWith("/data/" + file + " line 1: ")
          .hasSizeLessThan(800)
          .doesNotContain("com.", "java.", "Stream", "null:");
    }
  }

  @Test
  void endOfTextPartsPlainTextAndLines() throws IOException {
    write("a.txt", bytes("one\n<|endoftext|>\ntwo<|endoftext|>three\r\n<|endoftext|>\r\n"));
    write("b.jsonl", bytes("{\"text\":\"four<|endoftext|>\"}"));
    assertThat(read("a.txt"))
        .containsExactly(
            new Document("/data/a.txt document 1", "one\n"),
            new Document("/data/a.txt document 2", "two"),
            new Document("/data/a.txt document 3", "three\r\n"));
    assertThat(texts("b.jsonl")).containsExactly("four");
    ReadSummary both = TextFiles.read(work, "text", document -> {});
    assertThat(both).isEqualTo(new ReadSummary(4, 4, List.of(), List.of()));
    assertThat(both.remarks()).isEqualTo("split at <|endoftext|>");
  }

  @Test
  void whatIsNoTextInAFolderIsLeftOutAndNamed() throws IOException {
    write("a.txt", bytes("one"));
    write("deep/b.png", bytes("\u0089PNG\r\n\u001a\n\0\0"));
    write("c.pdf", "%PDF-1.4\n\u00e2\u00e3 \u0001\u0002 \u00fe\u00ff ..".getBytes(ISO_8859_1));
    write("d.gif", bytes("GIF89a\0\0"));
    ReadSummary read = TextFiles.read(work, "text", document -> {});
    assertThat(read)
        .isEqualTo(new ReadSummary(1, 0, List.of("c.pdf", "d.gif", "deep/b.png"), List.of()));
    assertThat(read.remarks()).isEqualTo("3 files without text skipped: c.pdf, d.gif, deep/b.png");
    write("z.jpg", new byte[] {(byte) 0xFF, (byte) 0xD8, 0, 1});
    assertThat(TextFiles.read(work, "text", document -> {}).remarks())
        .isEqualTo("4 files without text skipped: c.pdf, d.gif, deep/b.png, …");
    Files.delete(work.resolve("a.txt"));
    refused("", "no text in the folder /data: 4 files without text skipped: c.pdf");
  }

  @Test
  void jsonListsInAFolderAreLeftOutWithTheRemedyAheadOfOtherFiles() throws IOException {
    write("README.md", bytes("one"));
    write("b.png", bytes("\u0089PNG\r\n\u001a\n\0\0"));
    write("data.json", bytes("[{\"text\": \"a\"}]"));
    ReadSummary read = TextFiles.read(work, "text", document -> {});
    assertThat(read).isEqualTo(new ReadSummary(1, 0, List.of("b.png"), List.of("data.json")));
    String list = "1 JSON list skipped: data.json; 'jq -c .[]' converts it to JSON lines";
    assertThat(read.remarks()).isEqualTo(list + "; 1 file without text skipped: b.png");
    assertThat(read.plus(read).remarks())
        .startsWith("2 JSON lists skipped: data.json, data.json; 'jq -c .[]' converts each to");
    Files.delete(work.resolve("README.md"));
    refused("", "no text in the folder /data: " + list);
  }

  @Test
  void textThatIsDamagedOrInAnotherEncodingIsNotLeftOut() throws IOException {
    write("a/latin.md", "cafe caf\u00e9 x".getBytes(ISO_8859_1));
    refused("a", "latin.md is not UTF-8 text", "iconv");
    write("b/utf16.md", "ab".getBytes(UTF_16));
    refused("b", "It is UTF-16");
    write("c/nul.txt", bytes("some text\0"));
    refused("c", "nul.txt looks like a binary file: NUL at byte offset 9");
    write("d/packed", compressed(bytes("text")));
    refused("d", "name that ends in .gz");
  }

  @Test
  void brokenJsonNamesTheLine() throws IOException {
    String good = "{\"text\":\"a\"}\n";
    write("a.jsonl", bytes(good + "{\"text\": \"b\n"));
    refused("a.jsonl", "/data/a.jsonl line 2: malformed JSON at column ");
    write("b.jsonl", bytes(good + good + "{\"text\":\"a\"} x"));
    refused("b.jsonl", "line 3: malformed JSON");
    write("c.jsonl", bytes("[1]"));
    refused("c.jsonl", "line 1: expected a JSON object, found array");
    write("d.jsonl", bytes("{\"text\":7}"));
    refused("d.jsonl", "line 1: text expected in field 'text', found number");
    write("e.jsonl", bytes("{\"text\":\"a\",\"text\":\"b\"}"));
    refused("e.jsonl", "line 1: malformed JSON", "Duplicate");
    write("f.jsonl", bytes("{\"text\":\"a\\u0000b\"}"));
    refused("f.jsonl", "line 1: field 'text' contains \\u0000");
  }

  @Test
  void aMissingFieldNamesTheLineTheFieldAndWhatThereIs() throws IOException {
    write("a.jsonl", bytes("{\"text\":\"a\"}\n{\"id\":1,\"txt\":\"b\"}"));
    refused("a.jsonl", "line 2: no field 'text': did you mean 'txt'? Found: id, txt");
    write("b.jsonl", bytes("{\"content\":\"b\"}"));
    refused("b.jsonl", "line 1: no field 'text'; --field names the one to read. Found: content");
  }

  @Test
  void linksThatLeadBackAreTold() throws IOException {
    write("loop/a.txt", bytes("a"));
    Files.createSymbolicLink(work.resolve("loop/up"), work.resolve("loop"));
    refused("loop", "a link in /data/loop leads back");
  }

  @Test
  void nothingToReadIsTold() throws IOException {
    write("empty.txt", new byte[0]);
    refused("empty.txt", "no text in /data/empty.txt");
    Files.createDirectory(work.resolve("folder"));
    refused("folder", "no files in the folder /data/folder");
    write("folder/a.txt", new byte[0]);
    refused("folder", "no text in the folder /data/folder");
    write("blank.jsonl", bytes("\n\n"));
    refused("blank.jsonl", "no text in /data/blank.jsonl");
  }

  @Test
  void aMissingFileIsToldWithTheNearestName() throws IOException {
    write("shakespeare.txt", bytes("a"));
    refused("shakespear.txt", "no file or folder /data/shakespear.txt: did you mean '/data/shakes");
    refused("none/at/all", "no file or folder /data/none/at/all");
  }

  @Test
  void missingPermissionIsTold() {
    Path file = work.resolve("a.txt");
    assertThat(UnreadableFile.of(file, new AccessDeniedException("/data/a.txt")))
        .hasMessage("no permission to read /data/a.txt");
    assertThat(UnreadableFile.of(file, new IOException("the disk is gone")))
        .hasMessage("cannot read /data/a.txt: the disk is gone");
    assertThat(UnreadableFile.of(Path.of("a.json"), new NoSuchFileException("a.json")))
        .hasMessage("there is no file a.json");
  }

  @Test
  void whatOthersLockIsNotRead(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("a.txt"), "a");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("-wx------"));
    assumeThat(Files.isReadable(file)).as("may read anything").isFalse();
    assertThatThrownBy(() -> TextFiles.read(file, "text", document -> {}))
        .isInstanceOf(UserException.class)
        .hasMessage("no permission to read " + file);
  }

  private void refused(String name, String... parts) {
    assertThatThrownBy(() -> read(name))
        .isInstanceOf(UserException.class)
        .hasMessageContainingAll(parts)
        .message()
        .doesNotContain("\n");
  }

  private List<Document> read(String name) {
    List<Document> documents = new ArrayList<>();
    TextFiles.read(work.resolve(name), "text", documents::add);
    return documents;
  }

  private List<String> texts(String name) {
    return read(name).stream().map(Document::text).toList();
  }

  private void write(String name, byte[] content) throws IOException {
    Path file = work.resolve(name);
    Files.createDirectories(file.getParent());
    Files.write(file, content);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  private static byte[] compressed(byte[] content) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(content);
    }
    return out.toByteArray();
  }
}
