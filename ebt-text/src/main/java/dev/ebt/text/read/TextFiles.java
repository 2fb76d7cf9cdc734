package dev.ebt.text.read;

import dev.ebt.error.UnknownName;
import dev.ebt.error.UserException;
import dev.ebt.text.extra.Extra;
import dev.ebt.text.extra.ParquetText;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * Reads a file of text, a {@code .jsonl} file (one document per line), either of them compressed
 * ({@code .gz}), a {@code .parquet} file (one document per row), or a folder of such files at any
 * depth.
 *
 * <p>A plain file is one document and is held in memory as a whole while it is read, bytes and
 * text: some three times its size. Of a {@code .jsonl} file one line is held at a time, of a {@code
 * .parquet} file one group of rows.
 */
public final class TextFiles {
  /** A larger file has to be cut, or written as .jsonl. */
  static final int LARGEST_DOCUMENT = 1 << 30;

  private TextFiles() {}

  /**
   * Hands every document that has any text to {@code reader}, folders in the order of their files'
   * names.
   *
   * @param field which member of a line of .jsonl, or column of .parquet, is its text
   * @throws UserException if something cannot be read or is no text, or if there is no text at all
   */
  public static void read(Path path, String field, Consumer<Document> reader) {
    List<Path> files = files(path);
    int[] count = {0};
    for (Path file : files) {
      readFile(
          file,
          field,
          document -> {
            if (!document.text().isEmpty()) {
              count[0]++;
              reader.accept(document);
            }
          });
    }
    if (count[0] == 0) {
      throw new UserException(
          Files.isDirectory(path)
              ? "no text in the folder " + path + ": its " + files.size() + " files are empty"
              : "no text in " + path + ": the file is empty");
    }
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
      throw unreadable(file, e);
    }
  }

  private static void requireExisting(Path path) {
    if (!Files.exists(path)) {
      throw new UserException("no file or folder " + path + similar(path));
    }
  }

  private static List<Path> files(Path path) {
    requireExisting(path);
    if (!Files.isDirectory(path)) {
      return List.of(path);
    }
    try (Stream<Path> walk = Files.walk(path, FileVisitOption.FOLLOW_LINKS)) {
      List<Path> files =
          walk.filter(file -> visible(path, file))
              .filter(Files::isRegularFile)
              .sorted(Comparator.comparing(file -> names(path, file)))
              .toList();
      if (files.isEmpty()) {
        throw new UserException("no files in the folder " + path);
      }
      return files;
    } catch (UncheckedIOException e) {
      throw unreadable(path, e.getCause());
    } catch (IOException e) {
      throw unreadable(path, e);
    }
  }

  private static void readFile(Path file, String field, Consumer<Document> reader) {
    if (isParquet(file)) {
      try (ParquetText rows = Extra.PARQUET.use(() -> ParquetText.open(file, field))) {
        rows.forEach(reader);
      }
      return;
    }
    try (InputStream in = stream(file)) {
      if (isJsonLines(file)) {
        new JsonLines(file.toString(), field).read(in, reader);
      } else {
        reader.accept(new Document(file.toString(), whole(file, in)));
      }
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  private static InputStream stream(Path file) throws IOException {
    InputStream raw = Files.newInputStream(file);
    try {
      return name(file).endsWith(".gz") ? new GZIPInputStream(raw) : raw;
    } catch (IOException e) {
      raw.close();
      throw e;
    }
  }

  /** Whether the file's name says that its documents have fields. */
  public static boolean hasFields(Path file) {
    return isJsonLines(file) || isParquet(file);
  }

  private static boolean isParquet(Path file) {
    return name(file).endsWith(".parquet");
  }

  private static boolean isJsonLines(Path file) {
    return name(file).endsWith(".jsonl") || name(file).endsWith(".jsonl.gz");
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

  /** What a user is told of a failure to read. */
  public static UserException unreadable(Path path, IOException problem) {
    if (problem instanceof AccessDeniedException denied) {
      return new UserException("no permission to read " + denied.getFile(), problem);
    }
    if (problem instanceof NoSuchFileException missing) {
      return new UserException("there is no file " + missing.getFile(), problem);
    }
    if (problem instanceof FileSystemLoopException loop) {
      return new UserException("a link in " + path + " leads back: " + loop.getFile(), problem);
    }
    if (problem instanceof ZipException) {
      return new UserException(
          path + " is named .gz but is damaged or not compressed: " + problem.getMessage(),
          problem);
    }
    if (problem instanceof EOFException) {
      return new UserException(path + " is cut off: the compressed data ends early", problem);
    }
    return new UserException("cannot read " + path + ": " + problem.getMessage(), problem);
  }

  /** Whether neither the file nor a folder between it and the root is hidden by a leading dot. */
  private static boolean visible(Path root, Path file) {
    return StreamSupport.stream(root.relativize(file).spliterator(), false)
        .noneMatch(name -> name.toString().startsWith("."));
  }

  /** Sorts alike on all systems: file systems differ in what they say of upper and lower case. */
  private static String names(Path root, Path file) {
    return root.relativize(file).toString().replace(file.getFileSystem().getSeparator(), "\0");
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
