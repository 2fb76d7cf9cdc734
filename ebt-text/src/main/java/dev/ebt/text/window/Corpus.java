package dev.ebt.text.window;

import dev.ebt.modality.Tokenizer;
import dev.ebt.text.document.Document;
import dev.ebt.text.read.ReadSummary;
import dev.ebt.text.read.TextFiles;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongPredicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The concatenated tokens of documents, with their boundaries. Immutable. */
public final class Corpus {
  static final ReadSummary NO_FILES = new ReadSummary(0, 0, List.of(), List.of());

  private final Tokens tokens;
  private final Documents documents;
  private final ReadSummary files;

  /**
   * The documents of a corpus.
   *
   * @param ends the end of the tokens of each; it starts one separator after the end of the one
   *     before it
   * @param hashes the hash of the text of each: equal documents have equal hashes
   * @param separator the number of separators, 0 or 1, before the first document and after each
   * @param split a remark on how documents were split at separators in their text; may be empty
   */
  record Documents(long[] ends, long[] hashes, int separator, String split) {
    long start(int document) {
      return (document == 0 ? 0 : ends[document - 1]) + separator;
    }
  }

  Corpus(Tokens tokens, Documents documents, ReadSummary files) {
    this.tokens = tokens;
    this.documents = documents;
    this.files = files;
  }

  /** Reads files or folders in sequence into memory; see {@link TextFiles#read}. */
  public static Corpus read(List<Path> paths, String field, Tokenizer tokenizer) {
    List<ByteBuffer> segments = new ArrayList<>();
    CorpusWriter writer = new CorpusWriter(tokenizer, segments::add);
    return inMemory(writer, segments, writer.read(paths, field));
  }

  /** Creates a corpus of the given documents. */
  public static Corpus of(List<Document> documents, Tokenizer tokenizer) {
    List<ByteBuffer> segments = new ArrayList<>();
    CorpusWriter writer = new CorpusWriter(tokenizer, segments::add);
    documents.forEach(writer::split);
    return inMemory(writer, segments, NO_FILES);
  }

  private static Corpus inMemory(
      CorpusWriter writer, List<ByteBuffer> segments, ReadSummary files) {
    Documents documents = writer.finish();
    StoredBytes stored = new StoredBytes(segments, TokenWriter.SEGMENT_BITS);
    return new Corpus(Tokens.of(stored, writer.size(), writer.width()), documents, files);
  }

  /**
   * Returns remarks on changes to the text that a reader may not expect; empty if there are none.
   */
  public String remarks() {
    return Stream.of(documents.split(), files.remarks())
        .filter(remark -> !remark.isEmpty())
        .collect(Collectors.joining("; "));
  }

  /** Returns the number of documents. */
  public int documents() {
    return documents.ends().length;
  }

  /** Returns the hashes of the documents' texts, ascending, each once. */
  long[] hashes() {
    return Arrays.stream(documents.hashes()).sorted().distinct().toArray();
  }

  /** Returns the number of documents with a matching hash. */
  long count(LongPredicate hash) {
    return Arrays.stream(documents.hashes()).filter(hash).count();
  }

  /**
   * Joins all documents. If there is more than one, a separator precedes each of them and follows
   * the last, so every token of a text is the target of some window.
   */
  Tokens joined() {
    return joined(hash -> true);
  }

  /** Joins the documents with a matching hash, separated as all of them would be. */
  Tokens joined(LongPredicate hash) {
    int[] chosen =
        IntStream.range(0, documents()).filter(i -> hash.test(documents.hashes()[i])).toArray();
    if (documents() == 1 && chosen.length == 1) {
      return tokens.slice(documents.start(0), documents.ends()[0]);
    }
    int count = chosen.length;
    long[] from = new long[count + 1];
    long[] to = new long[count + 1];
    to[0] = count == 0 ? 0 : documents.separator();
    for (int i = 0; i < count; i++) {
      from[i + 1] = documents.start(chosen[i]);
      to[i + 1] = documents.ends()[chosen[i]] + documents.separator();
    }
    return tokens.pieces(from, to);
  }
}
