package dev.ebt.text.read;

import dev.ebt.error.UnknownName;
import dev.ebt.error.UserException;
import dev.ebt.text.document.BinaryContent;
import dev.ebt.text.document.Document;
import dev.ebt.text.document.StrictUtf8;
import dev.ebt.text.document.UnreadableFile;
import dev.ebt.text.extra.OptionalLibrary;
import dev.ebt.text.extra.ParquetText;
import dev.ebt.text.token.TokenizerFileSettings;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;

/**
 * Reads a file of text, a {@code .jsonl} or {@code .ndjson} file (one document per line), either of
 * them compressed ({@code .gz}), a {@code .parquet} file (one document per row), or a folder of
 * such files at any depth. A {@code .json} file whose first line is a whole JSON object is one of
 * lines, too.
 *
 * <p>A plain file is held in memory as a whole while it is read, bytes and text: some three times
 * its size. Of a file of lines one line is held at a time, of a {@code .parquet} file one group of
 * rows. A text is split into documents where it holds {@value TokenizerFileSettings#END_OF_TEXT},
 * as data sets for language models have it. Files of a folder that are no text are left out.
 */
public final class TextFiles {
  /** A larger file has to be cut, or written as .jsonl. */
  static final int LARGEST_DOCUMENT = 1 << 30;

  private static final SeparatorToken SEPARATOR =
      new SeparatorToken(TokenizerFileSettings.END_OF_TEXT);

  private TextFiles() {}

  /**
   * Hands every document that has any text to {@code reader}, folders in the order of their files'
   * names.
   *
   * @param field which member of a line of JSON, or column of .parquet, is its text
   * @return what was read and what was left out
   * @throws UserException if something cannot be read, or if there is no text at all
   */
  public static FilesRead read(Path path, String field, Consumer<Document> reader) {
    requireExisting(path);
    int[] documents = {0};
    int[] separators = {0};
    Consumer<Document> splitting =
        whole ->
            separators[0] +=
                SEPARATOR.split(
                    whole,
                    document -> {
                      if (!document.text().isEmpty()) {
                        documents[0]++;
                        reader.accept(document);
                      }
                    });
    List<String> leftOut = new ArrayList<>();
    List<String> jsonLists = new ArrayList<>();
    if (Files.isDirectory(path)) {
      for (Path file : TextFolder.files(path)) {
        try {
          readFile(file, field, splitting);
        } catch (NotText.JsonList e) {
          jsonLists.add(path.relativize(file).toString());
        } catch (NotText e) {
          leftOut.add(path.relativize(file).toString());
        }
      }
    } else {
      readFile(path, field, splitting);
    }
    FilesRead read = new FilesRead(documents[0], separators[0], leftOut, jsonLists);
    requireText(path, read);
    return read;
  }

  private static void requireText(Path path, FilesRead read) {
    if (read.documents() > 0) {
      return;
    }
    if (!Files.isDirectory(path)) {
      throw new UserException("no text in " + path + ": the file is empty");
    }
    throw new UserException(
        "no text in the folder "
            + path
            + ": "
            + (read.omissions().isEmpty() ? "its files are empty" : read.omissions()));
  }

  /**
   * The whole text of one file, {@code .gz} or not.
   *
   * @throws UserException if it cannot be read or is no text
   */
  public static String text(Path file) {
    requireExisting(file);
    if (Files.isDirectory(file)) {
      throw new UserException(file + " is a folder; a file expected");
    }
    try (InputStream in = stream(file)) {
      return whole(file, in);
    } catch (IOException e) {
      throw UnreadableFile.of(file, e);
    }
  }

  private static void requireExisting(Path path) {
    if (!Files.exists(path)) {
      throw new UserException("no file or folder " + path + similar(path));
    }
  }

  private static void readFile(Path file, String field, Consumer<Document> reader) {
    if (isParquet(file)) {
      try (ParquetText rows = OptionalLibrary.PARQUET.use(() -> ParquetText.open(file, field))) {
        rows.forEach(reader);
      }
      return;
    }
    boolean lines = isJsonLines(file);
    try (InputStream in = stream(file)) {
      if (lines) {
        new JsonLines(file.toString(), field).read(in, reader);
      } else {
        requireTextLike(file, in);
        reader.accept(new Document(file.toString(), whole(file, in)));
      }
    } catch (IOException e) {
      throw UnreadableFile.of(file, e);
    }
  }

  /** Whose name ends in .txt is meant as text: what is wrong with it is told exactly. */
  private static void requireTextLike(Path file, InputStream in) throws IOException {
    if (hasEnding(file, ".json") && LenientJson.startsList(in)) {
      throw new NotText.JsonList(
          file
              + " is a JSON list; a JSON object on each line expected, as 'jq -c .[]' writes them"
              + " from it");
    }
    if (!hasEnding(file, ".txt") && BinaryContent.startsIn(in)) {
      throw new NotText(file + " looks like a binary file; UTF-8 text expected");
    }
  }

  private static InputStream stream(Path file) throws IOException {
    InputStream raw = new BufferedInputStream(Files.newInputStream(file));
    if (!name(file).endsWith(".gz")) {
      return raw;
    }
    try {
      // All of its members: Java's own stream ends without a word where a later one is damaged.
      return new BufferedInputStream(
          GzipCompressorInputStream.builder()
              .setInputStream(raw)
              .setDecompressConcatenated(true)
              .get());
    } catch (IOException e) {
      raw.close();
      throw e;
    }
  }

  /** Whether the documents of a file have fields. */
  public static boolean hasFields(Path file) {
    return isParquet(file) || isJsonLines(file);
  }

  private static boolean isParquet(Path file) {
    return name(file).endsWith(".parquet");
  }

  /** By its name, or by its first line where the name may mean any JSON. */
  private static boolean isJsonLines(Path file) {
    if (hasEnding(file, ".jsonl") || hasEnding(file, ".ndjson")) {
      return true;
    }
    if (!hasEnding(file, ".json")) {
      return false;
    }
    try (InputStream in = stream(file)) {
      return !BinaryContent.startsIn(in) && new JsonLines(file.toString(), "").startsIn(in);
    } catch (IOException e) {
      throw UnreadableFile.of(file, e);
    }
  }

  private static boolean hasEnding(Path file, String ending) {
    return name(file).endsWith(ending) || name(file).endsWith(ending + ".gz");
  }

  private static String name(Path file) {
    return file.getFileName().toString().toLowerCase(Locale.ROOT);
  }

  private static String whole(Path file, InputStream in) throws IOException {
    byte[] bytes = in.readNBytes(LARGEST_DOCUMENT + 1);
    if (bytes.length > LARGEST_DOCUMENT) {
      throw new UserException(
          file + " is larger than 1 GiB: cut it into several files, or write it as .jsonl");
    }
    return StrictUtf8.decode(bytes, file.toString(), 0);
  }

  private static String similar(Path path) {
    Path parent = path.toAbsolutePath().getParent();
    if (parent == null || path.getFileName() == null || !Files.isDirectory(parent)) {
      return "";
    }
    try (Stream<Path> siblings = Files.list(parent)) {
      List<String> names = siblings.map(sibling -> sibling.getFileName().toString()).toList();
      return UnknownName.nearest(path.getFileName().toString(), names)
          .map(name -> ": did you mean '" + path.resolveSibling(name) + "'?")
          .orElse("");
    } catch (IOException | UncheckedIOException e) {
      // Only a hint is lost: that the file is not there is the message.
      return "";
    }
  }
}
