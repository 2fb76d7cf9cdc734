package dev.ebt.text.read;

import dev.ebt.error.UnknownName;
import dev.ebt.error.UserException;
import dev.ebt.store.GzipFiles;
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

/**
 * A reader of text files: plain text, {@code .jsonl} or {@code .ndjson} (one document per line),
 * either of them compressed ({@code .gz}), {@code .parquet} (one document per row), or a folder of
 * such files at any depth. A {@code .json} file whose first line is a whole JSON object is read as
 * JSON lines.
 *
 * <p>A plain file is in memory as a whole while it is read, as bytes and as text: about three times
 * its size. Of JSON lines one line is in memory at a time, of Parquet one row group. A text is
 * split into documents at {@value TokenizerFileSettings#END_OF_TEXT}, as in datasets for language
 * models. Files in a folder that are not text are skipped.
 */
public final class TextFiles {
  /** The maximum size of a plain file. */
  static final int LARGEST_DOCUMENT = 1 << 30;

  private static final SeparatorToken SEPARATOR =
      new SeparatorToken(TokenizerFileSettings.END_OF_TEXT);

  private TextFiles() {}

  /**
   * Passes every non-empty document to {@code reader}, in the order of file names.
   *
   * @param field the member of a JSON line, or column of a Parquet file, with the text
   * @return a summary of files that were read and skipped
   * @throws UserException if something cannot be read, or if there is no text
   */
  public static ReadSummary read(Path path, String field, Consumer<Document> reader) {
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
      for (Path file : files(path)) {
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
    ReadSummary read = new ReadSummary(documents[0], separators[0], leftOut, jsonLists);
    requireText(path, read);
    return read;
  }

  /**
   * Returns the files that are read at a path, text or not: itself, or those in a folder.
   *
   * @throws UserException if there is none
   */
  public static List<Path> files(Path path) {
    requireExisting(path);
    return Files.isDirectory(path) ? TextFolder.files(path) : List.of(path);
  }

  private static void requireText(Path path, ReadSummary read) {
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
   * Returns the whole text of one file, compressed or not.
   *
   * @throws UserException if it cannot be read or is not text
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

  /**
   * Refuses files that are not text. Files named .txt pass, so that decoding reports the exact
   * position of an error.
   */
  private static void requireTextLike(Path file, InputStream in) throws IOException {
    if (hasEnding(file, ".json") && LenientJson.startsList(in)) {
      throw new NotText.JsonList(
          file + " is a JSON list; expected one JSON object per line: 'jq -c .[]' converts it");
    }
    if (!hasEnding(file, ".txt") && BinaryContent.startsIn(in)) {
      throw new NotText(file + " looks like a binary file; expected UTF-8 text");
    }
  }

  private static InputStream stream(Path file) throws IOException {
    return name(file).endsWith(".gz")
        ? GzipFiles.decompress(file)
        : new BufferedInputStream(Files.newInputStream(file));
  }

  /** Returns true if the documents of a file have fields. */
  public static boolean hasFields(Path file) {
    return isParquet(file) || isJsonLines(file);
  }

  private static boolean isParquet(Path file) {
    return name(file).endsWith(".parquet");
  }

  /** Decides by the name, or by the first line if the name is ambiguous. */
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
          file + " is larger than 1 GiB; split it into several files, or convert it to .jsonl");
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
      // Ignored: without the hint the message still says that the file is missing.
      return "";
    }
  }
}
