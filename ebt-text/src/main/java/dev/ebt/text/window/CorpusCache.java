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
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A folder of tokenized text, so that the same text is tokenized once. A file is named by the
 * content of the text and the tokenizer, and mapped into memory, which may be smaller. It may be
 * deleted at any time: without it the text is tokenized again. The files not used for longest are
 * deleted after a new one is written, if all of them exceed a limit. Small text is kept in memory
 * and not stored.
 */
public final class CorpusCache {
  private static final Logger LOG = LoggerFactory.getLogger(CorpusCache.class);

  /** Raised whenever the same text would have other tokens, documents or remarks. */
  private static final String VERSION = "1";

  /** Text of fewer bytes takes less time than it would save. */
  private static final long LEAST = 1 << 20;

  private final Optional<Path> folder;
  private final long limit;

  /**
   * Creates a cache in a folder, which need not exist.
   *
   * @param folder empty for none
   * @param limit the most bytes of all files together that no program uses
   */
  public CorpusCache(Optional<Path> folder, long limit) {
    this.folder = folder;
    this.limit = limit;
  }

  /**
   * Returns the cache in the user's {@link CacheFolder}.
   *
   * @throws dev.ebt.error.UserException if the user's limit is no size
   */
  public static CorpusCache ofUser() {
    return new CorpusCache(CacheFolder.ofUser(), CacheFolder.limit());
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
    Path parent = folder.get();
    Path file = parent.resolve(key(paths, field, tokenizer) + CacheLimit.SUFFIX);
    try {
      return stored(parent, file, paths, field, tokenizer);
    } catch (IOException e) {
      LOG.warn("{} cannot be used, tokens are kept in memory: {}", file, e.toString());
      return Corpus.read(paths, field, tokenizer);
    }
  }

  private Corpus stored(Path parent, Path file, List<Path> paths, String field, Tokenizer tokenizer)
      throws IOException {
    // One at a time: two threads that need the same text tokenize it once.
    synchronized (CorpusCache.class) {
      Optional<Corpus> found = found(file);
      if (found.isPresent()) {
        return found.get();
      }
      Files.createDirectories(parent);
      CorpusFile.write(file, paths, field, tokenizer);
      try {
        Corpus written = CorpusFile.open(FilesInUse.open(file));
        enforceLimit(parent);
        return written;
      } catch (CorpusFile.DamagedException e) {
        throw new IOException(
            "it was written and is not what was written, as " + e.getMessage(), e);
      }
    }
  }

  private static Optional<Corpus> found(Path file) throws IOException {
    try {
      Corpus corpus = CorpusFile.open(FilesInUse.open(file));
      CacheLimit.touch(file);
      return Optional.of(corpus);
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (CorpusFile.DamagedException e) {
      LOG.warn("{} is damaged, as {}; the text is tokenized again", file, e.getMessage());
      return Optional.empty();
    }
  }

  /** Makes room after a file was written, which is in use. What cannot be deleted is no failure. */
  private void enforceLimit(Path parent) {
    try {
      new CacheLimit(parent, limit).enforce().ifPresent(LOG::warn);
    } catch (IOException e) {
      LOG.warn("{} cannot be kept to its limit: {}", parent, e.toString());
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
