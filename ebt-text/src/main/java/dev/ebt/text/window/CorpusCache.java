package dev.ebt.text.window;

import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import dev.ebt.modality.Tokenizer;
import dev.ebt.store.CacheFolder;
import dev.ebt.store.Sha256;
import dev.ebt.text.document.UnreadableFile;
import dev.ebt.text.read.TextFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A folder of tokenized text, so that the same text is tokenized once. A file is named by the
 * content of the text and the tokenizer, and mapped into memory, which may be smaller. It may be
 * deleted at any time: without it the text is tokenized again. Small text is kept in memory and not
 * stored.
 */
public final class CorpusCache {
  private static final Logger LOG = LoggerFactory.getLogger(CorpusCache.class);

  /** Raised whenever the same text would have other tokens, documents or remarks. */
  private static final String VERSION = "1";

  /** Text of fewer bytes takes less time than it would save. */
  private static final long LEAST = 1 << 20;

  private final Optional<Path> folder;

  /**
   * Creates a cache in a folder, which need not exist.
   *
   * @param folder empty for none
   */
  public CorpusCache(Optional<Path> folder) {
    this.folder = folder;
  }

  /** Returns the cache in the user's {@link CacheFolder}. */
  public static CorpusCache ofUser() {
    return new CorpusCache(CacheFolder.ofUser());
  }

  /**
   * Reads files or folders in sequence, or the tokens that were stored when they were read before.
   *
   * @param field the field of JSON lines, or the column of Parquet files, with the text
   * @throws dev.ebt.error.UserException if something cannot be read or is no text
   */
  public Corpus read(List<Path> paths, String field, Tokenizer tokenizer) {
    if (folder.isEmpty() || bytes(paths) < LEAST) {
      return Corpus.read(paths, field, tokenizer);
    }
    Path file = folder.get().resolve(key(paths, field, tokenizer) + ".tokens");
    try {
      return stored(file, paths, field, tokenizer);
    } catch (IOException e) {
      LOG.warn("{} cannot be used, tokens are kept in memory: {}", file, e.toString());
      return Corpus.read(paths, field, tokenizer);
    }
  }

  /** Opens a file, and writes it before if need be. One at a time: they share temporary names. */
  private static synchronized Corpus stored(
      Path file, List<Path> paths, String field, Tokenizer tokenizer) throws IOException {
    if (Files.exists(file)) {
      try {
        return CorpusFile.open(file);
      } catch (CorpusFile.DamagedException e) {
        LOG.warn("{} is damaged, as {}; the text is tokenized again", file, e.getMessage());
      }
    }
    Files.createDirectories(file.toAbsolutePath().getParent());
    CorpusFile.write(file, paths, field, tokenizer);
    try {
      return CorpusFile.open(file);
    } catch (CorpusFile.DamagedException e) {
      throw new IOException("it was written and is not what was written, as " + e.getMessage(), e);
    }
  }

  private static long bytes(List<Path> paths) {
    long bytes = 0;
    for (Path path : paths) {
      for (Path file : TextFiles.files(path)) {
        try {
          bytes += Files.size(file);
        } catch (IOException e) {
          throw UnreadableFile.of(file, e);
        }
      }
    }
    return bytes;
  }

  /** Returns a hash of all that decides the tokens: names decide how files are read. */
  private static String key(List<Path> paths, String field, Tokenizer tokenizer) {
    Hasher key = Hashing.sha256().newHasher();
    put(key, VERSION);
    put(key, field);
    put(key, tokenizer.fingerprint());
    for (Path path : paths) {
      put(key, "path");
      for (Path file : TextFiles.files(path)) {
        Path name = path.equals(file) ? file.getFileName() : path.relativize(file);
        put(key, name.toString());
        put(key, hash(file));
      }
    }
    return key.hash().toString();
  }

  private static void put(Hasher key, String text) {
    key.putInt(text.length()).putUnencodedChars(text);
  }

  private static String hash(Path file) {
    try {
      return Sha256.of(file);
    } catch (IOException e) {
      throw UnreadableFile.of(file, e);
    }
  }
}
